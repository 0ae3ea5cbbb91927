package dev.ostiary.server.signin.recovery;

import dev.ostiary.platform.event.Actor;
import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.event.Outcome;
import dev.ostiary.server.directory.users.HeldAccount;
import dev.ostiary.server.directory.users.RecoveryTokens.Purpose;
import dev.ostiary.server.directory.users.User;
import dev.ostiary.server.directory.users.UserEvents;
import dev.ostiary.server.directory.users.UserStatus;

/** What the log says of recoveries. Thread-safe. */
record RecoveryEvents(EventCatalogue catalogue, UserEvents users) {

    private static final int LONGEST_NAME = 100;

    /** Somebody asks for a user whom nobody knows. */
    Event unknown(Purpose purpose, String userName) {
        String name =
                userName.length() <= LONGEST_NAME ? userName : userName.substring(0, LONGEST_NAME);
        return catalogue
                .event(type(purpose))
                .legacy("core.user_auth.self_service." + area(purpose) + ".unknown_user")
                .actor(new Actor("unknown", "User", name, "unknown"))
                .outcome(Outcome.failure("UNKNOWN_USER"));
    }

    /** The user may not recover so. */
    Event notAllowed(Purpose purpose, User user) {
        String legacy =
                purpose == Purpose.UNLOCK
                        ? "already_unlocked"
                        : user.status() == UserStatus.SUSPENDED
                                ? "suspended_user"
                                : "invalid_user_state";
        return of(purpose, user, legacy).outcome(Outcome.failure("NOT_ALLOWED"));
    }

    /** There is a token with which the user recovers. */
    Event issued(Purpose purpose, User user) {
        return switch (purpose) {
            case PASSWORD ->
                    users.of("user.account.reset_password", user)
                            .legacy(
                                    "core.user_auth.self_service.password_reset.issued_recovery_token");
            case UNLOCK -> users.of("user.account.unlock_token", user);
            case ACCOUNT_ACTIVATION ->
                    throw new IllegalArgumentException("nobody asks for an invitation");
        };
    }

    /** Somebody came with a token that is none. */
    Event noToken() {
        return catalogue.event("user.account.use_token").outcome(Outcome.failure("INVALID_TOKEN"));
    }

    /** The code was not the one that was sent. */
    Event wrong(Purpose purpose, HeldAccount account) {
        return of(purpose, account.user(), "invalid_sms_code")
                .actor(account.actor())
                .outcome(Outcome.failure("INVALID_CODE"));
    }

    /** What happened to a recovery, with the last part of its name in the Events API. */
    Event of(Purpose purpose, User user, String legacy) {
        return users.of(type(purpose), user)
                .legacy("core.user_auth.self_service." + area(purpose) + "." + legacy);
    }

    private static String type(Purpose purpose) {
        return purpose == Purpose.UNLOCK ? "user.account.unlock" : "user.account.reset_password";
    }

    private static String area(Purpose purpose) {
        return purpose == Purpose.UNLOCK ? "account_unlock" : "password_reset";
    }
}
