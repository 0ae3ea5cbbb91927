package dev.ostiary.server.signin.flow;

import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.event.Outcome;
import dev.ostiary.platform.event.Outcome.Result;
import dev.ostiary.platform.event.RequestContext;
import dev.ostiary.platform.event.Severity;
import dev.ostiary.platform.event.Target;
import dev.ostiary.server.directory.users.User;
import dev.ostiary.server.directory.users.UserEvents;

/**
 * What the log says of the policies' decision ({@code policy.evaluate_sign_on}) and of what follows
 * from it ({@code user.session.start}, or {@code user.authentication.verify} beside a session).
 * Thread-safe.
 */
public record SignOnLog(EventCatalogue catalogue) {

    private static final String START = "user.session.start";

    /** The user is in. */
    public Event allowed(User user, Rules rules) {
        return evaluated(user, rules, Result.ALLOW);
    }

    /** The user has to prove, or to enrol, a factor. */
    Event challenged(User user, Rules rules) {
        return evaluated(user, rules, Result.CHALLENGE);
    }

    /** The user does not come in. */
    public Event denied(User user, Rules rules) {
        return evaluated(user, rules, Result.DENY);
    }

    private Event evaluated(User user, Rules rules, Result result) {
        Event event =
                catalogue
                        .event("policy.evaluate_sign_on")
                        .actor(UserEvents.actor(user))
                        .outcome(new Outcome(result, reason(result)));
        for (Target target : rules.signOn().targets()) {
            event = event.target(target);
        }
        return rules.observation().told(event);
    }

    private static String reason(Result result) {
        return "Sign-on policy evaluation resulted in " + result;
    }

    /** The user is signed in, and has no session yet: the request is all there is of one. */
    public Event started(User user, Rules rules) {
        return rules.observation()
                .told(start(user))
                .authentication(RequestContext.current().sessionOfItsOwn());
    }

    /** The user proved enough, and is not signed in all the same. */
    public Event refused(User user, Rules rules) {
        return failed(user, rules, reason(Result.DENY))
                .legacy("core.user_auth.login_failed.policy_denied");
    }

    /** The user, who has a session, has proven to be the one that it is of. */
    Event verified(User user, Rules rules) {
        return rules.observation()
                .told(
                        new UserEvents(catalogue)
                                .of("user.authentication.verify", user)
                                .actor(UserEvents.actor(user)));
    }

    /** The user could not even try. */
    public Event failed(User user, Rules rules, String reason) {
        return rules.observation()
                .told(start(user).severity(Severity.WARN).outcome(Outcome.failure(reason)));
    }

    private Event start(User user) {
        return new UserEvents(catalogue).of(START, user).actor(UserEvents.actor(user));
    }
}
