package dev.ostiary.server.signin.authn;

import dev.ostiary.platform.event.Actor;
import dev.ostiary.platform.event.AuthenticationContext;
import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.event.Outcome;
import dev.ostiary.platform.event.Severity;
import dev.ostiary.server.directory.users.HeldAccount;
import dev.ostiary.server.directory.users.UserEvents;
import dev.ostiary.server.signin.flow.Rules;

/**
 * What the log says of passwords at a sign-in. On the Identity Engine, which every org is, {@code
 * user.authentication.auth_via_mfa} tells of the first factor as of any other (event types); that
 * the sign-in has come to nothing is told beside it. Thread-safe.
 */
record PasswordLog(EventCatalogue catalogue, UserEvents users) {

    private static final int LONGEST_NAME = 100;

    PasswordLog(EventCatalogue catalogue) {
        this(catalogue, new UserEvents(catalogue));
    }

    /** A user name that is nobody's stands in the log as it was given, within bounds. */
    Event unknown(String userName) {
        String name =
                userName.length() <= LONGEST_NAME ? userName : userName.substring(0, LONGEST_NAME);
        return failed(new Actor("unknown", "User", name, "unknown"), "VERIFICATION_ERROR");
    }

    /** The user does not come in. */
    Event failed(HeldAccount account, Rules rules, String reason) {
        return rules.observation().told(failed(account.actor(), reason));
    }

    private Event failed(Actor who, String reason) {
        return catalogue
                .event("user.session.start")
                .actor(who)
                .severity(Severity.WARN)
                .outcome(Outcome.failure(reason));
    }

    /** The password is the user's. */
    Event proven(HeldAccount account) {
        return users.of("user.authentication.auth_via_mfa", account.user())
                .actor(account.actor())
                .authentication(AuthenticationContext.ofFactor("OKTA_CREDENTIAL_PROVIDER", null))
                .debug("factor", "PASSWORD_AS_FACTOR")
                .debug("factorIntent", "LOGIN");
    }

    /** It is not. */
    Event wrong(HeldAccount account) {
        return proven(account).outcome(Outcome.failure("INVALID_CREDENTIALS"));
    }
}
