package dev.ostiary.server.apps.assignments;

import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import dev.ostiary.platform.json.Way;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a client says of a user in an app.
 *
 * @param id whom it assigns
 * @param scope by itself or by its group; null lets the server decide
 */
record AppUserBody(
        @Nullable String id,
        @Nullable String scope,
        @Nullable Credentials credentials,
        @Nullable ObjectNode profile) {

    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_PASSWORD = 1024;

    /** The name and the password of the user in the app. */
    record Credentials(@Nullable String userName, @Nullable Password password) {
        private static final Shape<Credentials> SHAPE = shape();

        private static Shape<Credentials> shape() {
            Shape.Builder<Credentials> shape = Shape.of("credentials");
            Field<Credentials, String> name =
                    shape.field("userName", Type.TEXT, Credentials::userName)
                            .must(
                                    text -> !text.isBlank() && text.length() <= LONGEST_NAME,
                                    "must be 1 to 100 characters");
            Field<Credentials, Password> password =
                    shape.field("password", Type.nested(Password.SHAPE), Credentials::password);
            return shape.build(in -> new Credentials(in.orNull(name), in.orNull(password)));
        }
    }

    /** Never written back. */
    record Password(@Nullable String value) {
        private static final Shape<Password> SHAPE = shape();

        private static Shape<Password> shape() {
            Shape.Builder<Password> shape = Shape.of("password");
            Field<Password, String> value =
                    shape.field("value", Type.TEXT, Password::value)
                            .writeOnly()
                            .must(
                                    text -> text.length() <= LONGEST_PASSWORD,
                                    "must be at most 1024 characters");
            return shape.build(in -> new Password(in.orNull(value)));
        }

        @Override
        public String toString() {
            return "Password";
        }
    }

    static final Shape<AppUserBody> ASSIGN = shape(true);
    static final Shape<AppUserBody> UPDATE = shape(false);
    static final Schema ASSIGNING = ASSIGN.schema(Way.IN);
    static final Schema UPDATING = UPDATE.schema(Way.IN);

    private static Shape<AppUserBody> shape(boolean assigning) {
        Shape.Builder<AppUserBody> shape = Shape.of("appUser");
        Field<AppUserBody, String> id = shape.field("id", Type.TEXT, AppUserBody::id);
        if (assigning) {
            id.required();
        }
        Field<AppUserBody, String> scope =
                shape.field("scope", Type.TEXT, AppUserBody::scope)
                        .must(
                                word -> word.equals("USER") || word.equals("GROUP"),
                                "must be one of [USER, GROUP]");
        Field<AppUserBody, Credentials> credentials =
                shape.field(
                        "credentials", Type.nested(Credentials.SHAPE), AppUserBody::credentials);
        Field<AppUserBody, ObjectNode> profile =
                shape.field("profile", Type.DOCUMENT, AppUserBody::profile);
        return shape.build(
                in ->
                        new AppUserBody(
                                in.orNull(id),
                                in.orNull(scope),
                                in.orNull(credentials),
                                in.orNull(profile)));
    }

    @Nullable String userName() {
        return credentials == null ? null : credentials.userName();
    }

    @Nullable String password() {
        return credentials == null || credentials.password() == null
                ? null
                : credentials.password().value();
    }

    AppUserBody withoutPassword() {
        return new AppUserBody(id, scope, new Credentials(userName(), null), profile);
    }

    boolean toUser() {
        return !"GROUP".equals(scope);
    }
}
