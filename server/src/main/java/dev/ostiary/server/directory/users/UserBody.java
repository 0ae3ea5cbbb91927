package dev.ostiary.server.directory.users;

import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import dev.ostiary.platform.json.Way;
import dev.ostiary.server.directory.schemas.ProfileSchema;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a client sends of a user (schemas {@code CreateUserRequest} and {@code UpdateUserRequest}).
 * Read-only properties are ignored.
 *
 * @param profile the profile as sent, not yet judged
 * @param credentials what is said about credentials
 * @param groupIds groups to begin in
 * @param typeId the user type
 * @param realmId the realm
 */
record UserBody(
        @Nullable ObjectNode profile,
        @Nullable CredentialsBody credentials,
        @Nullable List<String> groupIds,
        @Nullable String typeId,
        @Nullable String realmId) {

    private static final UserBody EMPTY = new UserBody(null, null, null, null, null);

    private record TypeBody(@Nullable String id) {}

    private static final Shape<TypeBody> TYPE = typeShape();

    static final Shape<UserBody> SHAPE = shape();

    /** What a body looks like whose profile is judged by this schema. */
    static Schema schema(ProfileSchema profile) {
        return SHAPE.schema(Way.IN).replaced("profile", profile.taken().orNull());
    }

    private static Shape<TypeBody> typeShape() {
        Shape.Builder<TypeBody> shape = Shape.of("type");
        Field<TypeBody, String> id = shape.field("id", Type.TEXT, TypeBody::id);
        return shape.build(values -> new TypeBody(values.orNull(id)));
    }

    private static Shape<UserBody> shape() {
        Shape.Builder<UserBody> shape = Shape.of("user");
        Field<UserBody, ObjectNode> profile =
                shape.field("profile", Type.DOCUMENT, UserBody::profile);
        Field<UserBody, CredentialsBody> credentials =
                shape.field(
                        "credentials", Type.nested(CredentialsBody.SHAPE), UserBody::credentials);
        Field<UserBody, List<String>> groupIds =
                shape.field("groupIds", Type.list(Type.TEXT), UserBody::groupIds);
        Field<UserBody, TypeBody> type =
                shape.field("type", Type.nested(TYPE), body -> new TypeBody(body.typeId()));
        Field<UserBody, String> realmId = shape.field("realmId", Type.TEXT, UserBody::realmId);
        return shape.build(
                values ->
                        new UserBody(
                                values.orNull(profile),
                                values.orNull(credentials),
                                values.orNull(groupIds),
                                values.find(type).map(TypeBody::id).orElse(null),
                                values.orNull(realmId)));
    }

    /** Whether it says nothing but another realm. */
    boolean isMove() {
        return realmId != null && profile == null && credentials == null && typeId == null;
    }

    /**
     * Reads a body; what is wrong is told to the reading, and what is right stands in the result.
     */
    static UserBody read(ObjectNode body, Reading reading) {
        Optional<UserBody> whole = SHAPE.read(body, Path.root("user"), reading);
        if (whole.isPresent()) {
            return whole.get();
        }
        JsonNode profile = body.get("profile");
        return profile != null && profile.isObject()
                ? new UserBody(profile.asObject(), null, null, null, null)
                : EMPTY;
    }
}
