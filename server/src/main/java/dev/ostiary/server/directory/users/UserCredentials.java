package dev.ostiary.server.directory.users;

import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.directory.users.password.TemporaryPasswords;
import java.time.InstantSource;
import java.util.List;

/** The tag UserCred: passwords and recovery questions change hands. Thread-safe. */
public final class UserCredentials implements Family {

    private static final String SESSIONS = "sessions";

    private final PasswordChange passwordChange;
    private final RecoveryQuestionChange questionChange;
    private final ForgottenPassword forgotten;
    private final PasswordReset reset;
    private final PasswordExpiry expiry;

    /** Credentials over these neighbours. */
    public UserCredentials(
            Database database, InstantSource time, UserParts parts, TemporaryPasswords temporary) {
        UserWrites writes = new UserWrites(database, time, parts);
        ProvenWrites proven = new ProvenWrites(database, parts, writes);
        this.passwordChange = new PasswordChange(parts, proven, time);
        this.questionChange = new RecoveryQuestionChange(parts, proven);
        this.forgotten = new ForgottenPassword(parts, writes, proven);
        this.reset = new PasswordReset(parts, writes);
        this.expiry = new PasswordExpiry(parts, writes, temporary);
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("changePassword", passwordChange::change)
                        .takes(ChangePasswordBody.SHAPE)
                        .untilThereAre(SESSIONS),
                Binding.of("changeRecoveryQuestion", questionChange::change)
                        .takes(CredentialsBody.SHAPE),
                Binding.of("forgotPassword", forgotten::forgot),
                Binding.of("forgotPasswordSetNewPassword", forgotten::answer)
                        .takes(CredentialsBody.SHAPE),
                Binding.of("resetPassword", reset::reset).untilThereAre(SESSIONS),
                Binding.of("expirePassword", expiry::expire),
                Binding.of("expirePasswordWithTempPassword", expiry::expireWithTemporary)
                        .untilThereAre(SESSIONS));
    }
}
