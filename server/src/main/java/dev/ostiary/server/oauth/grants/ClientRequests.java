package dev.ostiary.server.oauth.grants;

import dev.ostiary.platform.http.Handler;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.oauth.clients.ClientAuthentication;
import dev.ostiary.server.oauth.clients.ClientAuthentication.Authenticated;
import dev.ostiary.server.oauth.clients.ClientLoad;
import dev.ostiary.server.oauth.clients.ClientNetworks;
import dev.ostiary.server.oauth.clients.UsedOnceStore;
import dev.ostiary.server.oauth.problem.OAuthErrors;
import dev.ostiary.server.oauth.problem.OAuthException;
import dev.ostiary.server.oauth.tokens.Issuer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Requests of clients at endpoints other than that of tokens: the form is read, the client proves
 * itself by its own method, and an assertion by which it does is used up. Thread-safe.
 */
public final class ClientRequests {

    private final Database database;
    private final Endpoints endpoints;
    private final ClientAuthentication clients;
    private final ClientLoad load;
    private final ClientNetworks networks;
    private final UsedOnceStore usedOnce = new UsedOnceStore();
    private final InstantSource time;
    private final OAuthErrors errors;

    ClientRequests(
            Database database,
            Endpoints endpoints,
            ClientAuthentication clients,
            ClientLoad load,
            ClientNetworks networks,
            InstantSource time,
            OAuthErrors errors) {
        this.database = database;
        this.endpoints = endpoints;
        this.clients = clients;
        this.load = load;
        this.networks = networks;
        this.time = time;
        this.errors = errors;
    }

    /**
     * A request whose client has proved itself.
     *
     * @param to the client
     */
    public record ClientRequest(Recipient to, Form form) {}

    /** What an endpoint does for a client that has proved itself. */
    @FunctionalInterface
    public interface Deed {

        /**
         * Does it.
         *
         * @throws OAuthException what the client is told instead (P19)
         */
        Reply answer(Request request, ClientRequest asked);
    }

    /**
     * The handler of an endpoint of the org's own server.
     *
     * @param endpoint as for {@link #read}
     */
    public Handler ofOrg(String endpoint, Deed deed) {
        return request -> answer(request, endpoints.ofOrg(request), endpoint, deed);
    }

    /** The same of custom servers. */
    public Handler custom(String endpoint, Deed deed) {
        return request -> answer(request, endpoints.custom(request), endpoint, deed);
    }

    private Reply answer(Request request, Issuer issuer, String endpoint, Deed deed) {
        try {
            return deed.answer(request, read(request, issuer, endpoint));
        } catch (OAuthException refused) {
            return endpoints.refused(request, issuer, refused);
        }
    }

    /**
     * Reads a request.
     *
     * @param endpoint the end of its path, for which an assertion may be meant
     * @throws OAuthException {@code invalid_client} or {@code invalid_request}
     */
    public ClientRequest read(Request request, Issuer issuer, String endpoint) {
        Instant now = time.instant();
        Form form = Form.read(request, errors);
        Authenticated authenticated =
                clients.authenticate(
                        issuer.org(),
                        request.header("Authorization"),
                        form::text,
                        List.of(issuer.endpoint(endpoint), issuer.name(), issuer.base()),
                        now);
        load.count(request, authenticated.client());
        networks.require(issuer.org(), authenticated.client());
        authenticated
                .replayGuard()
                .ifPresent(
                        once -> {
                            if (!database.write(
                                    issuer.org().number(), tx -> usedOnce.use(tx, once, now))) {
                                throw errors.of("client_assertion_already_used");
                            }
                        });
        return new ClientRequest(new Recipient(issuer, authenticated.client(), now), form);
    }
}
