package dev.ostiary.server.oauth.grants;

import dev.ostiary.platform.org.Org;
import dev.ostiary.server.oauth.clients.OAuthClient;
import dev.ostiary.server.oauth.tokens.Issuer;
import java.time.Instant;

/**
 * Who gets tokens, and from whom. Immutable.
 *
 * @param now the moment of the request, for all that it causes
 */
public record Recipient(Issuer issuer, OAuthClient client, Instant now) {

    /** The org of both. */
    public Org org() {
        return issuer.org();
    }
}
