package dev.ostiary.platform.http;

import dev.ostiary.platform.access.Caller;
import dev.ostiary.platform.access.Challenge;
import dev.ostiary.platform.contract.Operation.Access;
import dev.ostiary.platform.problem.ApiException;
import java.util.Optional;

/**
 * Whether the caller may call the operation at all; what it may touch with it is the handler's to
 * say.
 */
final class Authorize implements Step {

    @Override
    public Optional<Reply> run(Exchange exchange) {
        Access access = exchange.operation().access();
        switch (exchange.caller()) {
            case Caller.Anonymous nobody -> {
                switch (access) {
                    case PUBLIC, OPTIONAL_TOKEN -> {}
                    case SESSION -> {
                        // the documented answer is the operation's own: 404
                    }
                    case API_TOKEN, BEARER -> throw ApiException.of("E0000005");
                }
            }
            case Caller.Operator operator -> {
                if (!exchange.operation().path().text().startsWith("/ostiary/")) {
                    throw ApiException.forbidden();
                }
            }
            case Caller.Token token -> {
                if (access == Access.BEARER || access == Access.SESSION) {
                    throw ApiException.forbidden();
                }
                requireRole(exchange, access);
            }
            case Caller.Session session -> {
                if (access == Access.BEARER) {
                    throw ApiException.forbidden();
                }
                requireRole(exchange, access);
            }
            case Caller.Bearer bearer -> {
                requireScopes(exchange, bearer);
                requireRole(exchange, access);
            }
        }
        return Optional.empty();
    }

    /**
     * An access token opens what its scopes name, and nothing that has no scope (P21): who has only
     * scopes for itself loses the roles for this request.
     */
    private static void requireScopes(Exchange exchange, Caller.Bearer bearer) {
        switch (bearer.scopes().reach(exchange.operation().scopes())) {
            case EVERYWHERE -> {}
            case SELF -> exchange.caller(bearer.forItself());
            case NOWHERE -> {
                Challenges.add(exchange, Challenge.insufficientScope(bearer.scheme()));
                throw ApiException.forbidden();
            }
        }
    }

    /** Users without an admin role look after themselves, where the operation lets them. */
    private static void requireRole(Exchange exchange, Access access) {
        boolean self = exchange.binding().map(Binding::self).orElse(false);
        if (access == Access.API_TOKEN && !exchange.caller().permissions().superAdmin() && !self) {
            throw ApiException.forbidden();
        }
    }
}
