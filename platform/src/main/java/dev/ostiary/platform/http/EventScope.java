package dev.ostiary.platform.http;

import dev.ostiary.platform.access.Caller;
import dev.ostiary.platform.context.IpAddress;
import dev.ostiary.platform.context.UserAgent;
import dev.ostiary.platform.context.UserAgents;
import dev.ostiary.platform.event.Actor;
import dev.ostiary.platform.event.IpHop;
import dev.ostiary.platform.event.LogClient;
import dev.ostiary.platform.event.RequestContext;
import java.util.List;
import java.util.function.Supplier;

/**
 * Binds what is known of a request to its thread, so that every event that it causes carries it
 * (P16).
 */
final class EventScope {

    private final UserAgents agents;

    EventScope(UserAgents agents) {
        this.agents = agents;
    }

    Reply within(Exchange exchange, Supplier<Reply> work) {
        return ScopedValue.where(RequestContext.CURRENT, context(exchange)).call(work::get);
    }

    /** What is known of a request by now. */
    RequestContext context(Exchange exchange) {
        ClientContext client = exchange.client();
        UserAgent agent = agents.of(client.userAgent());
        LogClient logClient =
                new LogClient(
                        client.address().client().toString(),
                        new dev.ostiary.platform.event.UserAgent(
                                agent.raw(), agent.os(), agent.browser()),
                        null,
                        agent.device(),
                        null,
                        null);
        List<IpHop> hops =
                client.address().chain().stream()
                        .map(IpAddress::toString)
                        .map(ip -> new IpHop(ip, null, null))
                        .toList();
        String query = exchange.incoming.rawQuery();
        RequestContext context =
                RequestContext.web(
                                exchange.requestId,
                                exchange.incoming.rawPath(),
                                query.isEmpty() ? null : LoggedQuery.of(query),
                                logClient)
                        .withIpChain(hops);
        return switch (exchange.caller()) {
            case Caller.Anonymous nobody -> context;
            case Caller.Operator operator -> context.withActor(Actor.system());
            case Caller.Token token ->
                    context.withActor(
                                    new Actor(
                                            token.user().id(),
                                            "User",
                                            token.user().login(),
                                            token.user().displayName()))
                            .withTransactionDetail("requestApiTokenId", token.tokenId());
        };
    }
}
