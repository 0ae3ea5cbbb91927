package dev.ostiary.server.oauth.authorize;

import dev.ostiary.platform.event.Actor;
import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.event.Outcome;
import dev.ostiary.platform.event.Severity;
import dev.ostiary.platform.event.Target;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.oauth.grants.ClaimEvents;
import dev.ostiary.server.oauth.grants.Recipient;
import dev.ostiary.server.oauth.grants.Subject;
import dev.ostiary.server.oauth.problem.OAuthException;
import dev.ostiary.server.oauth.tokens.Issuer;
import java.util.List;
import java.util.Optional;

/** What the log says of people who sign in to applications. The actor is the user. Thread-safe. */
public final class AuthorizeEvents {

    private static final String SCOPE_DENIED = "scope_denied";

    /** What happens, as it is called at the org's own server and at custom ones. */
    private enum What {
        CODE("app.oauth2.authorize.code", "app.oauth2.as.authorize.code"),
        ID_TOKEN(
                "app.oauth2.authorize.implicit.id_token",
                "app.oauth2.as.authorize.implicit.id_token"),
        ACCESS_TOKEN(
                "app.oauth2.authorize.implicit.access_token",
                "app.oauth2.as.authorize.implicit.access_token"),
        REQUEST("app.oauth2.authorize", "app.oauth2.as.authorize"),
        DENIED("app.oauth2.authorize", "app.oauth2.as.authorize.scope_denied");

        private final String ofOrg;
        private final String ofServer;

        What(String ofOrg, String ofServer) {
            this.ofOrg = ofOrg;
            this.ofServer = ofServer;
        }
    }

    private final EventCatalogue catalogue;

    /** Events of this catalogue. */
    public AuthorizeEvents(EventCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** The browser goes back with what was asked for. */
    void granted(Tx tx, Recipient to, Subject user, ResponseType type, List<String> scopes) {
        String scope = String.join(" ", scopes);
        if (type.code()) {
            tx.emit(about(event(to.issuer(), What.CODE), to, user, scope));
        }
        if (type.idToken()) {
            tx.emit(about(event(to.issuer(), What.ID_TOKEN), to, user, scope));
        }
        if (type.token()) {
            tx.emit(about(event(to.issuer(), What.ACCESS_TOKEN), to, user, scope));
        }
        signedOn(tx, to, user);
    }

    /** The user has got into an app, here or where it waits. */
    public void signedOn(Tx tx, Recipient to, Subject user) {
        tx.emit(signOn(to, user));
    }

    private Event signOn(Recipient to, Subject user) {
        return catalogue
                .event("user.authentication.sso")
                .actor(actor(user))
                .target(to.client().app())
                .target(target(user));
    }

    /**
     * It goes back with an error, or stays. Whoever was known by then has not come into the app,
     * and the event of that comes all the same (event types, {@code user.authentication.sso}).
     */
    public void refused(Tx tx, Recipient to, Optional<Subject> user, OAuthException refused) {
        ClaimEvents.of(catalogue, to, refused).ifPresent(tx::emit);
        What what = refused.code().equals(SCOPE_DENIED) ? What.DENIED : What.REQUEST;
        Event event =
                event(to.issuer(), what)
                        .severity(Severity.WARN)
                        .outcome(Outcome.failure(refused.code()))
                        .target(to.client().target())
                        .target(to.issuer().target());
        tx.emit(user.map(each -> event.actor(actor(each))).orElse(event));
        user.ifPresent(
                each ->
                        tx.emit(
                                signOn(to, each)
                                        .severity(Severity.WARN)
                                        .outcome(Outcome.failure(refused.code()))));
    }

    private static Event about(Event event, Recipient to, Subject user, String scope) {
        return event.actor(actor(user))
                .target(to.client().target())
                .target(to.issuer().target())
                .debug("requestedScopes", scope)
                .debug("grantedScopes", scope);
    }

    private Event event(Issuer issuer, What what) {
        return switch (issuer) {
            case Issuer.OfOrg own -> catalogue.event(what.ofOrg);
            case Issuer.Custom custom -> catalogue.event(what.ofServer);
        };
    }

    /** The user. */
    static Actor actor(Subject user) {
        return new Actor(user.id(), "User", user.login(), user.displayName());
    }

    private static Target target(Subject user) {
        return new Target(user.id(), "User", user.login(), user.displayName());
    }
}
