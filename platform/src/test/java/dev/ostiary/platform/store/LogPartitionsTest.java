package dev.ostiary.platform.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Far from today, so that the partitions of today do not matter. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LogPartitionsTest {

    private final TestStore store;

    LogPartitionsTest(DatabaseAccess access) {
        store = TestStore.on(access, 2);
    }

    @AfterAll
    void close() {
        store.close();
    }

    @Test
    @DisplayName(
            "partitions are made ahead, take over what came before them, and go when all is old")
    void lifecycle() {
        event("2091-03-31T23:59:59.999Z");
        event("2091-04-01T00:00:00Z");
        assertThat(partitions()).containsExactly("system_log_default", "system_log_default");

        maintainAt("2091-03-15T00:00:00Z");
        maintainAt("2091-03-16T00:00:00Z");
        assertThat(partitions()).containsExactly("system_log_y2091m03", "system_log_y2091m04");

        event("2091-05-31T12:00:00Z");
        assertThat(partitions()).contains("system_log_y2091m05");

        maintainAt("2091-06-29T00:00:00Z"); // the last of March is exactly 90 days old
        assertThat(partitions()).hasSize(3);

        maintainAt("2091-07-01T00:00:00Z");
        assertThat(partitions()).containsExactly("system_log_y2091m04", "system_log_y2091m05");
    }

    private void maintainAt(String time) {
        new LogPartitions(new SchemaOwner(store.facts()), InstantSource.fixed(Instant.parse(time)))
                .maintain();
    }

    private void event(String recordedAt) {
        Instant at = Instant.parse(recordedAt);
        Sql insert =
                Sql.of(
                        "INSERT INTO system_log (org_id, uuid, published, recorded_at, ordinal,"
                                + " event_type, body) VALUES (1, ?, ?, ?, 0, 'test', '{}')",
                        new UUID(0x7000L, at.toEpochMilli()),
                        at,
                        at);
        store.database().write(1, tx -> tx.run(insert));
    }

    private List<String> partitions() {
        return store.database()
                .read(
                        1,
                        reader ->
                                reader.list(
                                        Sql.of(
                                                "SELECT tableoid::regclass::text FROM system_log"
                                                        + " ORDER BY recorded_at"),
                                        row -> row.text(1)));
    }
}
