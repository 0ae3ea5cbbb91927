package dev.ostiary.server.systemlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.query.PageRequest;
import dev.ostiary.platform.store.SchemaOwner;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Holds the indexes to their use, from behind the wall, for the queries that clients ask. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LogIndexTest {

    private final LogGround log;

    LogIndexTest(DatabaseAccess access) {
        log = new LogGround(access);
    }

    @BeforeAll
    void manyEvents() {
        Instant now = log.ground.clock.instant();
        log.ground.database.acrossOrgs(
                tx ->
                        tx.run(
                                Sql.of(
                                        """
                                        INSERT INTO system_log (org_id, uuid, published,
                                            recorded_at, ordinal, seq, event_type, actor_id, body,
                                            target_id, second_target_id, more_targets)
                                        SELECT n % 3 + 1, gen_random_uuid(),
                                            ?::timestamptz - n * interval '10 seconds', ?, 0, 40000 - n,
                                            'type' || n % 200, 'actor' || n % 1000,
                                            jsonb_build_object('outcome', 'x', 'target',
                                                jsonb_build_array(
                                                    jsonb_build_object('id', 'user' || n % 5000),
                                                    jsonb_build_object('id', 'app' || n % 4000))
                                                || CASE WHEN n % 500 = 0 THEN jsonb_build_array(
                                                    jsonb_build_object('id', 'more' || n)) ELSE '[]' END),
                                            'user' || n % 5000, 'app' || n % 4000, n % 500 = 0
                                        FROM generate_series(1, 40000) AS n""",
                                        now, now)));
        new SchemaOwner(log.ground.facts)
                .connected(
                        connection -> {
                            try (Statement statement = connection.createStatement()) {
                                statement.execute("ANALYZE system_log");
                            }
                        });
    }

    @AfterAll
    void close() {
        log.close();
    }

    @Test
    @DisplayName("given the common filters, then each is served by its index")
    void common() {
        assertThat(plan("eventType eq \"type7\"")).contains("event_type");
        assertThat(plan("actor.id eq \"actor7\"")).contains("actor_id");
        assertThat(plan("target.id eq \"app7\""))
                .contains("BitmapOr", "second_target_id", "target_id")
                .doesNotContain("Seq Scan on system_log_y2026m03");
        assertThat(plan("target.id eq \"user7\" and target.id eq \"app7\""))
                .doesNotContain("Seq Scan on system_log_y2026m03");
    }

    @Test
    @DisplayName("given no filter, then a page is read off the index of time")
    void time() {
        assertThat(plan("severity pr or not (severity pr)"))
                .contains("Index Scan")
                .doesNotContain("Seq Scan on system_log_y2026m03");
    }

    @Test
    @DisplayName("given an event with three targets, then each of them finds it")
    void third() {
        assertThat(found("user1500")).isEqualTo(3);
        assertThat(found("app1500")).isEqualTo(4);
        assertThat(found("more1500")).isEqualTo(1);
        assertThat(found("more1000")).as("another org's").isZero();
    }

    private int found(String target) {
        String filter = LogGround.encoded("target.id eq \"" + target + "\"");
        return log.all(log.ground.acme, "sortOrder=DESCENDING&filter=" + filter).size();
    }

    private String plan(String filter) {
        LogQuery query =
                LogQuery.of(
                        Map.of("filter", List.of(filter), "limit", List.of("20")),
                        log.ground.clock.instant(),
                        false);
        PageRequest page = query.page();
        Sql sql =
                SystemLogStore.select(
                        1,
                        log.ground.clock.instant().minus(Duration.ofDays(7)),
                        query,
                        Sql.nothing(),
                        SystemLogStore.byTime(query.direction()).order(),
                        page.limit() + 1);
        List<String> plan =
                log.ground.database.read(
                        1,
                        reader -> reader.search(Sql.of("EXPLAIN").then(sql), row -> row.text(1)));
        return String.join("\n", plan);
    }
}
