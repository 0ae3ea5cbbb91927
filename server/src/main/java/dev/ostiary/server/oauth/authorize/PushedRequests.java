package dev.ostiary.server.oauth.authorize;

import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.secret.Tokens;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.oauth.authorize.PushedRequestStore.Pushed;
import dev.ostiary.server.oauth.clients.ClientRegistry;
import dev.ostiary.server.oauth.clients.RequestObjects;
import dev.ostiary.server.oauth.grants.ClientRequests;
import dev.ostiary.server.oauth.grants.ClientRequests.ClientRequest;
import dev.ostiary.server.oauth.grants.Recipient;
import dev.ostiary.server.oauth.grants.TokenFamilies;
import dev.ostiary.server.oauth.problem.OAuthErrors;
import java.util.List;

/**
 * Where clients push what a browser is going to ask for (RFC 9126): the client proves itself, the
 * request is judged as it would be at the authorization endpoint, and the browser comes with its
 * name only. Thread-safe.
 */
public final class PushedRequests implements Family {

    private static final int REFERENCE = 43;

    private static final Schema FORM =
            Schema.object()
                    .maybe("client_id", Schema.TEXT)
                    .maybe("redirect_uri", Schema.TEXT)
                    .maybe("response_type", Schema.TEXT)
                    .maybe("scope", Schema.TEXT)
                    .maybe("state", Schema.TEXT)
                    .maybe("request", Schema.TEXT)
                    .andOthers();

    private static final Schema ANSWER =
            Schema.object("ParResponse")
                    .always("request_uri", Schema.TEXT)
                    .always("expires_in", Schema.LONG);

    /** RFC 9126, 2.2; clients check it, whatever the published description says. */
    private static final int CREATED = 201;

    private final Database database;
    private final ClientRequests clients;
    private final RequestCheck check;
    private final RequestSources sources;
    private final PushedRequestStore store = new PushedRequestStore();
    private final Tokens random;
    private final OAuthErrors errors;

    /** The endpoint for clients of this registry. */
    public PushedRequests(
            Database database,
            ClientRegistry registry,
            TokenFamilies tokens,
            RequestObjects objects,
            Tokens random) {
        this.database = database;
        this.clients = tokens.clientRequests();
        this.errors = tokens.errors();
        this.check = new RequestCheck(database, registry, errors);
        this.sources = new RequestSources(database, registry, objects, errors);
        this.random = random;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("par", clients.ofOrg("par", (request, asked) -> pushed(asked)))
                        .takesForm()
                        .takes(FORM)
                        .answers(ANSWER),
                Binding.of("parCustomAS", clients.custom("par", (request, asked) -> pushed(asked)))
                        .takesForm()
                        .takes(FORM)
                        .answers(ANSWER));
    }

    private Reply pushed(ClientRequest asked) {
        Recipient to = asked.to();
        Parameters parameters = parameters(asked);
        check.check(check.address(to.issuer(), parameters, to.now()));
        String reference = random.urlSafe(REFERENCE);
        database.write(
                to.org().number(),
                tx -> {
                    store.insert(tx, reference, new Pushed(to.issuer().id(), parameters), to.now());
                    return reference;
                });
        return Reply.json(
                CREATED,
                out -> {
                    out.writeStartObject();
                    out.writeStringProperty("request_uri", RequestSources.uri(reference));
                    out.writeNumberProperty("expires_in", PushedRequestStore.LIFE.toSeconds());
                    out.writeEndObject();
                });
    }

    /** The client is the one that has proved itself, whichever it names. */
    private Parameters parameters(ClientRequest asked) {
        Recipient to = asked.to();
        String id = to.client().id();
        Parameters said = new Parameters(asked.form().values()).without("sessionToken");
        if (said.text("request_uri").isPresent()) {
            throw errors.of("pushed_authorization_request_uri_present");
        }
        if (said.text("client_id").filter(named -> !named.equals(id)).isPresent()) {
            throw errors.of("invalid_client_id");
        }
        Parameters own = said.with("client_id", id);
        return own.text("request").isPresent()
                ? sources.ofObject(to.issuer(), to.client(), own, to.now())
                : own;
    }
}
