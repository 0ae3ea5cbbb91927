package dev.ostiary.server.oauth.authorize;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Query;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.secret.Tokens;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.oauth.authorize.PendingRequestStore.Pending;
import dev.ostiary.server.oauth.clients.ClientRegistry;
import dev.ostiary.server.oauth.clients.RequestObjects;
import dev.ostiary.server.oauth.grants.Endpoints;
import dev.ostiary.server.oauth.grants.TokenFamilies;
import dev.ostiary.server.oauth.problem.OAuthErrors;
import dev.ostiary.server.oauth.problem.OAuthException;
import dev.ostiary.server.oauth.tokens.Issuer;
import dev.ostiary.server.policy.AppSignOn;
import dev.ostiary.server.signin.pages.Proving;
import dev.ostiary.server.signin.pages.ShownPages;
import dev.ostiary.server.signin.pages.form.Form;
import dev.ostiary.server.signin.pages.view.ConsentScreen;
import dev.ostiary.server.signin.sessions.BrowserSessions;
import dev.ostiary.server.signin.sessions.BrowserSessions.Current;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The authorization endpoint of both kinds of servers: where requests begin, where they go on that
 * have waited for somebody to sign in, and where whoever was asked says yes or no. Thread-safe.
 */
public final class AuthorizationEndpoint implements Family {

    private static final Schema FORM =
            Schema.object()
                    .always("client_id", Schema.TEXT)
                    .maybe("redirect_uri", Schema.TEXT)
                    .maybe("response_type", Schema.TEXT)
                    .maybe("scope", Schema.TEXT)
                    .maybe("state", Schema.TEXT)
                    .andOthers();

    private final Database database;
    private final Endpoints endpoints;
    private final BrowserSessions sessions;
    private final ShownPages pages;
    private final Authorizing authorizing;
    private final Responses responses;
    private final RequestSources sources;
    private final PendingRequestStore pending = new PendingRequestStore();
    private final InstantSource time;
    private final OAuthErrors errors;

    /**
     * The endpoint.
     *
     * @param signOn what apps ask of sign-ins
     * @param tokens makes tokens, and finds users
     * @param sessions who is signed in
     * @param pages what people see
     * @param proving where people prove more
     * @param objects requests that clients have signed
     */
    public AuthorizationEndpoint(
            Database database,
            ClientRegistry registry,
            AppSignOn signOn,
            TokenFamilies tokens,
            BrowserSessions sessions,
            ShownPages pages,
            Proving proving,
            RequestObjects objects,
            Ids ids,
            Tokens random,
            EventCatalogue catalogue,
            InstantSource time) {
        this.database = database;
        this.endpoints = tokens.endpoints();
        this.sessions = sessions;
        this.pages = pages;
        this.authorizing =
                new Authorizing(
                        database, registry, signOn, tokens, sessions, pages, proving, ids, random,
                        catalogue, time);
        this.responses = new Responses(pages);
        this.time = time;
        this.errors = tokens.errors();
        this.sources = new RequestSources(database, registry, objects, errors);
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("authorize", request -> asked(request, endpoints.ofOrg(request)))
                        .answersPage(),
                Binding.of("authorizeWithPost", request -> asked(request, endpoints.ofOrg(request)))
                        .takesForm()
                        .takes(FORM)
                        .answersPage(),
                Binding.of(
                                "authorizeCustomAS",
                                request -> asked(request, endpoints.custom(request)))
                        .answersPage(),
                Binding.of(
                                "authorizeCustomASWithPost",
                                request -> asked(request, endpoints.custom(request)))
                        .takesForm()
                        .takes(FORM)
                        .answersPage(),
                Binding.of("continueAuthorization", this::comeBack).answersPage(),
                Binding.of("consentByForm", this::consent).takesForm().answersPage());
    }

    private Reply asked(Request request, Issuer issuer) {
        Parameters said =
                request.hasBody()
                        ? Parameters.of(
                                Query.parse(new String(request.body(), StandardCharsets.UTF_8)))
                        : Parameters.of(request.query());
        Parameters all;
        try {
            all = sources.ofBrowser(issuer, said, now());
        } catch (OAuthException refused) {
            return responses.told(request, refused);
        }
        return authorizing.run(
                request,
                issuer,
                Optional.empty(),
                new Pending(issuer.id(), all, Instant.MAX, Optional.empty()));
    }

    /** Somebody has done what had to be done, or comes back without. */
    private Reply comeBack(Request request) {
        return resume(
                request,
                request.query().text(Authorizing.KEY).orElse(""),
                UnaryOperator.identity());
    }

    private Reply resume(Request request, String key, UnaryOperator<Pending> change) {
        Optional<Pending> waiting =
                database.read(request.org().number(), reader -> pending.find(reader, key, now()));
        Optional<Issuer> issuer = waiting.flatMap(each -> endpoints.find(request, each.server()));
        if (waiting.isEmpty() || issuer.isEmpty()) {
            return responses.told(request, errors.of("request_expired"));
        }
        return authorizing.run(
                request, issuer.get(), Optional.of(key), change.apply(waiting.get()));
    }

    /** Somebody was asked, and has answered. */
    private Reply consent(Request request) {
        Form form = pages.form(request);
        String key = form.text(ConsentScreen.KEY);
        Optional<Current> session =
                database.read(request.org().number(), reader -> sessions.of(reader, request));
        boolean allows = form.text(ConsentScreen.DECISION).equals(ConsentScreen.ALLOW);
        if (allows) {
            return resume(
                    request,
                    key,
                    waiting ->
                            new Pending(
                                    waiting.server(),
                                    waiting.parameters(),
                                    waiting.created(),
                                    session.map(Current::userId)));
        }
        return deny(request, key);
    }

    private Reply deny(Request request, String key) {
        Instant now = now();
        Optional<Pending> waiting =
                database.write(
                        request.org().number(),
                        tx -> {
                            Optional<Pending> found = pending.find(tx, key, now);
                            pending.delete(tx, key);
                            return found;
                        });
        Optional<Issuer> issuer = waiting.flatMap(each -> endpoints.find(request, each.server()));
        return waiting.isPresent() && issuer.isPresent()
                ? authorizing.deny(request, issuer.get(), waiting.get())
                : responses.told(request, errors.of("request_expired"));
    }

    private Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
