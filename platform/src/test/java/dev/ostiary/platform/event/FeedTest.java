package dev.ostiary.platform.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.TestStore;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class FeedTest {

    private static final int WRITERS = 16;
    private static final int TRANSACTIONS = 60;

    private final EventCatalogue catalogue = EventCatalogue.load();
    private final TestStore store;
    private final Database database;
    private final Feed feed;
    private final AtomicInteger undoneCount = new AtomicInteger();

    FeedTest(DatabaseAccess access) {
        store = TestStore.on(access);
        database = store.database();
        feed = new Feed(database);
    }

    @AfterAll
    void close() {
        store.close();
    }

    @Test
    @DisplayName(
            "P37 two followers see every event exactly once while 16 writers commit out of order")
    void everyEventExactlyOnce() throws Exception {
        long org = 1;
        AtomicInteger writing = new AtomicInteger(WRITERS);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Set<String>>> writers = new ArrayList<>();
            for (int w = 0; w < WRITERS; w++) {
                int writer = w;
                writers.add(threads.submit(() -> writeMany(org, writer, writing)));
            }
            Future<List<LoggedEvent>> one = threads.submit(() -> follow(org, writing, 7));
            Future<List<LoggedEvent>> two = threads.submit(() -> follow(org, writing, 100));
            Set<String> written = new HashSet<>();
            for (Future<Set<String>> writer : writers) {
                written.addAll(writer.get());
            }
            assertThat(names(one.get())).doesNotHaveDuplicates().hasSameElementsAs(written);
            assertThat(undoneCount.get()).isPositive();
            assertThat(two.get()).isEqualTo(one.get());
            assertThat(one.get().stream().map(LoggedEvent::seq).toList())
                    .isSorted()
                    .doesNotHaveDuplicates();
        }
    }

    /** Every second transaction is open for a while, and some are undone. */
    private Set<String> writeMany(long org, int writer, AtomicInteger writing) {
        Random random = new Random(writer);
        Set<String> names = new HashSet<>();
        for (int i = 0; i < TRANSACTIONS; i++) {
            int events = 1 + random.nextInt(3);
            boolean slow = random.nextBoolean();
            boolean undone = random.nextInt(10) == 0;
            String name = writer + "-" + i + "-";
            try {
                database.write(
                        org,
                        tx -> {
                            if (slow) {
                                // flushes an event early, so that it waits for its commit
                                tx.run(rawEvent(org, name + "early"));
                                tx.list(Sql.of("SELECT pg_sleep(0.003)"), row -> true);
                            }
                            for (int e = 0; e < events; e++) {
                                tx.emit(event(name + e));
                            }
                            if (undone) {
                                throw new Undone();
                            }
                            return true;
                        });
                for (int e = 0; e < events; e++) {
                    names.add(name + e);
                }
                if (slow) {
                    names.add(name + "early");
                }
            } catch (Undone expected) {
                undoneCount.incrementAndGet();
            }
        }
        writing.decrementAndGet();
        return names;
    }

    private List<LoggedEvent> follow(long org, AtomicInteger writing, int limit) {
        List<LoggedEvent> seen = new ArrayList<>();
        long position = Feed.START;
        while (true) {
            boolean lastRound = writing.get() == 0;
            FeedPage page = feed.after(org, position, limit);
            seen.addAll(page.events());
            position = page.position();
            if (lastRound && !page.full()) {
                return seen;
            }
        }
    }

    @Test
    @DisplayName("P29 whoever has written an event finds it at the end of the log at once")
    void ownEventAtOnce() throws Exception {
        long org = 2;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int w = 0; w < WRITERS; w++) {
                int writer = w;
                all.add(
                        threads.submit(
                                () -> {
                                    for (int i = 0; i < 20; i++) {
                                        long before = feed.last(org);
                                        String name = writer + "-" + i;
                                        emit(org, name);
                                        assertThat(names(feed.after(org, before, 1000).events()))
                                                .contains(name);
                                    }
                                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
    }

    @Test
    @DisplayName(
            "an event that commits late comes after what was seen before, whatever its time says")
    void lateCommit() throws Exception {
        long org = 3;
        CountDownLatch written = new CountDownLatch(1);
        CountDownLatch mayCommit = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> late =
                    threads.submit(
                            () ->
                                    database.write(
                                            org,
                                            tx -> {
                                                tx.run(rawEvent(org, "late"));
                                                written.countDown();
                                                return awaited(mayCommit);
                                            }));
            assertThat(written.await(30, TimeUnit.SECONDS)).isTrue();
            emit(org, "early");
            FeedPage first = feed.after(org, Feed.START, 10);
            assertThat(names(first.events())).containsExactly("early");
            mayCommit.countDown();
            late.get();
            FeedPage second = feed.after(org, first.position(), 10);
            assertThat(names(second.events())).containsExactly("late");
            assertThat(second.events().getFirst().recordedAt())
                    .isBefore(first.events().getFirst().recordedAt());
        }
    }

    @Test
    @DisplayName("the events of one transaction keep the order in which they were emitted")
    void orderInTransaction() {
        long org = 4;
        database.write(
                org,
                tx -> {
                    for (int i = 0; i < 30; i++) {
                        tx.emit(event("e%02d".formatted(i)));
                    }
                    return true;
                });
        List<String> names = names(feed.after(org, Feed.START, 100).events());
        assertThat(names).hasSize(30).isSorted();
    }

    @Test
    @DisplayName("pages follow one another, and an idle follower stays where it is")
    void pages() {
        long org = 5;
        for (int i = 0; i < 5; i++) {
            emit(org, "e" + i);
        }
        FeedPage first = feed.after(org, Feed.START, 3);
        assertThat(names(first.events())).containsExactly("e0", "e1", "e2");
        assertThat(first.full()).isTrue();
        FeedPage second = feed.after(org, first.position(), 3);
        assertThat(names(second.events())).containsExactly("e3", "e4");
        assertThat(second.full()).isFalse();
        assertThat(feed.after(org, second.position(), 3))
                .isEqualTo(new FeedPage(List.of(), second.position(), false));
        assertThat(feed.after(org, first.position(), 0).position()).isEqualTo(first.position());
        assertThat(feed.last(org)).isEqualTo(second.position());
        assertThat(feed.last(999)).isEqualTo(Feed.START);
    }

    @Test
    @DisplayName("a condition leaves events out, and the position passes them all the same")
    void conditions() {
        long org = 6;
        for (int i = 0; i < 6; i++) {
            emit(org, "e" + i);
        }
        Sql odd = Sql.of("body #>> '{target,0,id}' = ANY(?)", List.of("e1", "e3", "e5"));
        FeedPage page = feed.after(org, Feed.START, 2, odd);
        assertThat(names(page.events())).containsExactly("e1", "e3");
        FeedPage rest = feed.after(org, page.position(), 2, odd);
        assertThat(names(rest.events())).containsExactly("e5");
        FeedPage none = feed.after(org, Feed.START, 2, Sql.of("event_type = ?", "none"));
        assertThat(none.events()).isEmpty();
        assertThat(none.position()).isEqualTo(feed.last(org));
    }

    @Test
    @DisplayName("a follower may begin at a time")
    void since() {
        long org = 7;
        emit(org, "old");
        Instant between = Instant.now();
        emit(org, "new");
        long position = feed.since(org, between);
        assertThat(names(feed.after(org, position, 10).events())).containsExactly("new");
        assertThat(feed.since(org, Instant.EPOCH)).isEqualTo(Feed.START);
        assertThat(feed.since(org, Instant.now().plusSeconds(60))).isEqualTo(feed.last(org));
    }

    @Test
    @DisplayName("P40 an org's feed holds nothing of another org")
    void orgs() {
        emit(8, "mine");
        emit(9, "yours");
        assertThat(names(feed.after(8, Feed.START, 10).events())).containsExactly("mine");
        assertThat(names(feed.after(9, Feed.START, 10).events())).containsExactly("yours");
    }

    @Test
    @DisplayName("reading an idle log writes nothing")
    void idle() {
        emit(10, "one");
        feed.after(10, Feed.START, 10);
        String before = rowVersion();
        for (int i = 0; i < 5; i++) {
            feed.after(10, Feed.START, 10);
            feed.last(10);
        }
        assertThat(rowVersion()).isEqualTo(before);
    }

    private String rowVersion() {
        return database.read(
                10,
                reader ->
                        reader.one(
                                        Sql.of(
                                                "SELECT xmin::text || ctid::text FROM log_numbering"
                                                        + " WHERE org_id = 10"),
                                        row -> row.text(1))
                                .orElseThrow());
    }

    private void emit(long org, String name) {
        database.write(
                org,
                tx -> {
                    tx.emit(event(name));
                    return true;
                });
    }

    private Event event(String name) {
        return catalogue.event("user.lifecycle.create").target(name, "User", null, null);
    }

    private static Sql rawEvent(long org, String name) {
        return Sql.of(
                "INSERT INTO system_log (org_id, uuid, published, recorded_at, ordinal, event_type,"
                        + " body) VALUES (?, gen_random_uuid(), ?, ?, 0, 'user.lifecycle.create',"
                        + " jsonb_build_object('target', jsonb_build_array("
                        + " jsonb_build_object('id', ?::text))))",
                org,
                Instant.now(),
                Instant.now(),
                name);
    }

    private static List<String> names(List<LoggedEvent> events) {
        return events.stream()
                .map(
                        event ->
                                event.body()
                                        .replaceAll(
                                                "(?s).*\"target\": \\[\\{\"id\": \"([^\"]*)\".*",
                                                "$1"))
                .toList();
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            return latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Undone extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
