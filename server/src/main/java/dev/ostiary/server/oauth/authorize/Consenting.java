package dev.ostiary.server.oauth.authorize;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.event.Target;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.oauth.clients.OAuthClient;
import dev.ostiary.server.oauth.consents.Consent;
import dev.ostiary.server.oauth.consents.ConsentStore;
import dev.ostiary.server.oauth.consents.ConsentStore.Selection;
import dev.ostiary.server.oauth.grants.Recipient;
import dev.ostiary.server.oauth.grants.Subject;
import dev.ostiary.server.oauth.servers.AuthorizationServer;
import dev.ostiary.server.oauth.servers.TokenScope;
import dev.ostiary.server.oauth.tokens.Issuer;
import dev.ostiary.server.signin.pages.ShownPages;
import dev.ostiary.server.signin.pages.view.ConsentScreen;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether a user has to be asked, and what it said (OpenID Connect API, "Scope properties"). Only
 * scopes of custom servers are asked for. Thread-safe.
 */
public final class Consenting {

    /** More than a server has scopes. */
    private static final int MOST = 10_000;

    private final Database database;
    private final Ids ids;
    private final EventCatalogue events;
    private final ShownPages pages;
    private final ConsentStore store = new ConsentStore();

    /** What users of this org are asked on these pages. */
    public Consenting(Database database, Ids ids, EventCatalogue events, ShownPages pages) {
        this.database = database;
        this.ids = ids;
        this.events = events;
        this.pages = pages;
    }

    /** The scopes of which a user has to be asked who was not asked for this very request. */
    List<TokenScope> needed(AuthorizationRequest asked, Subject user) {
        return asked.prompt().consent()
                ? subjectToConsent(asked.addressed().recipient(), asked.scopes())
                : needed(asked.addressed().recipient(), asked.scopes(), user);
    }

    /** The scopes that a user has not consented to yet, and has to. */
    public List<TokenScope> needed(Recipient to, List<String> scopes, Subject user) {
        List<TokenScope> subject = subjectToConsent(to, scopes);
        if (subject.isEmpty() || !to.client().consentRequired()) {
            return List.of();
        }
        Set<String> given = given(to, user);
        return subject.stream().filter(scope -> !given.contains(scope.id())).toList();
    }

    private static List<TokenScope> subjectToConsent(Recipient to, List<String> scopes) {
        return switch (to.issuer()) {
            case Issuer.OfOrg own -> List.of();
            case Issuer.Custom custom -> {
                AuthorizationServer server = custom.server();
                yield server.needingConsent(scopes).stream()
                        .flatMap(name -> server.scopeNamed(name).stream())
                        .toList();
            }
        };
    }

    private Set<String> given(Recipient to, Subject user) {
        return database.read(
                to.org().number(),
                reader ->
                        store
                                .list(
                                        reader,
                                        Selection.ofUser(user.id())
                                                .by(to.client().id())
                                                .of(to.issuer().id()),
                                        MOST)
                                .stream()
                                .map(Consent::scopeId)
                                .collect(Collectors.toUnmodifiableSet()));
    }

    /**
     * Asks.
     *
     * @param key under which the request waits for the answer
     */
    Reply ask(
            Request request,
            AuthorizationRequest asked,
            Subject user,
            List<TokenScope> scopes,
            String key) {
        OAuthClient client = asked.addressed().client();
        return pages.consent(
                request,
                new ConsentScreen(
                        pages.face(request, client.appId(), client.label()),
                        user.login(),
                        key,
                        shown(scopes)),
                RedirectUris.source(asked.addressed().redirectUri()));
    }

    /** Scopes as people are told of them. */
    public static List<ConsentScreen.Asked> shown(List<TokenScope> scopes) {
        return scopes.stream()
                .map(
                        scope ->
                                new ConsentScreen.Asked(
                                        Objects.requireNonNullElse(
                                                scope.displayName(), scope.name()),
                                        Optional.ofNullable(scope.description())))
                .toList();
    }

    /** Keeps what the user has consented to. */
    public void keep(Tx tx, Recipient to, List<String> scopes, Subject user) {
        for (TokenScope scope : subjectToConsent(to, scopes)) {
            Consent consent =
                    new Consent(
                            ids.next(Consent.PREFIX, to.org().tail(), to.now()),
                            user.id(),
                            to.client().id(),
                            to.issuer().id(),
                            scope.name(),
                            scope.id(),
                            to.now());
            if (store.insert(tx, consent)) {
                tx.emit(
                        events.event("app.oauth2.as.consent.grant")
                                .actor(AuthorizeEvents.actor(user))
                                .target(
                                        new Target(
                                                consent.id(),
                                                Consent.TYPE,
                                                scope.name(),
                                                scope.name()))
                                .target(to.client().target()));
            }
        }
    }
}
