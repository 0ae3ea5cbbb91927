package dev.ostiary.server.systemlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.LogPartitions;
import dev.ostiary.platform.store.SchemaOwner;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
class LogRetentionTest {

    private final LogGround log;
    private final Org acme;

    LogRetentionTest(DatabaseAccess access) {
        log = new LogGround(access);
        acme = log.ground.acme;
    }

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    @DisplayName("given a log that grows for a year, then it holds what is retained, and no more")
    void year() {
        LogRetention retention =
                new LogRetention(
                        new LogPartitions(new SchemaOwner(log.ground.facts), log.ground.clock),
                        log.ground.clock);
        for (int week = 0; week < 52; week++) {
            log.write(acme, "user.session.start", "week" + week);
            retention.maintainIfDue();
            log.ground.clock.move(Duration.ofDays(7));
        }

        assertThat(rows("system_log")).isBetween(13L, 18L);
        assertThat(rows("system_log_default")).isZero();
        assertThat(
                        log.all(
                                        acme,
                                        "since="
                                                + log.ground
                                                        .clock
                                                        .instant()
                                                        .minus(Duration.ofDays(95)))
                                .size())
                .isEqualTo(12);
    }

    @Test
    @DisplayName("given a day's work that is done, then it waits for the next day")
    void daily() {
        LogRetention retention =
                new LogRetention(
                        new LogPartitions(new SchemaOwner(log.ground.facts), log.ground.clock),
                        log.ground.clock);

        assertThat(retention.maintainIfDue()).isTrue();
        log.ground.clock.move(Duration.ofHours(23));
        assertThat(retention.maintainIfDue()).isFalse();
        log.ground.clock.move(Duration.ofHours(2));
        assertThat(retention.maintainIfDue()).isTrue();
    }

    private long rows(String table) {
        String count =
                table.equals("system_log")
                        ? "SELECT count(*) FROM system_log"
                        : "SELECT count(*) FROM system_log_default";
        return log.ground
                .database
                .read(acme.number(), reader -> reader.one(Sql.of(count), row -> row.number(1)))
                .orElseThrow();
    }
}
