package dev.ostiary.server.orgs;

import com.github.benmanes.caffeine.cache.Cache;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.org.OrgDirectory;
import dev.ostiary.platform.org.OrgSettings;
import dev.ostiary.platform.org.ShortMemory;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Row;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rows of {@code org}. Whoever asks for the org of a request is answered from what was read
 * within the last second, or reads one row: orgs that nobody asks for cost nothing. The number of
 * an org never changes, so what can be stale for a second is only an org that another node has just
 * deleted, and that one has no rows left; a name that is unknown is always looked up anew.
 */
public final class OrgStore implements OrgDirectory {

    private static final Duration MAKING_TAKES_AT_MOST = Duration.ofMinutes(5);
    private static final int KEPT = 10_000;
    private static final String COLUMNS = "org_id, id, name, port, settings, created";

    private final Database database;
    private final Cache<String, Org> byName;
    private final Cache<Integer, Optional<Org>> byPort;

    public OrgStore(Database database, InstantSource time) {
        this.database = database;
        this.byName = ShortMemory.of(KEPT, time);
        this.byPort = ShortMemory.of(KEPT, time);
    }

    @Override
    public Optional<Org> byName(String name) {
        return Optional.ofNullable(byName.get(name, this::readByName));
    }

    @Override
    public Optional<Org> byPort(int port) {
        return byPort.get(port, this::readByPort);
    }

    private @Nullable Org readByName(String name) {
        return database.acrossOrgs(tx -> active(tx, "name", name)).orElse(null);
    }

    private Optional<Org> readByPort(int port) {
        return database.acrossOrgs(tx -> active(tx, "port", port));
    }

    private static Optional<Org> active(Reader reader, String column, Object value) {
        return reader.one(
                Sql.of(
                        "SELECT "
                                + COLUMNS
                                + " FROM org WHERE status = 'ACTIVE' AND "
                                + column
                                + " = ?",
                        value),
                OrgStore::org);
    }

    /** Forgets what is known, so that the next request sees every change made before. */
    void forget() {
        byName.invalidateAll();
        byPort.invalidateAll();
    }

    /** Every org, oldest first. */
    public static List<Org> all(Reader reader) {
        return reader.list(
                Sql.of("SELECT " + COLUMNS + " FROM org WHERE status = 'ACTIVE' ORDER BY org_id"),
                OrgStore::org);
    }

    /** How many orgs there are. */
    public static long count(Reader reader) {
        return reader.one(Sql.of("SELECT count(*) AS orgs FROM org"), row -> row.number("orgs"))
                .orElse(0L);
    }

    /**
     * A print of which orgs there are: while it is the same, no org was added or removed. Reads no
     * more than an index.
     */
    static String print(Reader reader) {
        return reader.one(
                        Sql.of(
                                """
                                SELECT count(*) || '/' || coalesce(sum(org_id), 0) AS print
                                FROM org WHERE status = 'ACTIVE'"""),
                        row -> row.text("print"))
                .orElse("");
    }

    /** The org of a number, for work that goes on beside requests. */
    public static Optional<Org> byNumber(Reader reader, long number) {
        return active(reader, "org_id", number);
    }

    static Optional<Org> byId(Reader reader, String idOrName) {
        return reader.one(
                Sql.of(
                        "SELECT "
                                + COLUMNS
                                + " FROM org WHERE status = 'ACTIVE' AND (id = ? OR name = ?)",
                        idOrName,
                        idOrName),
                OrgStore::org);
    }

    /**
     * Takes a new org's row; nobody finds the org before it is {@linkplain #activate activated}.
     */
    static Org insert(Tx tx, String id, NewOrg wanted, Instant created) {
        return tx.one(
                        Sql.of(
                                """
                                INSERT INTO org (id, name, port, title, website, parent, status,
                                    settings, created, last_updated)
                                VALUES (?, ?, ?::int, ?, ?, ?::bigint, 'CREATING', '{}', ?, ?)
                                RETURNING\s"""
                                        + COLUMNS,
                                id,
                                wanted.name(),
                                wanted.port(),
                                wanted.title(),
                                wanted.website(),
                                wanted.parent(),
                                created,
                                created),
                        OrgStore::org)
                .orElseThrow();
    }

    /** The number of the org that made the reader's; empty where the operator did. */
    public static Optional<Long> parent(Reader reader) {
        return reader.one(
                Sql.of(
                        "SELECT parent FROM org WHERE org_id = ? AND parent IS NOT NULL",
                        reader.org()),
                row -> row.number("parent"));
    }

    /** Whether an org was made by the operator rather than by another org. */
    static boolean isRoot(Reader reader) {
        return reader.one(
                        Sql.of(
                                "SELECT parent IS NULL AS root FROM org WHERE org_id = ?",
                                reader.org()),
                        row -> row.flag("root"))
                .orElse(false);
    }

    /**
     * What was said of an org when it was made.
     *
     * @param name what people call it; empty where nobody said
     * @param website where it is at home
     */
    record Described(Optional<String> name, Optional<String> website, Instant lastUpdated) {}

    /** What was said of the reader's org. */
    static Described described(Reader reader) {
        return reader.one(
                        Sql.of(
                                "SELECT title, website, last_updated FROM org WHERE org_id = ?",
                                reader.org()),
                        row ->
                                new Described(
                                        Optional.ofNullable(row.textOrNull("title")),
                                        Optional.ofNullable(row.textOrNull("website")),
                                        row.instant("last_updated")))
                .orElseThrow();
    }

    /** Which of the unique values of an org that is wanted are taken. */
    static List<String> taken(Reader reader, NewOrg wanted) {
        return reader.list(
                Sql.of(
                        """
                        SELECT 'org_name_key' AS field FROM org WHERE name = ?
                        UNION ALL SELECT 'org_title_key' FROM org WHERE title = ?
                        UNION ALL SELECT 'org_port_key' FROM org WHERE port = ?::int""",
                        wanted.name(),
                        wanted.title(),
                        wanted.port()),
                row -> row.text("field"));
    }

    /** Makes a furnished org visible. */
    static void activate(Tx tx, Org org) {
        tx.write(Sql.of("UPDATE org SET status = 'ACTIVE' WHERE org_id = ?", org.number()));
    }

    /**
     * Removes what a process that died while it made an org has left; another node may be making
     * one just now.
     */
    public static int deleteUnfinished(Tx tx, Instant now) {
        return tx.run(
                Sql.of(
                        "DELETE FROM org WHERE status = 'CREATING' AND created < ?",
                        now.minus(MAKING_TAKES_AT_MOST)));
    }

    /**
     * Deletes an org with everything in it. The tables are asked for rather than listed here, so
     * that a family that is added later cannot be forgotten; those that refer to another one come
     * before it.
     */
    static void delete(Tx tx, Org org) {
        List<String> tables =
                tx.list(
                        Sql.of(
                                """
                                WITH RECURSIVE tables AS (
                                    SELECT c.oid, format('%I', c.relname) AS name FROM pg_class c
                                    JOIN pg_attribute a ON a.attrelid = c.oid
                                      AND a.attname = 'org_id' AND NOT a.attisdropped
                                    WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
                                      AND c.relname <> 'org'
                                      AND c.relnamespace = current_schema()::regnamespace),
                                placed AS (
                                    SELECT oid, 0 AS place FROM tables
                                    UNION
                                    SELECT f.confrelid, p.place + 1 FROM placed p
                                    JOIN pg_constraint f ON f.conrelid = p.oid AND f.contype = 'f'
                                      AND f.confrelid <> p.oid
                                    WHERE p.place < 20)
                                SELECT t.name FROM tables t JOIN placed p ON p.oid = t.oid
                                GROUP BY t.name ORDER BY max(p.place), t.name"""),
                        row -> row.text("name"));
        tables.forEach(
                table ->
                        tx.run(Sql.of("DELETE FROM " + table + " WHERE org_id = ?", org.number())));
        tx.run(Sql.of("DELETE FROM org WHERE org_id = ?", org.number()));
    }

    private static Org org(Row row) {
        return new Org(
                row.number("org_id"),
                row.text("id"),
                row.text("name"),
                row.integerOrNull("port"),
                OrgSettings.parse(row.json("settings")),
                row.instant("created"));
    }
}
