package dev.ostiary.server.orgs;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.org.OrgDirectory;
import dev.ostiary.platform.org.OrgSettings;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Row;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rows of {@code org}. Whoever asks for the org of a request is answered from a snapshot of all
 * orgs' names and ports, which is taken again when an unknown name is asked for, or when it is a
 * second old: the number of an org never changes, so what can be stale for a second is only an org
 * that another node has just deleted, and that one has no rows left.
 */
public final class OrgStore implements OrgDirectory {

    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final String COLUMNS = "org_id, id, name, port, settings, created";

    private final Database database;
    private final InstantSource time;
    private volatile Snapshot snapshot = new Snapshot(Instant.MIN, Map.of(), Map.of());

    private record Snapshot(Instant taken, Map<String, Org> byName, Map<Integer, Org> byPort) {}

    public OrgStore(Database database, InstantSource time) {
        this.database = database;
        this.time = time;
    }

    @Override
    public Optional<Org> byName(String name) {
        return find(current -> current.byName().get(name));
    }

    @Override
    public Optional<Org> byPort(int port) {
        return Optional.ofNullable(current().byPort().get(port));
    }

    private Optional<Org> find(Function<Snapshot, @Nullable Org> in) {
        Org known = in.apply(current());
        return Optional.ofNullable(known != null ? known : in.apply(take()));
    }

    private Snapshot current() {
        Snapshot now = snapshot;
        return now.taken().plus(FRESH).isAfter(time.instant()) ? now : take();
    }

    private Snapshot take() {
        Instant asked = time.instant();
        List<Org> orgs = database.acrossOrgs(OrgStore::all);
        Snapshot taken =
                new Snapshot(
                        asked,
                        orgs.stream().collect(Collectors.toUnmodifiableMap(Org::name, org -> org)),
                        orgs.stream()
                                .filter(org -> org.port() != null)
                                .collect(
                                        Collectors.toUnmodifiableMap(
                                                OrgStore::portOf, org -> org)));
        snapshot = taken;
        return taken;
    }

    private static int portOf(Org org) {
        Integer port = org.port();
        return port == null ? 0 : port;
    }

    /** Forgets what is known, so that the next request sees every change made before. */
    void forget() {
        snapshot = new Snapshot(Instant.MIN, Map.of(), Map.of());
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

    static Optional<Org> byId(Reader reader, String idOrName) {
        return reader.one(
                Sql.of(
                        "SELECT " + COLUMNS + " FROM org WHERE id = ? OR name = ?",
                        idOrName,
                        idOrName),
                OrgStore::org);
    }

    /**
     * Takes a new org's row; nobody finds the org before it is {@linkplain #activate activated}.
     */
    static Org insert(Tx tx, String id, String name, @Nullable Integer port, Instant created) {
        return tx.one(
                        Sql.of(
                                """
                                INSERT INTO org (id, name, port, status, settings, created, last_updated)
                                VALUES (?, ?, ?::int, 'CREATING', '{}', ?, ?)
                                RETURNING\s"""
                                        + COLUMNS,
                                id,
                                name,
                                port,
                                created,
                                created),
                        OrgStore::org)
                .orElseThrow();
    }

    /** Makes a furnished org visible. */
    static void activate(Tx tx, Org org) {
        tx.write(Sql.of("UPDATE org SET status = 'ACTIVE' WHERE org_id = ?", org.number()));
    }

    /** Removes what a process that died while it made an org has left. */
    public static int deleteUnfinished(Tx tx) {
        return tx.run(Sql.of("DELETE FROM org WHERE status = 'CREATING'"));
    }

    /**
     * Deletes an org with everything in it. The tables are asked for rather than listed here, so
     * that a family that is added later cannot be forgotten.
     */
    static void delete(Tx tx, Org org) {
        List<String> tables =
                tx.list(
                        Sql.of(
                                """
                                SELECT format('%I', c.relname) AS name FROM pg_class c
                                JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'org_id' AND NOT a.attisdropped
                                WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname <> 'org'
                                  AND c.relnamespace = current_schema()::regnamespace ORDER BY 1"""),
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
