package dev.ostiary.server.oauth.grants;

import dev.ostiary.platform.org.Org;
import dev.ostiary.server.oauth.clients.OAuthClient;
import dev.ostiary.server.oauth.tokens.Issuer;
import java.time.Instant;

/**
 * A token request whose client has proved itself, as a grant sees it. Immutable.
 *
 * @param now the moment of the request, for all that it causes
 */
record TokenRequest(Issuer issuer, OAuthClient client, Form form, Instant now) {

    Org org() {
        return issuer.org();
    }
}
