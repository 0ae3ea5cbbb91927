package dev.ostiary.platform.http;

import dev.ostiary.platform.access.Caller;
import dev.ostiary.platform.context.Atlas;
import dev.ostiary.platform.context.DeviceFingerprint;
import dev.ostiary.platform.context.IpAddress;
import dev.ostiary.platform.context.Place;
import dev.ostiary.platform.context.UserAgent;
import dev.ostiary.platform.context.UserAgents;
import dev.ostiary.platform.event.Actor;
import dev.ostiary.platform.event.AuthenticationContext;
import dev.ostiary.platform.event.Geography;
import dev.ostiary.platform.event.IpHop;
import dev.ostiary.platform.event.LogClient;
import dev.ostiary.platform.event.RequestContext;
import dev.ostiary.platform.event.SecurityContext;
import dev.ostiary.platform.org.OrgClock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Binds what is known of a request to its thread, so that every event that it causes carries it
 * (P16).
 */
final class EventScope {

    private final UserAgents agents;
    private final Atlas atlas;

    EventScope(UserAgents agents, Atlas atlas) {
        this.agents = agents;
        this.atlas = atlas;
    }

    <T> T within(Exchange exchange, Supplier<T> work) {
        Duration ahead = exchange.org().settings().ahead();
        ScopedValue.Carrier bound = RequestContext.bindLate(new Told(exchange));
        return (ahead.isZero() ? bound : bound.where(OrgClock.AHEAD, ahead)).call(work::get);
    }

    /**
     * What is known of a request once somebody asks, who is one thread at a time; of an exchange
     * that is being handled nothing changes any more.
     */
    private final class Told implements Supplier<RequestContext> {

        private final Exchange exchange;
        private @Nullable RequestContext context;

        private Told(Exchange exchange) {
            this.exchange = exchange;
        }

        @Override
        public RequestContext get() {
            RequestContext told = context;
            if (told == null) {
                told = context(exchange);
                context = told;
            }
            return told;
        }
    }

    /** What is known of a request by now. */
    RequestContext context(Exchange exchange) {
        ClientContext client = exchange.client();
        IpAddress address = client.address().client();
        UserAgent agent = agents.of(client.userAgent());
        Place place = atlas.of(address);
        LogClient logClient =
                new LogClient(
                        address.toString(),
                        new dev.ostiary.platform.event.UserAgent(
                                agent.raw(), agent.os(), agent.browser()),
                        exchange.networkAtHand()
                                .flatMap(network -> network.zoneOf(address))
                                .orElse(null),
                        agent.device(),
                        geography(place),
                        null);
        List<IpHop> hops =
                client.address().chain().stream()
                        .map(hop -> new IpHop(hop.toString(), geography(atlas.of(hop)), null))
                        .toList();
        String query = exchange.incoming.rawQuery();
        RequestContext context =
                RequestContext.web(
                                exchange.requestId,
                                exchange.incoming.rawPath(),
                                query.isEmpty() ? null : LoggedQuery.of(query),
                                logClient)
                        .withIpChain(hops)
                        .withSecurity(security(place));
        return switch (exchange.caller()) {
            case Caller.Anonymous nobody -> context;
            case Caller.Operator operator -> context.withActor(Actor.system());
            case Caller.Token token ->
                    withDevice(context, client)
                            .withActor(actor(token.user()))
                            .withTransactionDetail("requestApiTokenId", token.tokenId())
                            .withAuthentication(
                                    AuthenticationContext.ofOneRequest(exchange.requestId));
            case Caller.Session session ->
                    context.withActor(actor(session.user()))
                            .withAuthentication(
                                    AuthenticationContext.ofSession(session.sessionId()));
            case Caller.Bearer bearer ->
                    withDevice(context, client)
                            .withClient(logClient.with(bearer.clientId()))
                            .withActor(actor(bearer))
                            .withAuthentication(
                                    AuthenticationContext.ofOneRequest(exchange.requestId));
        };
    }

    private static Actor actor(Caller.Principal user) {
        return new Actor(user.id(), "User", user.login(), user.displayName());
    }

    /** A client that acts for itself is the actor; one that acts for a user is not. */
    private static Actor actor(Caller.Bearer bearer) {
        return bearer.user()
                .map(EventScope::actor)
                .orElseGet(
                        () ->
                                new Actor(
                                        bearer.clientId(),
                                        "PublicClientApp",
                                        bearer.clientId(),
                                        bearer.clientName()));
    }

    /** A fingerprint counts beside a valid API token only (P15). */
    private static RequestContext withDevice(RequestContext context, ClientContext client) {
        DeviceFingerprint device = DeviceFingerprint.of(client.deviceFingerprint());
        return device == null
                ? context
                : context.withDebugData("deviceFingerprint", device.value());
    }

    private static @Nullable Geography geography(Place place) {
        return place.countryName() == null && place.latitude() == null
                ? null
                : new Geography(
                        place.city(),
                        place.regionName(),
                        place.countryName(),
                        place.postalCode(),
                        place.latitude(),
                        place.longitude());
    }

    private static SecurityContext security(Place place) {
        return new SecurityContext(
                place.asn(),
                place.asOrg(),
                null,
                null,
                place.anonymizer().map(how -> how != Place.Anonymizer.NONE).orElse(null));
    }
}
