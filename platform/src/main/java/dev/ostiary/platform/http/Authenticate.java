package dev.ostiary.platform.http;

import dev.ostiary.platform.access.Authentication;
import dev.ostiary.platform.access.Authenticator;
import dev.ostiary.platform.access.Credentials;
import dev.ostiary.platform.contract.Operation.Access;
import java.util.Optional;

/**
 * The caller (P20 to P22). A public operation is served without looking at the credentials: a stale
 * token in a client's configuration must not keep it from the metadata. Whoever the org blocks
 * learns nothing about credentials.
 */
final class Authenticate implements Step {

    private final Authenticator authenticator;
    private final BlockLists blocked;
    private final RateLimits limits;

    Authenticate(Authenticator authenticator, BlockLists blocked, RateLimits limits) {
        this.authenticator = authenticator;
        this.blocked = blocked;
        this.limits = limits;
    }

    @Override
    public Optional<Reply> run(Exchange exchange) {
        if (exchange.operation().access() == Access.PUBLIC) {
            blocked.check(exchange);
            return Optional.empty();
        }
        Credentials credentials =
                Credentials.of(exchange.incoming.header("Authorization").orElse(null));
        if (credentials instanceof Credentials.AccessToken) {
            exchange.replyHeader("WWW-Authenticate", challenge(exchange));
        }
        Authentication authentication =
                authenticator.authenticate(
                        exchange.org(), credentials, exchange.client().address().client());
        authentication.versions().ifPresent(exchange::versions);
        if (authentication instanceof Authentication.Proven proven) {
            exchange.caller(proven.caller());
        }
        blocked.check(exchange);
        if (authentication instanceof Authentication.Refused refused) {
            limits.countUnproven(exchange);
            throw refused.error();
        }
        return Optional.empty();
    }

    /** What RFC 6750 asks of an answer to a Bearer token that is not accepted. */
    private static String challenge(Exchange exchange) {
        String base = exchange.client().baseUrl();
        return "Bearer authorization_uri=\""
                + base
                + "/oauth2/v1/authorize\", realm=\""
                + base
                + "\", scope=\""
                + String.join(" ", exchange.operation().scopes())
                + "\", error=\"invalid_token\", error_description=\"The access token is invalid.\", resource=\""
                + exchange.operation().path().text()
                + "\"";
    }
}
