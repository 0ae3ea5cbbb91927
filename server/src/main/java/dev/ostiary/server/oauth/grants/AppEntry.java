package dev.ostiary.server.oauth.grants;

import dev.ostiary.platform.event.Actor;
import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.event.Target;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.policy.AppSignOn;
import java.util.Optional;

/**
 * What an app's access policy says of users who have proven themselves to the app itself. Tells the
 * log. Not to be called in a transaction. Thread-safe.
 */
record AppEntry(Database database, AppSignOn signOn) {

    /** Whether a user comes in. */
    enum Entry {
        OPEN,
        /** Not with what was proven so far. */
        MORE,
        CLOSED
    }

    /**
     * Judges.
     *
     * @param anew whether the user has proven itself for this very request
     */
    Entry judge(TokenRequest request, Subject user, boolean anew) {
        AppSignOn.Verdict verdict =
                signOn.judge(
                        request.org(),
                        new AppSignOn.Comer(
                                new Target(
                                        request.client().appId(),
                                        "AppInstance",
                                        request.client().label(),
                                        request.client().label()),
                                new Actor(user.id(), "User", user.login(), user.displayName()),
                                user.authenticated(),
                                user.amr(),
                                anew,
                                request.now()));
        return switch (verdict) {
            case AppSignOn.Verdict.Admitted admitted -> {
                tell(request, admitted.event());
                yield Entry.OPEN;
            }
            case AppSignOn.Verdict.Challenged challenged -> {
                tell(request, Optional.of(challenged.event()));
                yield Entry.MORE;
            }
            case AppSignOn.Verdict.Denied denied -> {
                tell(request, Optional.of(denied.event()));
                yield Entry.CLOSED;
            }
        };
    }

    private void tell(TokenRequest request, Optional<Event> event) {
        event.ifPresent(
                each ->
                        database.write(
                                request.org().number(),
                                tx -> {
                                    tx.emit(each);
                                    return each;
                                }));
    }
}
