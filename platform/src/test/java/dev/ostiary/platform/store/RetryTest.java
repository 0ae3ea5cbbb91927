package dev.ostiary.platform.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What happens when a transaction is torn down from outside. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RetryTest {

    private final TestStore store;
    private final Database database;

    RetryTest(DatabaseAccess access) {
        store = TestStore.on(access);
        database = store.database();
    }

    @BeforeAll
    void table() {
        store.asOwner("CREATE TABLE counter (org_id bigint, id text, n int)");
        database.write(
                1,
                tx -> {
                    tx.write(Sql.of("INSERT INTO counter VALUES (1, 'a', 0), (1, 'b', 0)"));
                    return true;
                });
    }

    @AfterAll
    void close() {
        store.close();
    }

    @Test
    @DisplayName("P39 transactions that deadlock both succeed, each exactly once")
    void deadlock() throws Exception {
        CyclicBarrier bothHoldOne = new CyclicBarrier(2);
        AtomicInteger runs = new AtomicInteger();
        AtomicInteger followUps = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> both =
                    List.of(
                            threads.submit(() -> lockBoth("a", "b", bothHoldOne, runs, followUps)),
                            threads.submit(() -> lockBoth("b", "a", bothHoldOne, runs, followUps)));
            for (Future<Integer> one : both) {
                one.get();
            }
        }
        assertThat(runs.get()).isGreaterThan(2);
        assertThat(followUps.get()).isEqualTo(2);
        assertThat(sum()).isEqualTo(4);
        assertThat(events("test.locked")).isEqualTo(2);
    }

    private int lockBoth(
            String first,
            String second,
            CyclicBarrier bothHoldOne,
            AtomicInteger runs,
            AtomicInteger followUps) {
        return database.write(
                1,
                tx -> {
                    tx.afterCommit(followUps::incrementAndGet);
                    tx.emit(new TestEntry("test.locked"));
                    tx.run(increment(first));
                    if (runs.incrementAndGet() <= 2) {
                        await(bothHoldOne);
                    }
                    return tx.run(increment(second));
                });
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @DisplayName("a connection that is lost before the commit costs a repetition, not an answer")
    void lostBeforeCommit() {
        AtomicInteger runs = new AtomicInteger();
        int pid =
                database.write(
                        2,
                        tx -> {
                            tx.run(
                                    Sql.of(
                                            "INSERT INTO counter VALUES (2, ?, 1)",
                                            "run" + runs.incrementAndGet()));
                            int own =
                                    tx.one(
                                                    Sql.of("SELECT pg_backend_pid()"),
                                                    row -> (int) row.number(1))
                                            .orElseThrow();
                            if (runs.get() == 1) {
                                terminate(own);
                            }
                            tx.emit(new TestEntry("test.once"));
                            tx.run(increment("nobody"));
                            return own;
                        });
        assertThat(pid).isPositive();
        assertThat(runs.get()).isEqualTo(2);
        assertThat(texts(2, "SELECT id FROM counter WHERE org_id = 2")).containsExactly("run2");
        assertThat(texts(2, "SELECT event_type FROM system_log WHERE org_id = 2"))
                .containsExactly("test.once");
    }

    @Test
    @DisplayName("reads go on after every connection was lost, as after a restart")
    void readsGoOn() throws SQLException {
        for (int i = 0; i < 3; i++) {
            assertThat(texts(1, "SELECT id FROM counter WHERE org_id = 1 ORDER BY id"))
                    .containsExactly("a", "b");
            terminateAll();
        }
    }

    @Test
    @DisplayName(
            "P37 a connection that is lost during the commit is an unknown outcome, not a repetition")
    void lostDuringCommit() throws Exception {
        store.asOwner(
                "CREATE TABLE slow (id int)",
                // holds up the commit until the lock is free, and then does nothing
                "CREATE FUNCTION hold_up() RETURNS trigger LANGUAGE plpgsql AS"
                        + " $$ BEGIN PERFORM pg_advisory_xact_lock(77); RETURN NULL; END $$",
                "CREATE CONSTRAINT TRIGGER hold_up AFTER INSERT ON slow"
                        + " DEFERRABLE INITIALLY DEFERRED"
                        + " FOR EACH ROW EXECUTE FUNCTION hold_up()");
        AtomicInteger runs = new AtomicInteger();
        CountDownLatch reached = new CountDownLatch(1);
        AtomicInteger pid = new AtomicInteger();
        try (Connection holder = store.rawConnection();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            SchemaOwner.execute(holder, "SELECT pg_advisory_lock(77)");
            Future<?> writer =
                    threads.submit(
                            () ->
                                    database.write(
                                            3,
                                            tx -> {
                                                runs.incrementAndGet();
                                                tx.run(Sql.of("INSERT INTO slow VALUES (1)"));
                                                pid.set(ownPid(tx));
                                                reached.countDown();
                                                return true;
                                            }));
            assertThat(reached.await(30, TimeUnit.SECONDS)).isTrue();
            awaitLockWait(pid.get());
            terminate(pid.get());
            assertThatThrownBy(writer::get).hasCauseInstanceOf(OutcomeUnknown.class);
        }
        assertThat(runs.get()).isOne();
    }

    @Test
    @DisplayName("a database that is not there is said clearly, without its password")
    void unreachable() {
        ConnectionFacts nowhere =
                new ConnectionFacts("jdbc:postgresql://127.0.0.1:1/x", "u", "pass!", "u", "pass!");
        assertThatThrownBy(
                        () ->
                                new Migrations(
                                                nowhere,
                                                getClass().getClassLoader(),
                                                java.time.InstantSource.system())
                                        .run())
                .isInstanceOf(DatabaseUnavailable.class);
        assertThat(nowhere.toString()).doesNotContain("pass!");
    }

    private static int ownPid(Tx tx) {
        return tx.one(Sql.of("SELECT pg_backend_pid()"), row -> (int) row.number(1)).orElseThrow();
    }

    private static Sql increment(String id) {
        return Sql.of("UPDATE counter SET n = n + 1 WHERE org_id = 1 AND id = ?", id);
    }

    private long sum() {
        return database.read(
                1,
                reader ->
                        reader.one(
                                        Sql.of("SELECT sum(n) FROM counter WHERE org_id = 1"),
                                        row -> row.number(1))
                                .orElseThrow());
    }

    private int events(String type) {
        return texts(1, "SELECT uuid FROM system_log WHERE event_type = '" + type + "'").size();
    }

    private List<String> texts(long org, String query) {
        return database.read(org, reader -> reader.list(Sql.of(query), row -> row.text(1)));
    }

    private void terminate(int pid) {
        try (Connection raw = store.rawConnection()) {
            SchemaOwner.execute(raw, "SELECT pg_terminate_backend(" + pid + ", 10000)");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void terminateAll() throws SQLException {
        try (Connection raw = store.rawConnection()) {
            SchemaOwner.execute(
                    raw,
                    "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
                            + " WHERE usename = current_user AND datname = current_database()"
                            + " AND pid <> pg_backend_pid()");
        }
    }

    /** Until the backend waits for the advisory lock, which is in the middle of its commit. */
    private void awaitLockWait(int pid) throws SQLException {
        try (Connection raw = store.rawConnection()) {
            boolean waits = false;
            while (!waits) {
                waits =
                        !Statements.query(
                                        raw,
                                        Sql.of(
                                                "SELECT 1 FROM pg_locks WHERE pid = ?"
                                                        + " AND locktype = 'advisory'"
                                                        + " AND NOT granted",
                                                pid),
                                        row -> row.number(1),
                                        false)
                                .isEmpty();
                Thread.onSpinWait();
            }
        }
    }
}
