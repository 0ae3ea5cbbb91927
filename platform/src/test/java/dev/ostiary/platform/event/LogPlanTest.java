package dev.ostiary.platform.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.TestStore;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Holds each index of the log to its use, from behind the wall. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LogPlanTest {

    private static final long ORG = 2;

    private final DateTimeFormatter month = DateTimeFormatter.ofPattern("yyyy'm'MM", Locale.ROOT);
    private final TestStore store;
    private final Instant now = Instant.now();

    LogPlanTest(DatabaseAccess access) {
        store = TestStore.on(access);
    }

    @BeforeAll
    void threeOrgsWithManyEvents() {
        store.database()
                .acrossOrgs(
                        tx ->
                                tx.run(
                                        Sql.of(
                                                """
                                                INSERT INTO system_log (org_id, uuid, published,
                                                    recorded_at, ordinal, seq, event_type, actor_id, body)
                                                SELECT n % 3 + 1, gen_random_uuid(),
                                                    ?::timestamptz - n * interval '1 minute', ?, 0,
                                                    CASE WHEN n > 300 THEN 30000 - n END,
                                                    'type' || n % 100, 'actor' || n % 500, '{}'
                                                FROM generate_series(1, 30000) AS n""",
                                                now, now)));
        store.asOwner("ANALYZE system_log");
    }

    @AfterAll
    void close() {
        store.close();
    }

    @Test
    @DisplayName("a follower reads by seq, and learns by an index that nothing waits for a number")
    void following() {
        assertUses(
                Feed.statement(ORG, 29_000, 100, Sql.nothing()),
                "org_id_seq_idx",
                "org_id_recorded_at_ordinal_uuid_idx");
    }

    @Test
    @DisplayName("numbering finds what waits by its index, and the rows by their key")
    void numbering() {
        assertUses(Feed.numbering(ORG, 30_000), "org_id_recorded_at_ordinal_uuid_idx", "pkey");
    }

    @Test
    @DisplayName("beginning at a time reads the index of times alone")
    void since() {
        assertUses(
                Feed.firstSince(ORG, now.minus(Duration.ofHours(10))),
                "org_id_published_uuid_seq_idx");
    }

    @Test
    @DisplayName("a range of time, a type and an actor are found by their indexes")
    void searching() {
        String range = "SELECT body FROM system_log WHERE org_id = ? AND published >= ?";
        Instant from = now.minus(Duration.ofHours(5));
        assertUses(
                Sql.of(range + " ORDER BY published, uuid LIMIT 100", ORG, from),
                "org_id_published_uuid_seq_idx");
        Instant longAgo = now.minus(Duration.ofDays(30));
        assertUses(
                Sql.of(range + " AND event_type = ?", ORG, longAgo, "type7"),
                "org_id_event_type_published_idx");
        assertUses(
                Sql.of(range + " AND actor_id = ?", ORG, longAgo, "actor7"),
                "org_id_actor_id_published_idx");
    }

    private void assertUses(Sql statement, String... indexes) {
        String filled = "system_log_y" + month.format(now.atOffset(ZoneOffset.UTC));
        String plan =
                store.database()
                        .write(
                                ORG,
                                tx ->
                                        String.join(
                                                "\n",
                                                tx.search(
                                                        Sql.of("EXPLAIN (COSTS OFF)")
                                                                .then(statement),
                                                        row -> row.text(1))));
        assertThat(plan).contains(indexes).doesNotContain("Seq Scan on " + filled);
    }
}
