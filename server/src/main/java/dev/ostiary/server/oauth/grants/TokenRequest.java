package dev.ostiary.server.oauth.grants;

import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.org.Org;
import dev.ostiary.server.oauth.clients.OAuthClient;
import dev.ostiary.server.oauth.tokens.Issuer;
import java.time.Instant;
import java.util.Optional;

/**
 * A token request whose client has proved itself, as a grant sees it. Immutable.
 *
 * @param request as it came, for those who ask who is at the other end
 * @param recipient the client, the server and the moment
 * @param form the parameters
 * @param thumbprint of the key that the client has proved to hold, if it has
 */
record TokenRequest(Request request, Recipient recipient, Form form, Optional<String> thumbprint) {

    /** The same with a proof. */
    TokenRequest provenBy(Optional<String> key) {
        return new TokenRequest(request, recipient, form, key);
    }

    Org org() {
        return recipient.org();
    }

    Issuer issuer() {
        return recipient.issuer();
    }

    OAuthClient client() {
        return recipient.client();
    }

    Instant now() {
        return recipient.now();
    }
}
