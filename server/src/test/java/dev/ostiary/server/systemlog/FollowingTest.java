package dev.ostiary.server.systemlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.server.systemlog.LogGround.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
class FollowingTest {

    private static final String CREATED = "user.lifecycle.create";
    private static final String DELETED = "user.lifecycle.delete.completed";

    private final LogGround log;
    private final Org acme;

    FollowingTest(DatabaseAccess access) {
        log = new LogGround(access);
        acme = log.ground.acme;
    }

    @BeforeEach
    void forget() {
        log.ground.database.acrossOrgs(
                tx ->
                        tx.run(Sql.of("DELETE FROM system_log"))
                                + tx.run(Sql.of("DELETE FROM log_numbering")));
    }

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    @DisplayName(
            "P25 P37 given 16 writers, some of which give up, when one follows, then each event of a"
                    + " commit comes exactly once and no other, each writer's in its order")
    void exactlyOnce() throws Exception {
        int writers = 16;
        int changes = 60;
        CountDownLatch done = new CountDownLatch(writers);
        List<String> seen = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int w = 0; w < writers; w++) {
                int writer = w;
                all.add(
                        threads.submit(
                                () -> {
                                    try {
                                        write(writer, changes);
                                    } finally {
                                        done.countDown();
                                    }
                                }));
            }
            Answer page = log.ask(acme, "limit=37");
            boolean last = false;
            while (true) {
                seen.addAll(page.targets());
                if (page.events().isEmpty() && last) {
                    break;
                }
                last = done.getCount() == 0;
                page = log.follow(acme, page.next().orElseThrow());
            }
            for (Future<?> writer : all) {
                writer.get();
            }
        }

        List<String> written = new ArrayList<>();
        for (int w = 0; w < writers; w++) {
            for (int n = 0; n < changes; n++) {
                if (n % 7 != 6) {
                    written.add(w + "/" + n + "/a");
                    written.add(w + "/" + n + "/b");
                }
            }
        }
        assertThat(seen).containsExactlyInAnyOrderElementsOf(written);
        assertThat(byWriter(seen)).isEqualTo(byWriter(written));
    }

    /** Every seventh change is rolled back; some take two round trips, so that commits overlap. */
    private void write(int writer, int changes) {
        for (int n = 0; n < changes; n++) {
            String name = writer + "/" + n;
            boolean givesUp = n % 7 == 6;
            boolean takesLong = n % 3 == 0;
            try {
                log.ground.database.write(
                        acme.number(),
                        tx -> {
                            tx.emit(
                                    log.events
                                            .event(CREATED)
                                            .target(name + "/a", "User", null, null));
                            tx.emit(
                                    log.events
                                            .event(DELETED)
                                            .target(name + "/b", "User", null, null));
                            if (takesLong || givesUp) {
                                tx.list(Sql.of("SELECT 1"), row -> row.number(1));
                            }
                            if (givesUp) {
                                throw new GivingUp();
                            }
                            return true;
                        });
            } catch (GivingUp expected) {
                assertThat(givesUp).isTrue();
            }
        }
    }

    private static final class GivingUp extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static Map<String, List<String>> byWriter(List<String> names) {
        Map<String, List<String>> byWriter = new HashMap<>();
        names.forEach(
                name ->
                        byWriter.computeIfAbsent(
                                        name.substring(0, name.indexOf('/')),
                                        w -> new ArrayList<>())
                                .add(name));
        return byWriter;
    }

    @Test
    @DisplayName(
            "P38 given a change that was just answered, when one asks, then its event is there")
    void ownEvent() {
        Answer page = log.ask(acme, "");
        for (int n = 0; n < 20; n++) {
            log.write(acme, CREATED, "00u" + n);
            page = log.follow(acme, page.next().orElseThrow());
            assertThat(page.targets()).containsExactly("00u" + n);
            assertThat(log.ask(acme, "sortOrder=DESCENDING&limit=1").targets())
                    .containsExactly("00u" + n);
        }
    }

    @Test
    @DisplayName("P25 given an empty log, when one polls, then there is a next page, and again")
    void alwaysNext() {
        Answer first = log.ask(acme, "until=&sortOrder=ASCENDING");
        Answer second = log.follow(acme, first.next().orElseThrow());

        assertThat(first.events()).isEmpty();
        assertThat(second.next()).isPresent();
        assertThat(first.self())
                .isEqualTo("https://acme.test/api/v1/logs?until=&sortOrder=ASCENDING");
        log.write(acme, CREATED, "00u1");
        assertThat(log.follow(acme, second.next().get()).targets()).containsExactly("00u1");
    }

    @Test
    @DisplayName("given limit=0, when one polls, then nothing is passed by")
    void limitZero() {
        log.write(acme, CREATED, "00u1");

        Answer none = log.ask(acme, "limit=0");

        assertThat(none.events()).isEmpty();
        assertThat(
                        log.ask(acme, none.next().orElseThrow().replaceAll(".*\\?|limit=0&?", ""))
                                .targets())
                .containsExactly("00u1");
    }

    @Test
    @DisplayName("P24 given a filter, when one follows, then its matches come once, in order")
    void filtered() {
        for (int n = 0; n < 25; n++) {
            log.write(acme, n % 2 == 0 ? CREATED : DELETED, "00u" + n);
        }

        String filter = "limit=4&filter=" + LogGround.encoded("eventType eq \"" + DELETED + "\"");
        List<String> targets = log.all(acme, filter).stream().map(Answer::target).toList();

        assertThat(targets).hasSize(12).startsWith("00u1", "00u3").endsWith("00u23");
        Answer rest = log.ask(acme, filter.replace("limit=4", "limit=1000"));
        log.write(acme, CREATED, "unwanted");
        log.write(acme, DELETED, "wanted");
        assertThat(log.follow(acme, rest.next().orElseThrow()).targets()).containsExactly("wanted");
    }

    @Test
    @DisplayName("given since, when one polls, then time counts as events were persisted")
    void since() {
        log.write(acme, CREATED, "old");
        log.ground.clock.move(Duration.ofHours(1));
        String since = "since=" + LogGround.encoded(log.ground.clock.instant().toString());
        log.write(acme, CREATED, "new1");
        log.write(acme, CREATED, "new2");

        Answer first = log.ask(acme, since + "&limit=1");
        Answer second = log.follow(acme, first.next().orElseThrow());

        assertThat(first.targets()).containsExactly("new1");
        assertThat(second.targets()).containsExactly("new2");
        assertThat(first.next().get()).contains("since=");
        log.ground.clock.move(Duration.ofHours(-1));
    }

    @Test
    @DisplayName("P40 given another org's place in its log, then it is just a place in one's own")
    void otherOrg() {
        log.write(acme, CREATED, "ours");
        log.write(log.ground.other, CREATED, "theirs");

        assertThat(log.all(log.ground.other, "").stream().map(Answer::target))
                .containsExactly("theirs");
        assertThat(log.all(acme, "sortOrder=DESCENDING").stream().map(Answer::target))
                .containsExactly("ours");
    }

    @Test
    @DisplayName("P24 given a cursor that nobody gave out, then the answer is a clean 400")
    void badCursor() {
        for (String cursor : List.of("x", "bG9nIC0x", "bG9nIDk5OTk5OTk5OTk5OTk5OTk5OTk5")) {
            assertThatThrownBy(() -> log.ask(acme, "after=" + cursor))
                    .isInstanceOfSatisfying(
                            ApiException.class,
                            e -> {
                                assertThat(e.code()).isEqualTo("E0000029");
                                assertThat(e.causes()).containsExactly("Invalid cursor.");
                            });
        }
    }
}
