package dev.ostiary.server.directory.groups;

import dev.ostiary.platform.org.OrgSettings;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import java.time.Instant;

/**
 * What searches see in an org that wants them to see changes late (P29): the groups as they were a
 * moment ago, from the states that every change leaves behind. When somebody last joined or left is
 * seen at once.
 */
final class GroupSearchDelay {

    private static final String COLUMNS =
            "org_id, id, built_in, name_folded, type, source_id, created, last_updated, doc, words";

    private GroupSearchDelay() {}

    /** Remembers, beside the insertion of a group, that there was none before. */
    static void created(Tx tx, String id, Instant now) {
        tx.write(
                Sql.of(
                        "INSERT INTO group_search_before (org_id, id, until) VALUES (?, ?, ?)",
                        tx.org(),
                        id,
                        now));
        forget(tx, now);
    }

    /** Remembers, beside the update of a group, what searches found before it. */
    static void updated(Tx tx, String id, Instant now) {
        tx.write(
                Sql.of(
                        "INSERT INTO group_search_before (until, "
                                + COLUMNS
                                + ") SELECT ?::timestamptz, "
                                + COLUMNS
                                + " FROM group_search WHERE org_id = ? AND id = ?"
                                + " ON CONFLICT DO NOTHING",
                        now,
                        tx.org(),
                        id));
        forget(tx, now);
    }

    private static void forget(Tx tx, Instant now) {
        tx.write(
                Sql.of(
                        "DELETE FROM group_search_before WHERE org_id = ? AND until < ?",
                        tx.org(),
                        now.minus(OrgSettings.LONGEST_DELAY)));
    }

    /** The groups of an org at a moment, in the place of {@code group_search}. */
    static Sql at(long org, Instant moment) {
        return Sql.of(
                "(SELECT "
                        + COLUMNS
                        + " FROM group_search n WHERE n.org_id = ? AND NOT EXISTS ("
                        + "SELECT 1 FROM group_search_before b WHERE b.org_id = n.org_id"
                        + " AND b.id = n.id AND b.until > ?) UNION ALL SELECT "
                        + COLUMNS
                        + " FROM (SELECT DISTINCT ON (id) * FROM group_search_before"
                        + " WHERE org_id = ? AND until > ? ORDER BY id, until) b"
                        + " WHERE b.doc IS NOT NULL)",
                org,
                moment,
                org,
                moment);
    }
}
