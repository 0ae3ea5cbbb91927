package dev.ostiary.server.directory.users;

import dev.ostiary.platform.org.OrgSettings;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import java.time.Instant;
import java.util.Collection;

/**
 * What searches see in an org that wants them to see changes late (P29): the users as they were a
 * moment ago, from the states that every change leaves behind.
 */
final class UserSearchDelay {

    private UserSearchDelay() {}

    /** Remembers, beside the insertion of a user, that there was none before. */
    static void created(Tx tx, String id, Instant now) {
        tx.write(
                Sql.of(
                        "INSERT INTO user_search_before (org_id, id, until) VALUES (?, ?, ?)",
                        tx.org(),
                        id,
                        now));
        forget(tx, now);
    }

    /** As {@link #created(Tx, String, Instant)}, beside the insertion of many. */
    static void created(Tx tx, Collection<String> ids, Instant now) {
        tx.write(
                Sql.of(
                        "INSERT INTO user_search_before (org_id, id, until)"
                                + " SELECT ?::bigint, unnest(?::text[]), ?::timestamptz",
                        tx.org(),
                        ids,
                        now));
        forget(tx, now);
    }

    /** Remembers, beside the update of a user, what searches found before it. */
    static void updated(Tx tx, String id, Instant now) {
        tx.write(
                Sql.of(
                        """
                        INSERT INTO user_search_before (org_id, id, until, created, last_updated,
                            doc, words, status, profile)
                        SELECT s.org_id, s.id, ?::timestamptz, s.created, s.last_updated, s.doc,
                            s.words, u.status, u.profile
                        FROM user_search s JOIN users u ON u.org_id = s.org_id AND u.id = s.id
                        WHERE s.org_id = ? AND s.id = ? ON CONFLICT DO NOTHING""",
                        now,
                        tx.org(),
                        id));
        forget(tx, now);
    }

    private static void forget(Tx tx, Instant now) {
        tx.write(
                Sql.of(
                        "DELETE FROM user_search_before WHERE org_id = ? AND until < ?",
                        tx.org(),
                        now.minus(OrgSettings.LONGEST_DELAY)));
    }

    /**
     * The users of an org at a moment, in the place of {@code user_search}: its columns, and {@code
     * status} and {@code profile} letter by letter.
     */
    static Sql at(long org, Instant moment) {
        return Sql.of(
                """
                (SELECT s.org_id, s.id, s.created, s.last_updated, s.doc, s.words, u.status,
                    u.profile
                FROM user_search s JOIN users u ON u.org_id = s.org_id AND u.id = s.id
                WHERE s.org_id = ? AND u.org_id = ? AND NOT EXISTS (
                    SELECT 1 FROM user_search_before b
                    WHERE b.org_id = s.org_id AND b.id = s.id AND b.until > ?)
                UNION ALL
                SELECT b.org_id, b.id, b.created, b.last_updated, b.doc, b.words, b.status,
                    b.profile
                FROM (SELECT DISTINCT ON (id) * FROM user_search_before
                    WHERE org_id = ? AND until > ? ORDER BY id, until) b
                WHERE b.doc IS NOT NULL)""",
                org,
                org,
                moment,
                org,
                moment);
    }
}
