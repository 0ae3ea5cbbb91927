package dev.ostiary.server.directory.groups;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.server.directory.memberships.GroupRef;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/**
 * Groups as lines that {@link GroupImport} reads, in the order of their ids: those that are managed
 * here. Every org has the built-in ones, and apps bring theirs. Thread-safe.
 */
public final class GroupExport {

    private final GroupStore store = new GroupStore();

    /** A group to write. */
    public record Exported(GroupRef group, String profile) {}

    /** The next groups after an id. */
    public List<Exported> after(Reader reader, String id, int most) {
        return store.managedAfter(reader, id, most);
    }

    /** The names of groups that are managed here, by id; others are left out. */
    public Map<String, String> names(Reader reader, Collection<String> ids) {
        Map<String, String> names = new HashMap<>();
        store.managed(reader, ids).forEach(group -> names.put(group.id(), group.name()));
        return names;
    }

    /** Writes one as a line's object. */
    public void write(JsonGenerator out, Exported exported) {
        out.writeStartObject();
        out.writeStringProperty("kind", "group");
        out.writeName("profile");
        Json.raw(out, exported.profile());
        out.writeEndObject();
    }
}
