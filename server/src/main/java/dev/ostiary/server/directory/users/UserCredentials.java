package dev.ostiary.server.directory.users;

import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.json.Way;
import dev.ostiary.platform.org.OrgClock;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.directory.users.password.TemporaryPasswords;
import java.time.InstantSource;
import java.util.List;

/** The tag UserCred: passwords and recovery questions change hands. Thread-safe. */
public final class UserCredentials implements Family {

    private final PasswordChange passwordChange;
    private final RecoveryQuestionChange questionChange;
    private final ForgottenPassword forgotten;
    private final PasswordReset reset;
    private final PasswordExpiry expiry;

    /** Credentials over these neighbours. */
    public UserCredentials(
            Database database, InstantSource time, UserParts parts, TemporaryPasswords temporary) {
        OrgClock clock = new OrgClock(time);
        UserWrites writes = new UserWrites(database, clock, parts);
        ProvenWrites proven = new ProvenWrites(database, parts, writes);
        this.passwordChange = new PasswordChange(parts, proven, clock);
        this.questionChange = new RecoveryQuestionChange(parts, proven);
        this.forgotten = new ForgottenPassword(parts, writes, proven);
        this.reset = new PasswordReset(parts, writes);
        this.expiry = new PasswordExpiry(database, parts, writes, temporary);
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("changePassword", passwordChange::change)
                        .takes(ChangePasswordBody.SHAPE)
                        .answers(UserJson.CREDENTIALS),
                Binding.of("changeRecoveryQuestion", questionChange::change)
                        .takes(CredentialsBody.SHAPE)
                        .answers(UserJson.CREDENTIALS),
                Binding.of("forgotPassword", forgotten::forgot)
                        .mayTake(CredentialsBody.SHAPE.schema(Way.IN))
                        .answers(
                                Schema.either(
                                        RecoveryLinks.RecoveryLink.SCHEMA, UserJson.CREDENTIALS)),
                Binding.of("forgotPasswordSetNewPassword", forgotten::answer)
                        .takes(CredentialsBody.SHAPE)
                        .answers(UserJson.CREDENTIALS),
                Binding.of("resetPassword", reset::reset)
                        .answers(RecoveryLinks.RecoveryLink.SCHEMA),
                Binding.of("expirePassword", expiry::expire)
                        .answers(Schema.either(PasswordExpiry.TEMPORARY, UserJson.SCHEMA)),
                Binding.of("expirePasswordWithTempPassword", expiry::expireWithTemporary)
                        .answers(PasswordExpiry.TEMPORARY));
    }
}
