package dev.ostiary.server.directory.users;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.server.directory.users.UserTokenStore.Kind;
import dev.ostiary.server.directory.users.UserWrites.Change;
import dev.ostiary.server.directory.users.password.PasswordPolicy;
import java.util.List;

/**
 * A password that its owner has chosen, within the policy and not one of the last, and hashed.
 *
 * @param credentials the password
 * @param hashed its hash
 */
record ChosenPassword(NewCredentials credentials, NewCredentials.Hashed hashed) {

    /** Judges and hashes. Slow: to be called outside of any transaction. */
    static Verdict<ChosenPassword> of(
            Org org, String wanted, User user, Secrets secrets, UserParts parts) {
        PasswordPolicy policy = parts.credentialRules().of(org, user.id()).policy();
        List<String> causes =
                policy.check(
                        wanted,
                        NewCredentials.owner(user.profile().document()),
                        parts.credentialRules().common());
        if (!causes.isEmpty()) {
            return refused(causes);
        }
        if (parts.passwordHistory(policy).isRemembered(wanted, secrets)) {
            return refused(List.of(PasswordPolicy.TOO_RECENT));
        }
        NewCredentials credentials = NewCredentials.password(wanted);
        return new Verdict.Granted<>(
                new ChosenPassword(credentials, credentials.hashed(parts.hasher())));
    }

    /** The answer to a password that will not do. */
    static <V> Verdict<V> refused(List<String> causes) {
        return new Verdict.Refused<>(
                ApiException.of("E0000014").because(causes), "PASSWORD_POLICY_VIOLATION");
    }

    /** Writes it. Whoever has a password needs no link that makes one. */
    User applyTo(Change change, UserParts parts) {
        User after = change.before().with(credentials, change.now());
        change.save(after, hashed.applied(change.secrets()));
        parts.tokens().revoke(change.tx(), Kind.RECOVERY, after.id());
        return after;
    }

    /** Says nothing. */
    @Override
    public String toString() {
        return "ChosenPassword[…]";
    }
}
