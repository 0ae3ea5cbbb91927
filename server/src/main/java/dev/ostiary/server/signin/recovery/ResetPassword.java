package dev.ostiary.server.signin.recovery;

import dev.ostiary.platform.event.Outcome;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.server.directory.users.Accounts;
import dev.ostiary.server.directory.users.NewPassword;
import dev.ostiary.server.directory.users.NewQuestion;
import dev.ostiary.server.directory.users.RecoveryTokens.Purpose;
import dev.ostiary.server.directory.users.UserEvents;
import dev.ostiary.server.signin.flow.Step;
import java.util.Optional;

/**
 * A new password for whoever has proven to be who it is ("Reset password"); who comes by an
 * invitation may choose a recovery question with it.
 *
 * @param accounts sets passwords
 * @param newPassword what is wanted
 * @param question what is to be asked, if it is forgotten
 */
public record ResetPassword(Accounts accounts, String newPassword, Optional<Asked> question)
        implements Step {

    /** The documentation's own words, where the catalogue has others. */
    private static final String UNFIT =
            "The password does meet the complexity requirements of the current password policy.";

    /** A recovery question and its answer. */
    public record Asked(String question, String answer) {

        /** Says nothing: it holds a secret. */
        @Override
        public String toString() {
            return "Asked[…]";
        }
    }

    /**
     * @throws ApiException {@code E0000001} for a question that will not do
     */
    @Override
    public Judgment judge(Seen seen) {
        NewPassword chosen;
        try {
            chosen = accounts.choose(seen.request().org(), seen.account(), newPassword);
        } catch (ApiException unfit) {
            return new Refused(
                    unfit.saying(UNFIT),
                    accounts.events()
                            .of("user.account.reset_password", seen.account().user())
                            .actor(UserEvents.actor(seen.account().user()))
                            .outcome(Outcome.failure("PASSWORD_POLICY_VIOLATION")),
                    false);
        }
        Optional<NewQuestion> asked =
                question.filter(given -> isInvited(seen))
                        .map(
                                given ->
                                        accounts.ask(
                                                seen.request().org(),
                                                seen.account(),
                                                given.question(),
                                                given.answer()));
        return new Granted(
                (tx, account, transaction) -> {
                    account.reset(chosen);
                    asked.ifPresent(account::ask);
                    return new Onward(
                            transaction.proving(transaction.proofs().withPassword(account.now())));
                });
    }

    /** Who recovers has proven enough for a password, and for nothing else. */
    private static boolean isInvited(Seen seen) {
        return seen.transaction().recovery().equals(Optional.of(Purpose.ACCOUNT_ACTIVATION))
                && seen.account().user().recoveryQuestion() == null;
    }

    /** Says nothing: it holds a secret. */
    @Override
    public String toString() {
        return "ResetPassword[…]";
    }
}
