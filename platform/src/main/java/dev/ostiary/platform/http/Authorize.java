package dev.ostiary.platform.http;

import dev.ostiary.platform.access.Caller;
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
                if (access != Access.PUBLIC) {
                    throw ApiException.of("E0000005");
                }
            }
            case Caller.Operator operator -> {
                if (!exchange.operation().path().text().startsWith("/ostiary/")) {
                    throw ApiException.forbidden();
                }
            }
            case Caller.Token token -> {
                if (access == Access.BEARER) {
                    throw ApiException.forbidden();
                }
                boolean self = exchange.binding().map(Binding::self).orElse(false);
                if (access == Access.API_TOKEN && !token.permissions().superAdmin() && !self) {
                    throw ApiException.forbidden();
                }
            }
        }
        return Optional.empty();
    }
}
