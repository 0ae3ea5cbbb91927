package dev.ostiary.server.oauth.authorize;

import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.oauth.authorize.ParticipantStore.Participant;
import dev.ostiary.server.oauth.clients.ClientRegistry;
import dev.ostiary.server.oauth.clients.OAuthClient;
import dev.ostiary.server.oauth.grants.Endpoints;
import dev.ostiary.server.oauth.grants.Recipient;
import dev.ostiary.server.oauth.tokens.Issuer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Apps that somebody came into in a session, and that are told by the browser when it ends (OpenID
 * Connect Front-Channel Logout 1.0; guide "Configure Single Logout"). What counts is what an app
 * wants then: one that takes part no more is not told. Thread-safe.
 */
public final class FrontChannelLogout {

    private final ClientRegistry registry;
    private final Endpoints endpoints;
    private final ParticipantStore store = new ParticipantStore();

    /** For the clients of this registry. */
    public FrontChannelLogout(ClientRegistry registry, Endpoints endpoints) {
        this.registry = registry;
        this.endpoints = endpoints;
    }

    /** What ID tokens of a client say of a session. */
    static Optional<String> sid(OAuthClient client, String sessionId) {
        return client.frontChannel()
                .filter(OAuthClient.FrontChannel::sessionRequired)
                .map(told -> sessionId);
    }

    /** Somebody came into an app: to be called in the transaction of what the app gets. */
    void joined(Tx tx, Recipient to, String sessionId) {
        if (to.client().frontChannel().isPresent()) {
            store.add(tx, sessionId, new Participant(to.client().id(), to.issuer().id()));
        }
    }

    /**
     * The addresses that a browser opens in frames.
     *
     * @param except the client that knows already
     */
    public List<String> addresses(Reader reader, Request request, String sessionId, String except) {
        return store.others(reader, sessionId, except).stream()
                .flatMap(
                        joined ->
                                registry
                                        .find(reader, joined.clientId())
                                        .filter(OAuthClient::active)
                                        .flatMap(OAuthClient::frontChannel)
                                        .flatMap(
                                                told ->
                                                        endpoints
                                                                .find(request, joined.server())
                                                                .map(
                                                                        issuer ->
                                                                                address(
                                                                                        told,
                                                                                        issuer,
                                                                                        sessionId)))
                                        .stream())
                .distinct()
                .toList();
    }

    private static String address(OAuthClient.FrontChannel told, Issuer issuer, String sessionId) {
        return told.sessionRequired()
                ? told.uri()
                        + (told.uri().indexOf('?') < 0 ? "?" : "&")
                        + "iss="
                        + URLEncoder.encode(issuer.name(), StandardCharsets.UTF_8)
                        + "&sid="
                        + URLEncoder.encode(sessionId, StandardCharsets.UTF_8)
                : told.uri();
    }
}
