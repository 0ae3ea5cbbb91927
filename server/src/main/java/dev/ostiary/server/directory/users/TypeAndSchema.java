package dev.ostiary.server.directory.users;

import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import dev.ostiary.platform.org.Org;
import dev.ostiary.server.directory.schemas.ProfileSchema;
import dev.ostiary.server.directory.schemas.SchemaSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The user type that a user has or gets, and what its schema says.
 *
 * @param typeId null for the org's default type
 * @param schema judges the profile
 */
record TypeAndSchema(@Nullable String typeId, ProfileSchema schema) {

    /** The type that a user has. */
    static TypeAndSchema of(SchemaSet schemas, Org org, @Nullable String typeId) {
        // a type goes only after its last user, so there is one
        return new TypeAndSchema(typeId, schemas.ofType(org, typeId).orElse(ProfileSchema.USER));
    }

    /**
     * The type that a body names, or else the one the user has; what is wrong is told to the
     * reading.
     */
    static TypeAndSchema named(
            UserBody body, SchemaSet schemas, Org org, @Nullable String present, Reading reading) {
        @Nullable String named = body.typeId();
        if (named == null) {
            return of(schemas, org, present);
        }
        @Nullable String typeId = named.equals(UserType.defaultOf(org).id()) ? null : named;
        Optional<ProfileSchema> schema = schemas.ofType(org, typeId);
        if (schema.isEmpty()) {
            reading.wrong(
                    Path.root("type").field("type"),
                    "The user type '" + named + "' does not exist");
            return of(schemas, org, present);
        }
        return new TypeAndSchema(typeId, schema.get());
    }
}
