package dev.ostiary.platform.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DatabaseTest {

    private final TestStore store;
    private final Database database;

    DatabaseTest(DatabaseAccess access) {
        store = TestStore.on(access);
        database = store.database();
    }

    @BeforeAll
    void tables() {
        store.asOwner(
                "CREATE TABLE thing (org_id bigint, id text, size int,"
                        + " CONSTRAINT thing_pk PRIMARY KEY (org_id, id))",
                "CREATE TABLE part (org_id bigint, thing text,"
                        + " CONSTRAINT part_thing FOREIGN KEY (org_id, thing) REFERENCES thing)");
    }

    @AfterAll
    void close() {
        store.close();
    }

    @Test
    @DisplayName("P37 deferred writes and events stand together, or not at all")
    void deferredWritesAreAtomic() {
        database.write(
                1,
                tx -> {
                    tx.write(thing(1, "a", 1));
                    tx.write(Sql.of("INSERT INTO part VALUES (?, ?)", 1L, "a"));
                    tx.emit(entry("test.made"));
                    return "made";
                });
        assertThatThrownBy(
                        () ->
                                database.write(
                                        1,
                                        tx -> {
                                            tx.write(thing(1, "b", 1));
                                            tx.write(thing(1, "a", 2));
                                            tx.emit(entry("test.made"));
                                            return "refused";
                                        }))
                .isInstanceOfSatisfying(
                        UniqueViolation.class,
                        e -> assertThat(e.constraint()).isEqualTo("thing_pk"));
        assertThat(ids(1)).containsExactly("a");
        assertThat(events(1)).containsExactly("test.made");
    }

    @Test
    @DisplayName("given a search and a lookup, then each is planned as it wants to be")
    void plans() {
        assertThat(database.<String>search(1, reader -> said(reader, "plan_cache_mode")))
                .isEqualTo("force_custom_plan");
        assertThat(database.<String>lookUp(1, reader -> said(reader, "plan_cache_mode")))
                .isEqualTo("force_generic_plan");
        assertThat(database.<String>read(1, reader -> said(reader, "plan_cache_mode")))
                .isEqualTo("auto");
    }

    @Test
    @DisplayName("P1 given searches of two orgs, then each sees its own")
    void searchesWithinTheOrg() {
        for (long org : List.of(1L, 2L, 1L)) {
            assertThat(database.<String>search(org, reader -> said(reader, "ostiary.org")))
                    .isEqualTo(Long.toString(org));
        }
    }

    private static String said(Reader reader, String setting) {
        return reader.search(Sql.of("SELECT current_setting(?)", setting), row -> row.text(1))
                .getFirst();
    }

    @Test
    @DisplayName("writes and events alone leave as one statement, without BEGIN and COMMIT")
    void oneRoundTrip() {
        store.asOwner("CREATE TABLE trace (org_id bigint, statement text)");
        Sql trace = Sql.of("INSERT INTO trace VALUES (1, current_query())");
        database.write(
                1,
                tx -> {
                    tx.write(trace);
                    tx.write(trace);
                    tx.emit(entry("test.traced"));
                    return true;
                });
        List<String> statements =
                database.read(
                        1,
                        reader ->
                                reader.list(
                                        Sql.of("SELECT statement FROM trace"), row -> row.text(1)));
        assertThat(statements)
                .hasSize(2)
                .allSatisfy(
                        text ->
                                assertThat(text)
                                        .startsWith("WITH w0 AS (INSERT INTO trace")
                                        .contains("w1 AS (INSERT INTO trace")
                                        .contains("INSERT INTO system_log"));

        // the one statement that PostgreSQL refuses inside of BEGIN and COMMIT
        Sql notInTransactions = Sql.of("VACUUM trace");
        boolean alone =
                database.write(
                        1,
                        tx -> {
                            tx.write(notInTransactions);
                            return true;
                        });
        assertThat(alone).isTrue();
        assertThatThrownBy(() -> database.write(1, tx -> tx.run(notInTransactions)))
                .hasMessageContaining("inside a transaction block");
    }

    @Test
    @DisplayName("P37 of many who make rows at the same time, all but those whose key is taken do")
    void sharedCommits() throws Exception {
        NewRow taken = newThing(71, "taken");
        database.write(
                71,
                tx -> {
                    tx.insert(taken);
                    tx.emit(entry("test.made"));
                    return true;
                });
        List<Future<Boolean>> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 200; i++) {
                NewRow mine = i % 10 == 0 ? taken : newThing(71, "mine" + i);
                all.add(threads.submit(() -> isMade(mine)));
            }
        }
        for (int i = 0; i < all.size(); i++) {
            assertThat(all.get(i).get()).isEqualTo(i % 10 != 0);
        }
        assertThat(ids(71)).hasSize(181);
        assertThat(events(71)).hasSize(181);
    }

    private boolean isMade(NewRow row) {
        try {
            return database.write(
                    71,
                    tx -> {
                        tx.insert(row);
                        tx.emit(entry("test.made"));
                        return true;
                    });
        } catch (UniqueViolation e) {
            return false;
        }
    }

    private static NewRow newThing(long org, String id) {
        return NewRow.of("INSERT INTO thing (org_id, id, size)", "(?, ?, ?)", org, id, 1);
    }

    @Test
    @DisplayName("a deferred write is seen by the next read of its transaction")
    void deferredWritesComeBeforeReads() {
        List<String> seen =
                database.write(
                        2,
                        tx -> {
                            tx.write(thing(2, "x", 1));
                            tx.write(thing(2, "y", 1));
                            List<String> found = tx.list(idsOf(2), row -> row.text(1));
                            int changed =
                                    tx.run(
                                            Sql.of(
                                                    "UPDATE thing SET size = 2 WHERE org_id = ?",
                                                    2L));
                            assertThat(changed).isEqualTo(2);
                            tx.emit(entry("test.changed"));
                            return found;
                        });
        assertThat(seen).containsExactly("x", "y");
        assertThat(events(2)).containsExactly("test.changed");
    }

    @Test
    @DisplayName("an exception of the work undoes everything and reaches the caller")
    void exceptionsUndo() {
        List<String> ran = new ArrayList<>();
        assertThatThrownBy(
                        () ->
                                database.write(
                                        3,
                                        tx -> {
                                            tx.run(thing(3, "gone", 1));
                                            tx.emit(entry("test.made"));
                                            tx.afterCommit(() -> ran.add("never"));
                                            throw new IllegalStateException("no");
                                        }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no");
        assertThat(ids(3)).isEmpty();
        assertThat(events(3)).isEmpty();
        assertThat(ran).isEmpty();
    }

    @Test
    @DisplayName("a work that swallows a violation cannot pretend to have succeeded")
    void swallowedViolationsSurface() {
        assertThatThrownBy(
                        () ->
                                database.write(
                                        4,
                                        tx -> {
                                            tx.run(thing(4, "a", 1));
                                            assertThatThrownBy(() -> tx.run(thing(4, "a", 1)))
                                                    .isInstanceOf(UniqueViolation.class);
                                            return "as if";
                                        }))
                .isInstanceOf(UniqueViolation.class);
        assertThat(ids(4)).isEmpty();
    }

    @Test
    @DisplayName("a reference to what is not there names its constraint")
    void foreignKeys() {
        assertThatThrownBy(
                        () ->
                                database.write(
                                        5,
                                        tx ->
                                                tx.run(
                                                        Sql.of(
                                                                "INSERT INTO part VALUES (?, ?)",
                                                                5L,
                                                                "nothing"))))
                .isInstanceOfSatisfying(
                        ForeignKeyViolation.class,
                        e -> assertThat(e.constraint()).isEqualTo("part_thing"));
    }

    @Test
    @DisplayName("what follows a commit runs in order, and its failures change nothing")
    void afterCommit() {
        List<String> ran = new ArrayList<>();
        String answer =
                database.write(
                        6,
                        tx -> {
                            tx.afterCommit(() -> ran.add("first " + ids(6)));
                            tx.afterCommit(
                                    () -> {
                                        throw new IllegalStateException("mail is down");
                                    });
                            tx.afterCommit(() -> ran.add("last"));
                            tx.write(thing(6, "a", 1));
                            return "done";
                        });
        assertThat(answer).isEqualTo("done");
        assertThat(ran).containsExactly("first [a]", "last");
    }

    @Test
    @DisplayName("hundreds of writes and events of one transaction stay one transaction")
    void manyWrites() {
        database.write(
                7,
                tx -> {
                    for (int i = 0; i < 500; i++) {
                        tx.write(thing(7, "t%03d".formatted(i), i));
                        tx.emit(entry("test.made"));
                    }
                    return true;
                });
        assertThat(ids(7)).hasSize(500);
        assertThat(events(7)).hasSize(500);
    }

    @Test
    @DisplayName("P8 values of every kind come back as they went")
    void values() {
        store.asOwner(
                "CREATE TABLE value (t text, n bigint, i int, b boolean, at timestamptz, u uuid,"
                        + " raw bytea, j jsonb, texts text[], d double precision)");
        Instant at = Instant.parse("2026-02-03T04:05:06.789012Z");
        UUID uuid = UUID.fromString("0190163d-8694-739b-aea5-966c26f8ad91");
        byte[] raw = "\u0000raw".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 12; i++) { // the driver changes to prepared statements on the way
            insertValues("snow \u2603 \uD83D\uDE00", at, uuid, raw);
        }
        insertValues(null, null, null, null);
        List<String> rows =
                database.read(
                        1,
                        reader ->
                                reader.list(
                                        Sql.of("SELECT * FROM value ORDER BY t NULLS LAST"),
                                        row -> {
                                            if (row.textOrNull("t") == null) {
                                                assertThat(row.numberOrNull("n")).isNull();
                                                assertThat(row.integerOrNull("i")).isNull();
                                                assertThat(row.flagOrNull("b")).isNull();
                                                assertThat(row.instantOrNull("at")).isNull();
                                                assertThat(row.bytesOrNull("raw")).isNull();
                                                assertThat(row.texts("texts")).isEmpty();
                                                return "nulls";
                                            }
                                            assertThat(row.number("n")).isEqualTo(1L << 40);
                                            assertThat(row.integer("i")).isEqualTo(7);
                                            assertThat(row.flag("b")).isTrue();
                                            assertThat(row.instant("at")).isEqualTo(at);
                                            assertThat(row.uuid("u")).isEqualTo(uuid);
                                            assertThat(row.bytes("raw")).isEqualTo(raw);
                                            assertThat(row.json("j")).isEqualTo("{\"a\": 1}");
                                            assertThat(row.texts("texts"))
                                                    .containsExactly("x,\"y", "z");
                                            return row.text("t");
                                        }));
        assertThat(rows).hasSize(13).contains("snow \u2603 \uD83D\uDE00", "nulls");
    }

    private void insertValues(
            @Nullable String text,
            @Nullable Instant at,
            @Nullable UUID uuid,
            byte @Nullable [] raw) {
        boolean nulls = text == null;
        database.write(
                1,
                tx -> {
                    tx.write(
                            Sql.of(
                                    "INSERT INTO value (t, n, i, b, at, u, raw, j, texts)"
                                            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                                    text,
                                    nulls ? null : 1L << 40,
                                    nulls ? null : 7,
                                    nulls ? null : true,
                                    at,
                                    uuid,
                                    raw,
                                    nulls ? null : new Json("{\"a\":1}"),
                                    nulls ? null : List.of("x,\"y", "z")));
                    return true;
                });
    }

    @Test
    @DisplayName("lists of values fit = ANY(?), whatever their type, empty ones too")
    void arrays() {
        database.read(
                1,
                reader -> {
                    assertThat(any(reader, "SELECT 5 WHERE 5::bigint = ANY(?)", List.of(4L, 5L)))
                            .isTrue();
                    assertThat(any(reader, "SELECT 5 WHERE 5 = ANY(?)", List.of())).isFalse();
                    assertThat(any(reader, "SELECT 5 WHERE 'a' = ANY(?)", List.of())).isFalse();
                    assertThat(any(reader, "SELECT 5 WHERE 'a' = ANY(?)", List.of("a"))).isTrue();
                    UUID uuid = UUID.fromString("0190163d-8694-739b-aea5-966c26f8ad91");
                    assertThat(
                                    any(
                                            reader,
                                            "SELECT 5 WHERE '" + uuid + "'::uuid = ANY(?)",
                                            List.of(uuid)))
                            .isTrue();
                    assertThat(
                                    any(
                                            reader,
                                            "SELECT 5 WHERE 'epoch'::timestamptz = ANY(?)",
                                            List.of(Instant.EPOCH)))
                            .isTrue();
                    byte[] hash = {1, 2};
                    assertThat(
                                    any(
                                            reader,
                                            "SELECT 5 WHERE '\\x0102'::bytea = ANY(?)",
                                            List.of(hash)))
                            .isTrue();
                    return true;
                });
    }

    @Test
    @DisplayName("a search is planned for its values each time, a key lookup only once")
    void searchesArePlannedAnew() throws Exception {
        try (TestStore single = onOneConnection()) {
            List<String> prepared =
                    single.database()
                            .read(
                                    1,
                                    reader -> {
                                        for (int i = 0; i < 12; i++) {
                                            reader.list(Sql.of("SELECT ? AS key", i), row -> i());
                                            reader.search(Sql.of("SELECT ? AS q", i), row -> i());
                                        }
                                        return reader.list(
                                                Sql.of(
                                                        "SELECT statement FROM"
                                                                + " pg_prepared_statements"),
                                                row -> row.text(1));
                                    });
            assertThat(prepared).contains("SELECT $1 AS key").doesNotContain("SELECT $1 AS q");
        }
    }

    private static int i() {
        return 1;
    }

    private TestStore onOneConnection() {
        return TestStore.with(store.facts(), 1);
    }

    private static boolean any(Reader reader, String text, List<?> values) {
        return reader.one(Sql.of(text, values), row -> row.number(1)).isPresent();
    }

    private static Sql thing(long org, String id, int size) {
        return Sql.of("INSERT INTO thing VALUES (?, ?, ?)", org, id, size);
    }

    private static Sql idsOf(long org) {
        return Sql.of("SELECT id FROM thing WHERE org_id = ? ORDER BY id", org);
    }

    private List<String> ids(long org) {
        return database.read(org, reader -> reader.list(idsOf(org), row -> row.text("id")));
    }

    private List<String> events(long org) {
        return database.read(
                org,
                reader ->
                        reader.list(
                                Sql.of("SELECT event_type FROM system_log WHERE org_id = ?", org),
                                row -> row.text(1)));
    }

    static LogEntry entry(String type) {
        return new TestEntry(type);
    }
}
