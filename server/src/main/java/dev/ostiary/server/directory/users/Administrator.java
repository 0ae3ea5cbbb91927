package dev.ostiary.server.directory.users;

import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.json.Way;
import dev.ostiary.server.directory.schemas.ProfileSchema;

/**
 * The administrator that an org which is yet to be made begins with, judged: nothing is hashed or
 * written. Immutable.
 */
public final class Administrator {

    /** What a client describes one by (schema {@code OrgCreationAdmin}). */
    public static final Schema SCHEMA =
            Schema.object("OrgCreationAdmin")
                    .always("profile", ProfileSchema.USER.taken())
                    .maybe("credentials", CredentialsBody.SHAPE.schema(Way.IN).orNull());

    private final NewUser user;

    Administrator(NewUser user) {
        this.user = user;
    }

    NewUser user() {
        return user;
    }
}
