package dev.ostiary.server.directory.usertypes;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Reader;
import java.util.HashMap;
import java.util.Map;

/** What user types are called, for files that name them: ids are another's in another org. */
public final class UserTypeNames {

    private final UserTypeStore store = new UserTypeStore();

    /** The ids of an org's user types by name. */
    public Map<String, String> ids(Reader reader, Org org) {
        Map<String, String> ids = new HashMap<>();
        store.all(reader, org).forEach(type -> ids.put(type.name(), type.id()));
        return ids;
    }

    /** The names of an org's user types by id. */
    public Map<String, String> names(Reader reader, Org org) {
        Map<String, String> names = new HashMap<>();
        store.all(reader, org).forEach(type -> names.put(type.id(), type.name()));
        return names;
    }

    /** Whether an org has a type of this id. */
    public boolean has(Reader reader, Org org, String id) {
        return store.find(reader, org, id).isPresent();
    }
}
