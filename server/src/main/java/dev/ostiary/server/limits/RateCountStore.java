package dev.ostiary.server.limits;

import dev.ostiary.platform.limits.Count;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import java.util.List;

/** The rows of {@code rate_count}: every node's own, of all orgs. */
final class RateCountStore {

    private final String node;
    private final String edition;

    /**
     * @param node the name of this node
     * @param edition of its table of limits
     */
    RateCountStore(String node, String edition) {
        this.node = node;
        this.edition = edition;
    }

    /** Tells what this node has let through. */
    void tell(Tx tx, List<Count> counts) {
        tx.run(
                Sql.of(
                        """
                        INSERT INTO rate_count (org_id, node, edition, token, bucket, count, ends)
                        SELECT c.org_id, ?, ?, c.token, c.bucket, c.count, c.ends
                        FROM unnest(?::bigint[], ?::text[], ?::int[], ?::int[], ?::bigint[])
                            AS c (org_id, token, bucket, count, ends)
                        ON CONFLICT (org_id, node, edition, token, bucket)
                        DO UPDATE SET count = excluded.count, ends = excluded.ends""",
                        node,
                        edition,
                        counts.stream().map(Count::org).toList(),
                        counts.stream().map(Count::token).toList(),
                        counts.stream().map(Count::bucket).toList(),
                        counts.stream().map(Count::count).toList(),
                        counts.stream().map(Count::ends).toList()));
    }

    /** What the others have let through in windows that are open at a moment. */
    List<Count> elsewhere(Tx tx, List<Long> orgs, long second) {
        return tx.list(
                Sql.of(
                        """
                        SELECT org_id, token, bucket, least(sum(count), 1000000000)::int AS count,
                            max(ends) AS ends
                        FROM rate_count
                        WHERE org_id = ANY (?) AND node <> ? AND edition = ? AND ends > ?
                        GROUP BY org_id, token, bucket""",
                        orgs,
                        node,
                        edition,
                        second),
                row ->
                        new Count(
                                row.number("org_id"),
                                row.text("token"),
                                row.integer("bucket"),
                                row.integer("count"),
                                row.number("ends")));
    }

    /** Removes what is over, whoever told it. */
    void tidy(Tx tx, long second) {
        tx.run(
                Sql.of(
                        """
                        DELETE FROM rate_count WHERE (org_id, node, edition, token, bucket) IN (
                            SELECT org_id, node, edition, token, bucket FROM rate_count
                            WHERE ends < ? FOR UPDATE SKIP LOCKED)""",
                        second));
    }
}
