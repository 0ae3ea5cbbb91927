package dev.ostiary.server.signin.recovery;

import dev.ostiary.platform.event.Outcome;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.server.directory.users.Accounts;
import dev.ostiary.server.directory.users.NewPassword;
import dev.ostiary.server.directory.users.UserEvents;
import dev.ostiary.server.signin.flow.Step;

/**
 * A new password for whoever has proven to be who it is ("Reset password").
 *
 * @param accounts sets passwords
 * @param newPassword what is wanted
 */
public record ResetPassword(Accounts accounts, String newPassword) implements Step {

    /** The documentation's own words, where the catalogue has others. */
    private static final String UNFIT =
            "The password does meet the complexity requirements of the current password policy.";

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
        return new Granted(
                (tx, account, transaction) -> {
                    account.reset(chosen);
                    return new Onward(
                            transaction.proving(transaction.proofs().withPassword(account.now())));
                });
    }

    /** Says nothing: it holds a secret. */
    @Override
    public String toString() {
        return "ResetPassword[…]";
    }
}
