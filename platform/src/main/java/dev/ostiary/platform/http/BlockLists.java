package dev.ostiary.platform.http;

import dev.ostiary.platform.access.Caller;
import dev.ostiary.platform.event.RequestContext;
import dev.ostiary.platform.problem.ApiException;
import java.util.Optional;

/**
 * Refuses whoever an org's zones block, with 403 {@code E0000006}, before anything else is said of
 * its credentials. The operator is never blocked: what an administrator locked can be opened again
 * from the server's own machine. Health is told to everybody, and without the database.
 */
final class BlockLists {

    private final BlockedRequests log;
    private final EventScope scope;

    BlockLists(BlockedRequests log, EventScope scope) {
        this.log = log;
        this.scope = scope;
    }

    void check(Exchange exchange) {
        if (exchange.caller() instanceof Caller.Operator
                || exchange.operation().path().text().startsWith("/health/")) {
            return;
        }
        Optional<String> zone = exchange.network().blockedBy(exchange.client().address().client());
        if (zone.isPresent()) {
            RequestContext.bind(scope.context(exchange))
                    .run(
                            () ->
                                    log.blocked(
                                            exchange.org(),
                                            exchange.client().address().client(),
                                            zone.get()));
            throw ApiException.forbidden();
        }
    }
}
