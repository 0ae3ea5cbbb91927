package dev.ostiary.platform.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BatchedLookupTest {

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Gated gated = new Gated();
    private final BatchedLookup<String, String> lookup = new BatchedLookup<>(gated);

    @AfterEach
    void close() {
        threads.shutdownNow();
        threads.close();
    }

    @Test
    @DisplayName("a lonely caller asks at once, for its own key")
    void lonely() throws Exception {
        Future<Optional<String>> one = ask("a");
        Query query = gated.next();
        assertThat(query.keys).containsExactly("a");
        query.answer(Map.of("a", "A"));
        assertThat(one.get()).contains("A");

        Future<Optional<String>> none = ask("b");
        gated.next().answer(Map.of());
        assertThat(none.get()).isEmpty();
    }

    @Test
    @DisplayName("who arrives during a query goes out together in the next one, duplicates once")
    void coalesces() throws Exception {
        Future<Optional<String>> first = ask("a");
        Query query = gated.next();
        List<Future<Optional<String>>> others = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            others.add(askAndWait("k" + i % 4));
        }
        query.answer(Map.of("a", "A"));
        assertThat(first.get()).contains("A");
        Query second = gated.next();
        assertThat(second.keys).containsExactlyInAnyOrder("k0", "k1", "k2", "k3");
        second.answer(Map.of("k0", "K", "k1", "K", "k2", "K", "k3", "K"));
        for (Future<Optional<String>> other : others) {
            assertThat(other.get()).contains("K");
        }
        assertThat(gated.count.get()).isEqualTo(2);
    }

    @Test
    @DisplayName("P20 a caller never gets what was read before it asked, not even for the same key")
    void fresh() throws Exception {
        Future<Optional<String>> early = ask("token");
        Query query = gated.next();
        Future<Optional<String>> late = askAndWait("token"); // revoked just before this question
        query.answer(Map.of("token", "valid"));
        assertThat(early.get()).contains("valid");
        gated.next().answer(Map.of());
        assertThat(late.get()).isEmpty();
    }

    @Test
    @DisplayName("orgs do not wait for one another and never share a query")
    void orgs() throws Exception {
        Future<Optional<String>> one = threads.submit(() -> lookup.get(1, "a"));
        Query first = gated.next();
        Future<Optional<String>> two = threads.submit(() -> lookup.get(2, "a"));
        Query second = gated.next();
        assertThat(List.of(first.org, second.org)).containsExactly(1L, 2L);
        second.answer(Map.of("a", "two"));
        assertThat(two.get()).contains("two");
        first.answer(Map.of("a", "one"));
        assertThat(one.get()).contains("one");
    }

    @Test
    @DisplayName("a failure reaches everybody in its query, and nobody else")
    void failures() throws Exception {
        Future<Optional<String>> first = ask("a");
        Query query = gated.next();
        Future<Optional<String>> second = askAndWait("b");
        Future<Optional<String>> third = askAndWait("c");
        query.fail(new IllegalStateException("down"));
        assertFails(first, IllegalStateException.class);
        Query next = gated.next();
        Future<Optional<String>> fourth = askAndWait("d");
        next.fail(new IllegalArgumentException("down again"));
        assertFails(second, IllegalArgumentException.class);
        assertFails(third, IllegalArgumentException.class);
        gated.next().answer(Map.of("d", "D"));
        assertThat(fourth.get()).contains("D");
    }

    @Test
    @DisplayName("who is interrupted while waiting leaves; the others get their answers")
    void interruptedWaiter() throws Exception {
        Future<Optional<String>> first = ask("a");
        Query query = gated.next();
        Future<Optional<String>> leaver = askAndWait("gone");
        Future<Optional<String>> stayer = askAndWait("b");
        leaver.cancel(true);
        gated.awaitWaiting(1);
        query.answer(Map.of());
        assertThat(first.get()).isEmpty();
        Query next = gated.next();
        assertThat(next.keys).containsExactly("b");
        next.answer(Map.of("b", "B"));
        assertThat(stayer.get()).contains("B");
    }

    @Test
    @DisplayName("a leader that is interrupted in its query fails alone: the others ask again")
    void interruptedLeader() throws Exception {
        Future<Optional<String>> first = ask("a");
        Query query = gated.next();
        Future<Optional<String>> leader = askAndWait("b");
        Future<Optional<String>> follower = askAndWait("c");
        query.answer(Map.of());
        assertThat(first.get()).isEmpty();
        Query interrupted = gated.next();
        assertThat(interrupted.keys).containsExactly("b", "c");
        leader.cancel(true);
        Query again = gated.next();
        assertThat(again.keys).containsExactly("c");
        again.answer(Map.of("c", "C"));
        assertThat(follower.get()).contains("C");
    }

    @Test
    @DisplayName("an interrupted thread that asks anyway gets its exception and blocks nobody")
    void interruptedBefore() throws Exception {
        Future<Boolean> interrupted =
                threads.submit(
                        () -> {
                            Thread.currentThread().interrupt();
                            assertThatThrownBy(() -> lookup.get(1, "a"))
                                    .isInstanceOf(IllegalStateException.class);
                            return Thread.interrupted();
                        });
        assertThat(interrupted.get()).isTrue();
        Future<Optional<String>> next = ask("a");
        gated.nextAnswered(Map.of("a", "A"));
        assertThat(next.get()).contains("A");
    }

    @Test
    @DisplayName("P20 under 64 threads nobody is forgotten and nobody reads the past")
    void manyThreads() throws Exception {
        Map<Integer, AtomicLong> truth = new ConcurrentHashMap<>();
        IntStream.range(0, 8).forEach(i -> truth.put(i, new AtomicLong()));
        AtomicInteger queries = new AtomicInteger();
        BatchedLookup<Integer, Long> fast =
                new BatchedLookup<>(
                        (org, keys) -> {
                            queries.incrementAndGet();
                            Map<Integer, Long> found = new HashMap<>();
                            keys.forEach(k -> found.put(k, truthOf(truth, k).get()));
                            Thread.onSpinWait();
                            return found;
                        });
        int rounds = 500;
        List<Future<?>> all = new ArrayList<>();
        CountDownLatch start = new CountDownLatch(1);
        for (int t = 0; t < 64; t++) {
            int key = t % 8;
            all.add(
                    threads.submit(
                            () -> {
                                start.await();
                                for (int i = 0; i < rounds; i++) {
                                    long atLeast = truthOf(truth, key).incrementAndGet();
                                    long seen = fast.get(1, key).orElseThrow();
                                    assertThat(seen).isGreaterThanOrEqualTo(atLeast);
                                }
                                return null;
                            }));
        }
        start.countDown();
        for (Future<?> one : all) {
            one.get();
        }
        assertThat(queries.get()).isLessThan(64 * rounds);
    }

    @Test
    @DisplayName("under interruptions from all sides whoever is not interrupted gets an answer")
    void interruptionStorm() throws Exception {
        BatchedLookup<Integer, Integer> fast =
                new BatchedLookup<>(
                        (org, keys) -> {
                            Map<Integer, Integer> found = new HashMap<>();
                            keys.forEach(k -> found.put(k, k));
                            Thread.onSpinWait();
                            return found;
                        });
        for (int round = 0; round < 50; round++) {
            List<Future<Optional<Integer>>> kept = new ArrayList<>();
            List<Future<Optional<Integer>>> cancelled = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                int key = i;
                (i % 2 == 0 ? kept : cancelled).add(threads.submit(() -> fast.get(1, key)));
            }
            cancelled.forEach(one -> one.cancel(true));
            for (Future<Optional<Integer>> one : kept) {
                assertThat(one.get()).isPresent();
            }
        }
    }

    private static AtomicLong truthOf(Map<Integer, AtomicLong> truth, Integer key) {
        AtomicLong found = truth.get(key);
        if (found == null) {
            throw new AssertionError(key);
        }
        return found;
    }

    private Future<Optional<String>> ask(String key) {
        return threads.submit(() -> lookup.get(1, key));
    }

    /** Asks, and returns when the asker certainly waits in the lane. */
    private Future<Optional<String>> askAndWait(String key) {
        int before = lookup.waiting(1);
        Future<Optional<String>> asked = ask(key);
        gated.awaitWaiting(before + 1);
        return asked;
    }

    private static void assertFails(Future<?> one, Class<? extends Exception> with) {
        assertThatThrownBy(one::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(with);
    }

    /** A loader whose queries end when the test says so. */
    private final class Gated implements BatchedLookup.Loader<String, String> {

        final AtomicInteger count = new AtomicInteger();
        private final BlockingQueue<Query> begun = new LinkedBlockingQueue<>();

        @Override
        public Map<String, String> load(long org, Set<String> keys) {
            count.incrementAndGet();
            Query query = new Query(org, keys);
            begun.add(query);
            return query.await();
        }

        Query next() throws InterruptedException {
            Query query = begun.poll(30, TimeUnit.SECONDS);
            if (query == null) {
                throw new AssertionError("no query began: a wake-up was lost");
            }
            return query;
        }

        /** Answers the first query whose asker still listens. */
        void nextAnswered(Map<String, String> values) throws InterruptedException {
            while (!next().tryAnswer(values)) {
                Thread.onSpinWait();
            }
        }

        void awaitWaiting(int many) {
            while (lookup.waiting(1) != many) {
                Thread.onSpinWait();
            }
        }
    }

    private static final class Query {

        final long org;
        final Set<String> keys;
        private final SynchronousQueue<Object> end = new SynchronousQueue<>();

        Query(long org, Set<String> keys) {
            this.org = org;
            this.keys = keys;
        }

        void answer(Map<String, String> values) throws InterruptedException {
            end.put(values);
        }

        boolean tryAnswer(Map<String, String> values) throws InterruptedException {
            return end.offer(values, 1, TimeUnit.SECONDS);
        }

        void fail(RuntimeException e) throws InterruptedException {
            end.put(e);
        }

        @SuppressWarnings("unchecked")
        Map<String, String> await() {
            try {
                Object outcome = end.take();
                if (outcome instanceof RuntimeException e) {
                    throw e;
                }
                return (Map<String, String>) outcome;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
