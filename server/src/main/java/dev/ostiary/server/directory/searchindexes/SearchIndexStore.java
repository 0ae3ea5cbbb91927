package dev.ostiary.server.directory.searchindexes;

import dev.ostiary.platform.query.DocumentIndex;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows that say which indexes of a table were asked for. */
public final class SearchIndexStore {

    private final SearchTable table;

    public SearchIndexStore(SearchTable table) {
        this.table = table;
    }

    private Sql sql(String text, @Nullable Object... parameters) {
        return Sql.of(
                text.replace("{documents}", table.documents()).replace("{asked}", table.asked()),
                parameters);
    }

    /** Whether an org has more documents than so many; reads no more of them. */
    boolean hasMore(Reader reader, int most) {
        return reader.one(
                        sql(
                                """
                                SELECT count(*) > ? AS more
                                FROM (SELECT 1 FROM {documents} WHERE org_id = ? LIMIT ?) counted""",
                                most,
                                reader.org(),
                                most + 1),
                        row -> row.flag("more"))
                .orElse(false);
    }

    /**
     * The org that more than half of all documents are of, where there are more than so many: as
     * PostgreSQL knows it from its last look at the table.
     */
    Optional<Long> mostOfAll(Reader reader, int large) {
        return reader.one(
                sql(
                        """
                        SELECT common.org FROM pg_stats s
                        CROSS JOIN unnest(s.most_common_vals::text::bigint[], s.most_common_freqs)
                            AS common(org, share)
                        WHERE s.schemaname = current_schema() AND s.tablename = '{documents}'
                          AND s.attname = 'org_id' AND common.share > 0.5
                          AND (SELECT reltuples FROM pg_class
                               WHERE oid = '{documents}'::regclass) > ?""",
                        large),
                row -> row.number("org"));
    }

    /**
     * Writes down that an index was asked for. A new one is left out where the org, or all orgs,
     * have as many as every write can bear.
     */
    void ask(Tx tx, AskedIndex asked, Instant now, int mostOfOrg, int most) {
        DocumentIndex index = asked.index();
        tx.run(
                sql(
                        """
                        INSERT INTO {asked} (org_id, place, shape, asked)
                        SELECT ?, ?, ?, ?::timestamptz
                        WHERE EXISTS (SELECT 1 FROM {asked}
                                WHERE org_id = ? AND place = ? AND shape = ?)
                            OR ((SELECT count(*) FROM {asked} WHERE org_id = ?) < ?
                                AND (SELECT count(*) FROM {asked}) < ?)
                        ON CONFLICT (org_id, place, shape) DO UPDATE SET asked = EXCLUDED.asked""",
                        asked.org(),
                        index.place(),
                        index.shape(),
                        now,
                        asked.org(),
                        index.place(),
                        index.shape(),
                        asked.org(),
                        mostOfOrg,
                        most));
    }

    /** What was asked for, of all orgs. */
    List<AskedIndex> all(Reader reader) {
        return reader.list(
                sql("SELECT org_id, place, shape FROM {asked} ORDER BY asked, org_id, place"),
                row ->
                        new AskedIndex(
                                table,
                                row.number("org_id"),
                                new DocumentIndex(
                                        row.text("place"),
                                        DocumentIndex.Shape.valueOf(row.text("shape")))));
    }

    /** Forgets what nobody has asked for since a moment, of all orgs. */
    void forget(Tx tx, Instant since) {
        tx.run(sql("DELETE FROM {asked} WHERE asked < ?", since));
    }

    /** Forgets what was asked of attributes of an org that are no more. */
    public void forget(Tx tx, Collection<String> places) {
        tx.run(sql("DELETE FROM {asked} WHERE org_id = ? AND place = ANY(?)", tx.org(), places));
    }
}
