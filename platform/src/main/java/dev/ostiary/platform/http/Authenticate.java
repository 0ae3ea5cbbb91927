package dev.ostiary.platform.http;

import dev.ostiary.platform.access.Authentication;
import dev.ostiary.platform.access.Authenticator;
import dev.ostiary.platform.access.Caller;
import dev.ostiary.platform.access.Credentials;
import dev.ostiary.platform.access.Presentation;
import dev.ostiary.platform.contract.Operation;
import dev.ostiary.platform.contract.Operation.Access;
import dev.ostiary.platform.event.RequestContext;
import dev.ostiary.platform.problem.ApiException;
import java.util.List;
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
    private final StrayTokens strays;
    private final EventScope scope;

    Authenticate(
            Authenticator authenticator,
            BlockLists blocked,
            RateLimits limits,
            StrayTokens strays,
            EventScope scope) {
        this.authenticator = authenticator;
        this.blocked = blocked;
        this.limits = limits;
        this.strays = strays;
        this.scope = scope;
    }

    @Override
    public Optional<Reply> run(Exchange exchange) {
        if (exchange.operation().access() == Access.PUBLIC) {
            blocked.check(exchange);
            return Optional.empty();
        }
        Credentials credentials = credentials(exchange);
        Authentication authentication =
                authenticator.authenticate(exchange.org(), credentials, presentation(exchange));
        authentication.versions().ifPresent(exchange::versions);
        switch (authentication) {
            case Authentication.Proven proven -> exchange.caller(proven.caller());
            case Authentication.Outside outside -> exchange.caller(outside.caller());
            case Authentication.Refused refused -> {}
        }
        blocked.check(exchange);
        switch (authentication) {
            case Authentication.Proven proven -> {}
            case Authentication.Outside outside -> {
                limits.countUnproven(exchange);
                tell(exchange, outside.caller());
                throw ApiException.forbidden();
            }
            case Authentication.Refused refused -> {
                limits.countUnproven(exchange);
                refused.challenge().ifPresent(why -> Challenges.add(exchange, why));
                throw refused.error();
            }
        }
        return Optional.empty();
    }

    /**
     * The cookie counts where nothing else is shown, and only where pages may call: there it was
     * held against the page's origin before ({@link CrossSite}).
     */
    private static Credentials credentials(Exchange exchange) {
        Credentials shown = Credentials.of(exchange.incoming.header("Authorization").orElse(null));
        List<String> cookies = Cookies.sessions(exchange.incoming);
        return shown instanceof Credentials.None
                        && !cookies.isEmpty()
                        && takesCookies(exchange.operation())
                ? new Credentials.SessionCookie(cookies)
                : shown;
    }

    private static boolean takesCookies(Operation operation) {
        return switch (operation.access()) {
            case SESSION -> true;
            case API_TOKEN -> operation.cors();
            case OPTIONAL_TOKEN, BEARER, PUBLIC -> false;
        };
    }

    /** Only of what was let through by the limits, so that a flood does not fill the log. */
    private void tell(Exchange exchange, Caller.Token token) {
        RequestContext.bind(scope.context(exchange))
                .run(() -> strays.outside(exchange.org(), token));
    }

    private static Presentation presentation(Exchange exchange) {
        return new Presentation(
                exchange.client().address().client(),
                exchange.client().baseUrl(),
                exchange.incoming.method(),
                exchange.incoming.rawPath(),
                exchange.incoming.headers("DPoP"));
    }
}
