package dev.ostiary.server.apps.assignments;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.server.apps.App;
import dev.ostiary.server.directory.schemas.ProfileSchema;
import dev.ostiary.server.directory.users.User;
import tools.jackson.databind.node.ObjectNode;

/** What this room asks of the schemas and mappings of apps. Thread-safe. */
public interface AppProfiles {

    /** What the profiles of an app's users may hold. */
    ProfileSchema schema(Reader reader, App app);

    /** How mappings see the user: compiled once for many users. */
    Mapping mapping(Reader reader, Org org, App app);

    /** What mappings make of users. */
    interface Mapping {

        /** The values that follow the user. */
        ObjectNode following(User user);

        /** The values that are made once, when the user is assigned. */
        ObjectNode once(User user);
    }
}
