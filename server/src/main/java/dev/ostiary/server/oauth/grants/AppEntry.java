package dev.ostiary.server.oauth.grants;

import dev.ostiary.platform.event.Actor;
import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.policy.AppSignOn;
import dev.ostiary.server.policy.assurance.Method;
import dev.ostiary.server.policy.assurance.Proven;
import java.time.Instant;
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
        return judge(request, user, anew, Optional.empty());
    }

    /**
     * The same.
     *
     * @param last by what the user has proven itself just now, where that is known better than its
     *     name tells
     */
    Entry judge(TokenRequest request, Subject user, boolean anew, Optional<Method> last) {
        AppSignOn.Verdict verdict = signOn.judge(request.org(), comer(request, user, anew, last));
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
                tell(request, Optional.of(denied.refusal()));
                yield Entry.CLOSED;
            }
        };
    }

    /**
     * Whether a rule keeps out a user who came in before, whatever that one has proven: somebody
     * who has left a group, or is elsewhere.
     */
    boolean isClosed(TokenRequest request, Subject user) {
        Optional<Event> denied =
                signOn.denied(request.org(), comer(request, user, false, Optional.empty()));
        tell(request, denied);
        return denied.isPresent();
    }

    private static AppSignOn.Comer comer(
            TokenRequest request, Subject user, boolean anew, Optional<Method> last) {
        return new AppSignOn.Comer(
                request.client().app(),
                new Actor(user.id(), "User", user.login(), user.displayName()),
                proven(user, last),
                anew ? user.authenticated() : Instant.MAX,
                Optional.empty(),
                Optional.empty(),
                request.now());
    }

    /**
     * As far as the methods' names (RFC 8176) tell it: a code is one of a token of whatever make.
     */
    private static Proven proven(Subject user, Optional<Method> last) {
        Proven proven =
                last.map(method -> Proven.NOTHING.with(method, user.authenticated()))
                        .orElse(Proven.NOTHING);
        for (String name : user.amr()) {
            Optional<Method> method =
                    switch (name) {
                        case "pwd" -> Optional.of(Method.PASSWORD);
                        case "kba" -> Optional.of(Method.QUESTION);
                        case "sms" -> Optional.of(Method.SMS);
                        case "tel" -> Optional.of(Method.CALL);
                        case "otp" -> Optional.of(Method.HOTP);
                        case "swk" -> Optional.of(Method.PUSH);
                        case "hwk" -> last.isPresent() ? last : Optional.of(Method.YUBIKEY);
                        default -> Optional.empty();
                    };
            if (method.isPresent()) {
                proven = proven.with(method.get(), user.authenticated());
            }
        }
        return proven;
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
