package dev.ostiary.server.signin.authn;

import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.event.Outcome;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.server.directory.users.Accounts;
import dev.ostiary.server.directory.users.NewPassword;
import dev.ostiary.server.directory.users.UserEvents;
import dev.ostiary.server.signin.flow.Step;
import java.util.Optional;

/**
 * Another password for one that has expired, or is about to ("Change password").
 *
 * @param accounts checks and sets passwords
 * @param oldPassword what is said to be the present one
 * @param newPassword what is wanted
 */
record ChangePassword(Accounts accounts, String oldPassword, String newPassword) implements Step {

    private static final String WRONG = "oldPassword: The credentials provided were incorrect.";

    /** The documentation's own words, where the catalogue has others. */
    static final String UNFIT =
            "The password does meet the complexity requirements of the current password policy.";

    @Override
    public Judgment judge(Seen seen) {
        Event failed =
                accounts.events()
                        .of("user.account.update_password", seen.account().user())
                        .actor(UserEvents.actor(seen.account().user()));
        if (!accounts.isPassword(Optional.of(seen.account()), oldPassword)) {
            return new Refused(
                    ApiException.of("E0000014").because(WRONG),
                    failed.outcome(Outcome.failure("INVALID_CREDENTIALS")),
                    true);
        }
        NewPassword chosen;
        try {
            chosen = accounts.choose(seen.request().org(), seen.account(), newPassword);
        } catch (ApiException unfit) {
            return new Refused(
                    unfit.saying(UNFIT),
                    failed.outcome(Outcome.failure("PASSWORD_POLICY_VIOLATION")),
                    false);
        }
        return new Granted(
                (tx, account, transaction) -> {
                    account.change(chosen);
                    return new Onward(
                            transaction.proving(transaction.proofs().withPassword(account.now())));
                });
    }

    /** Says nothing: it holds secrets. */
    @Override
    public String toString() {
        return "ChangePassword[…]";
    }
}
