package dev.ostiary.server.signin.recovery;

import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.event.Outcome;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.server.directory.users.Accounts;
import dev.ostiary.server.directory.users.RecoveryTokens.Purpose;
import dev.ostiary.server.directory.users.UserEvents;
import dev.ostiary.server.signin.flow.State;
import dev.ostiary.server.signin.flow.Step;
import java.util.Optional;

/**
 * The answer to the recovery question ("Answer recovery question"). A wrong one counts as a wrong
 * password does.
 *
 * @param accounts checks answers
 * @param answer what was answered
 */
public record AnswerQuestion(Accounts accounts, String answer) implements Step {

    @Override
    public Judgment judge(Seen seen) {
        boolean unlocks = seen.transaction().recovery().equals(Optional.of(Purpose.UNLOCK));
        if (!accounts.isAnswer(Optional.of(seen.account()), answer)) {
            return new Refused(ApiException.of("E0000087"), failed(seen, unlocks), true);
        }
        return new Granted(
                (tx, account, transaction) -> {
                    if (unlocks) {
                        account.unlock();
                        return new Opened();
                    }
                    return new Rest(transaction.at(new State.PasswordReset()));
                });
    }

    private Event failed(Seen seen, boolean unlocks) {
        String type = unlocks ? "user.account.unlock" : "user.account.reset_password";
        String legacy = unlocks ? "account_unlock" : "password_reset";
        return accounts.events()
                .of(type, seen.account().user())
                .legacy("core.user_auth.self_service." + legacy + ".invalid_security_answer")
                .actor(UserEvents.actor(seen.account().user()))
                .outcome(Outcome.failure("INVALID_ANSWER"));
    }

    /** Says nothing: it holds a secret. */
    @Override
    public String toString() {
        return "AnswerQuestion[…]";
    }
}
