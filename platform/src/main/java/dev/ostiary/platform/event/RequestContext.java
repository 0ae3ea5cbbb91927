package dev.ostiary.platform.event;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, from where, in which request: it stands in every event that the request causes (P16).
 * Immutable; bound to the request's thread, and bound anew where more is known:
 *
 * <pre>RequestContext.bind(context.withActor(user)).call(…)</pre>
 *
 * @param ipChain client first, then the proxies
 * @param debugData such as {@code requestId}, {@code requestUri}, {@code url}; values as {@link
 *     EventJson} writes them; never a secret. {@code threatSuspected} is said of every request
 */
public record RequestContext(
        Actor actor,
        LogClient client,
        List<IpHop> ipChain,
        LogTransaction transaction,
        Map<String, @Nullable Object> debugData,
        AuthenticationContext authentication,
        SecurityContext security) {

    private static final ScopedValue<Supplier<RequestContext>> CURRENT = ScopedValue.newInstance();

    public RequestContext {
        ipChain = List.copyOf(ipChain);
    }

    /** Binds the context of the work that is then called. */
    public static ScopedValue.Carrier bind(RequestContext context) {
        return bindLate(() -> context);
    }

    /**
     * Binds a context that is put together when it is asked for: most requests cause no event.
     *
     * @param context gives the same one each time
     */
    public static ScopedValue.Carrier bindLate(Supplier<RequestContext> context) {
        return ScopedValue.where(CURRENT, context);
    }

    /** The bound context, or that of work outside of any request. */
    public static RequestContext current() {
        return CURRENT.isBound() ? CURRENT.get().get() : job("system");
    }

    /**
     * The id of the session that a request is in which comes without one (System Log API, "Event
     * correlation example").
     */
    public AuthenticationContext sessionOfItsOwn() {
        return AuthenticationContext.ofOneRequest(transaction.id());
    }

    /** The context of work that the server does by itself. */
    public static RequestContext job(String id) {
        return new RequestContext(
                Actor.system(),
                LogClient.none(),
                List.of(),
                new LogTransaction(LogTransaction.Type.JOB, id, Map.of()),
                Map.of(),
                AuthenticationContext.none(),
                SecurityContext.none());
    }

    /**
     * The context of a request before anybody knows who asks.
     *
     * @param uri the path without the query, as {@code requestUri} and {@code url} have it
     * @param query without the question mark; must not hold a secret
     */
    public static RequestContext web(
            String requestId, String uri, @Nullable String query, LogClient client) {
        String url = query == null ? uri + "?" : uri + "?" + query;
        return new RequestContext(
                Actor.unknown(),
                client,
                client.ipAddress() == null
                        ? List.of()
                        : List.of(new IpHop(client.ipAddress(), client.geography(), null)),
                new LogTransaction(LogTransaction.Type.WEB, requestId, Map.of()),
                Map.of(
                        "requestId",
                        requestId,
                        "requestUri",
                        uri,
                        "threatSuspected",
                        "false",
                        "url",
                        url),
                AuthenticationContext.none(),
                SecurityContext.none());
    }

    public RequestContext withActor(Actor who) {
        return new RequestContext(
                who, client, ipChain, transaction, debugData, authentication, security);
    }

    public RequestContext withClient(LogClient from) {
        return new RequestContext(
                actor, from, ipChain, transaction, debugData, authentication, security);
    }

    public RequestContext withIpChain(List<IpHop> hops) {
        return new RequestContext(
                actor, client, hops, transaction, debugData, authentication, security);
    }

    /** With a detail of the transaction, such as {@code requestApiTokenId}. */
    public RequestContext withTransactionDetail(String name, String value) {
        LogTransaction more =
                new LogTransaction(
                        transaction.type(),
                        transaction.id(),
                        Additions.with(transaction.detail(), name, value));
        return new RequestContext(
                actor, client, ipChain, more, debugData, authentication, security);
    }

    public RequestContext withDebugData(String name, Object value) {
        return new RequestContext(
                actor,
                client,
                ipChain,
                transaction,
                Additions.with(debugData, name, value),
                authentication,
                security);
    }

    public RequestContext withAuthentication(AuthenticationContext how) {
        return new RequestContext(actor, client, ipChain, transaction, debugData, how, security);
    }

    public RequestContext withSecurity(SecurityContext network) {
        return new RequestContext(
                actor, client, ipChain, transaction, debugData, authentication, network);
    }
}
