package dev.ostiary.server.federation.saml;

import dev.ostiary.platform.event.Actor;
import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.event.Outcome;
import dev.ostiary.platform.event.Severity;
import dev.ostiary.platform.event.Target;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.apps.App;
import dev.ostiary.server.apps.assignments.AppIdentity;
import dev.ostiary.server.oauth.grants.Subject;
import dev.ostiary.server.signin.sessions.BrowserSessions.Current;

/** What the log says of users who go to an app. The actor is the user. Thread-safe. */
final class SamlEvents {

    private static final String SIGN_ON = "user.authentication.sso";
    private static final String LOGOUT = "user.authentication.slo";

    private static final String NOT_ASSIGNED = "User attempted unauthorized access to app";

    private final EventCatalogue catalogue;

    SamlEvents(EventCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** The app was told who comes. */
    void signedOn(Tx tx, App app, Subject user, AppIdentity identity) {
        tx.emit(
                event(SIGN_ON, app, user)
                        .debug("signOnMode", app.mode().name())
                        .target(
                                new Target(
                                        user.id(),
                                        "AppUser",
                                        identity.userName().orElse(user.login()),
                                        user.displayName())));
    }

    /** The app asked for the end of a session. */
    void left(Tx tx, App app, Current session) {
        tx.emit(
                catalogue
                        .event(LOGOUT)
                        .actor(
                                new Actor(
                                        session.userId(), "User", session.login(), session.login()))
                        .target(app.target()));
    }

    /**
     * What came in an app's name ends nothing.
     *
     * @param fault the end of its name in the Events API
     */
    void notLeft(Tx tx, App app, String fault, String reason) {
        tx.emit(
                catalogue
                        .event(LOGOUT)
                        .legacy("app.auth.slo.saml." + fault)
                        .actor(new Actor("unknown", "User", "unknown", "unknown"))
                        .severity(Severity.WARN)
                        .outcome(Outcome.failure(reason))
                        .target(app.target()));
    }

    /** Somebody wanted into an app that is not theirs. */
    void refused(Tx tx, App app, Subject user) {
        tx.emit(
                event("app.generic.unauth_app_access_attempt", app, user)
                        .severity(Severity.WARN)
                        .outcome(Outcome.failure(NOT_ASSIGNED)));
        tx.emit(notSignedOn(app, user, NOT_ASSIGNED));
    }

    /** The app's policy does not let the user in. */
    Event denied(App app, Subject user) {
        return notSignedOn(app, user, "Sign-on policy evaluation resulted in DENY");
    }

    /** The event of a sign-on comes even where there was none (event types). */
    private Event notSignedOn(App app, Subject user, String reason) {
        return event(SIGN_ON, app, user)
                .debug("signOnMode", app.mode().name())
                .severity(Severity.WARN)
                .outcome(Outcome.failure(reason));
    }

    private Event event(String type, App app, Subject user) {
        return catalogue.event(type).actor(actor(user)).target(app.target());
    }

    /** The user. */
    static Actor actor(Subject user) {
        return new Actor(user.id(), "User", user.login(), user.displayName());
    }
}
