package dev.ostiary.server.oauth.grants;

import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.server.oauth.grants.Subject.GroupName;
import java.util.List;

/** What groups are called, of the table {@code groups}. Thread-safe. */
final class GroupNameStore {

    /** The names of groups, in the order of their ids. */
    List<GroupName> of(Reader reader, List<String> ids) {
        return ids.isEmpty()
                ? List.of()
                : reader.list(
                        Sql.of(
                                "SELECT id, name FROM groups WHERE org_id = ? AND id = ANY (?)"
                                        + " ORDER BY id",
                                reader.org(),
                                ids),
                        row -> new GroupName(row.text("id"), row.text("name")));
    }
}
