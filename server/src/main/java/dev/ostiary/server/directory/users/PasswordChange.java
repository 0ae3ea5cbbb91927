package dev.ostiary.server.directory.users;

import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.org.OrgClock;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.server.directory.users.CredentialsBody.PasswordBody;
import dev.ostiary.server.directory.users.UserWrites.Change;
import dev.ostiary.server.directory.users.password.PasswordPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Another password for who knows the present one (Users, "Change Password"). The history of the
 * policy always counts, its minimum age only if the client is {@code strict}. Thread-safe.
 */
final class PasswordChange {

    private static final String WRONG = "Old Password is not correct";

    private final UserParts parts;
    private final ProvenWrites proven;
    private final PasswordProof proof;
    private final OrgClock clock;

    PasswordChange(UserParts parts, ProvenWrites proven, OrgClock clock) {
        this.parts = parts;
        this.proven = proven;
        this.proof = new PasswordProof(parts.hasher());
        this.clock = clock;
    }

    Reply change(Request request) {
        ChangePasswordBody body = request.body(ChangePasswordBody.SHAPE);
        Reading reading = new Reading();
        Optional<String> old = PasswordBody.clear(body.oldPassword(), "oldPassword", reading);
        Optional<String> wanted = PasswordBody.clear(body.newPassword(), "newPassword", reading);
        reading.finish();
        boolean strict = request.query().flag("strict", false);
        User after =
                proven.change(
                        request,
                        Step.CHANGE_PASSWORD,
                        (user, secrets) ->
                                judge(
                                        request.org(),
                                        old.orElseThrow(),
                                        wanted.orElseThrow(),
                                        strict,
                                        clock.now(request.org()),
                                        user,
                                        secrets),
                        (change, chosen) -> apply(change, chosen, body.revokeSessions()));
        return Reply.ok(out -> UserJson.writeCredentials(out, after));
    }

    private Verdict<ChosenPassword> judge(
            Org org,
            String old,
            String wanted,
            boolean strict,
            Instant now,
            User user,
            Secrets secrets) {
        if (!proof.isPassword(old, secrets)) {
            return Verdict.wrongSecret(ApiException.of("E0000014").because(WRONG));
        }
        if (wanted.equals(old)) {
            return ChosenPassword.refused(List.of(PasswordPolicy.SAME));
        }
        @Nullable String young =
                parts.credentialRules()
                        .of(org, user.id())
                        .policy()
                        .tooSoon(user.passwordChanged(), now);
        if (strict && young != null) {
            return ChosenPassword.refused(List.of(young));
        }
        return ChosenPassword.of(org, wanted, user, secrets, parts);
    }

    private User apply(Change change, ChosenPassword chosen, boolean revokeSessions) {
        User after = chosen.applyTo(change, parts);
        change.tx().emit(parts.events().of(Step.CHANGE_PASSWORD.event(), after));
        if (revokeSessions) {
            parts.signOut(change, after);
        }
        return after;
    }
}
