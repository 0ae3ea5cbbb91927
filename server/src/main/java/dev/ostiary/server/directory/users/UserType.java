package dev.ostiary.server.directory.users;

import dev.ostiary.platform.org.Org;
import dev.ostiary.server.directory.schemas.TypeIds;
import org.jspecify.annotations.Nullable;

/**
 * The type of a user, which decides about the schema of the profile. An org that nobody has touched
 * has one, the default type, which stands nowhere: its ids follow from the org's.
 *
 * @param id public id, {@code oty…}
 * @param schemaId public id of the type's schema, {@code osc…}
 */
record UserType(String id, String schemaId) {

    /** The type that every org begins with. */
    static UserType defaultOf(Org org) {
        return of(TypeIds.ofDefault(org));
    }

    /** The type of a user. */
    static UserType of(Org org, User user) {
        @Nullable String typeId = user.typeId();
        return typeId == null ? defaultOf(org) : of(typeId);
    }

    private static UserType of(String typeId) {
        return new UserType(typeId, TypeIds.schemaOf(typeId));
    }
}
