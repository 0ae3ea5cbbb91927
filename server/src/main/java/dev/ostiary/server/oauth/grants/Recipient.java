package dev.ostiary.server.oauth.grants;

import dev.ostiary.platform.org.Org;
import dev.ostiary.server.oauth.clients.OAuthClient;
import dev.ostiary.server.oauth.problem.OAuthErrors;
import dev.ostiary.server.oauth.problem.OAuthException;
import dev.ostiary.server.oauth.tokens.Issuer;
import java.time.Instant;
import java.util.stream.Collectors;

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

    /**
     * The client has to be registered for a grant.
     *
     * @throws OAuthException {@code unauthorized_client}
     */
    public void requireGrant(String type, OAuthErrors errors) {
        if (!client.grantTypes().contains(type)) {
            throw errors.of(
                    "unauthorized_client",
                    client.grantTypes().stream().sorted().collect(Collectors.joining(", ")));
        }
    }
}
