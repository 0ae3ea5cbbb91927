package dev.ostiary.server.directory.users;

import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import dev.ostiary.server.directory.users.CredentialsBody.PasswordBody;
import org.jspecify.annotations.Nullable;

/**
 * How a client asks for another password (schema {@code ChangePasswordRequest}).
 *
 * @param oldPassword the present one
 * @param newPassword the one to come
 * @param revokeSessions whether the user's sessions are to end
 */
record ChangePasswordBody(
        @Nullable PasswordBody oldPassword,
        @Nullable PasswordBody newPassword,
        boolean revokeSessions) {

    static final Shape<ChangePasswordBody> SHAPE = shape();

    private static Shape<ChangePasswordBody> shape() {
        Shape.Builder<ChangePasswordBody> shape = Shape.of("changePasswordRequest");
        Field<ChangePasswordBody, PasswordBody> oldPassword =
                shape.field(
                        "oldPassword",
                        Type.nested(CredentialsBody.passwordShape()),
                        ChangePasswordBody::oldPassword);
        Field<ChangePasswordBody, PasswordBody> newPassword =
                shape.field(
                        "newPassword",
                        Type.nested(CredentialsBody.passwordShape()),
                        ChangePasswordBody::newPassword);
        Field<ChangePasswordBody, Boolean> revokeSessions =
                shape.field("revokeSessions", Type.BOOLEAN, ChangePasswordBody::revokeSessions);
        return shape.build(
                values ->
                        new ChangePasswordBody(
                                values.orNull(oldPassword),
                                values.orNull(newPassword),
                                values.find(revokeSessions).orElse(false)));
    }
}
