package dev.ostiary.platform.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("P34 windows")
class TallyTest {

    private static final long NOW = 1_790_000_000L;

    private final AtomicLongArray counters = new AtomicLongArray(2);

    @Test
    @DisplayName("P34 as many as the limit are let through, then none until the window ends")
    void limit() {
        for (int i = 1; i <= 3; i++) {
            long taken = take(NOW + i, 3);
            assertThat(Tally.refused(taken)).isFalse();
            assertThat(Tally.count(taken)).isEqualTo(i);
            assertThat(Tally.reset(taken, 60)).isEqualTo(NOW + 61);
        }
        assertThat(Tally.refused(take(NOW + 4, 3))).isTrue();
        assertThat(Tally.refused(take(NOW + 60, 3))).isTrue();
        long next = take(NOW + 61, 3);
        assertThat(Tally.refused(next)).isFalse();
        assertThat(Tally.count(next)).isEqualTo(1);
        assertThat(Tally.reset(next, 60)).isEqualTo(NOW + 121);
    }

    @Test
    @DisplayName("P34 windows open with a request, not with the clock's minute")
    void notAligned() {
        assertThat(Tally.reset(take(NOW + 7, 3), 60)).isEqualTo(NOW + 67);
        assertThat(Tally.reset(take(NOW + 1000, 3), 60)).isEqualTo(NOW + 1060);
    }

    @Test
    @DisplayName("P34 the first refusal of each window is told apart")
    void firstRefusal() {
        take(NOW, 1);
        assertThat(Tally.firstRefused(take(NOW, 1))).isTrue();
        assertThat(Tally.firstRefused(take(NOW + 1, 1))).isFalse();
        assertThat(Tally.count(take(NOW + 1, 1))).isEqualTo(1);
        take(NOW + 60, 1);
        assertThat(Tally.firstRefused(take(NOW + 61, 1))).isTrue();
    }

    @Test
    @DisplayName("P34 a clock that is set back does not shut anybody out")
    void clockSetBack() {
        take(NOW, 1);
        assertThat(Tally.refused(take(NOW - 1, 1))).isTrue();
        assertThat(Tally.refused(take(NOW - 3600, 1))).isFalse();
        assertThat(Tally.refused(take(NOW - 3600, 1))).isTrue();
    }

    @Test
    @DisplayName("P34 a clock that stands at 1970 limits as any other")
    void noClock() {
        assertThat(Tally.refused(take(0, 1))).isFalse();
        assertThat(Tally.refused(take(0, 1))).isTrue();
    }

    @Test
    @DisplayName("P34 counters of neighbours are apart, and great limits fit")
    void neighbours() {
        take(NOW, 1);
        long taken = Tally.take(counters, 1, NOW, 60, RateTable.UNLIMITED);
        assertThat(Tally.count(taken)).isEqualTo(1);
        assertThat(Tally.refused(taken)).isFalse();
        assertThat(Tally.refused(take(NOW, 1))).isTrue();
    }

    @Test
    @DisplayName("P34 limits raised or lowered within a window hold at once")
    void changedLimits() {
        for (int i = 0; i < 5; i++) {
            take(NOW, 5);
        }
        assertThat(Tally.refused(take(NOW, 5))).isTrue();
        assertThat(Tally.refused(take(NOW, 6))).isFalse();
        assertThat(Tally.refused(take(NOW, 2))).isTrue();
    }

    @Test
    @DisplayName("P34 never more than the limit in a window, from 32 threads, and none too few")
    void manyThreads() throws Exception {
        Random random = new Random(34);
        try (ExecutorService threads = Executors.newFixedThreadPool(32)) {
            for (int round = 0; round < 200; round++) {
                int limit = 1 + random.nextInt(50);
                int each = 1 + random.nextInt(20);
                long second = NOW + round * 60L;
                AtomicInteger through = new AtomicInteger();
                AtomicInteger told = new AtomicInteger();
                CountDownLatch start = new CountDownLatch(1);
                List<Future<?>> all = new ArrayList<>();
                for (int thread = 0; thread < 32; thread++) {
                    all.add(
                            threads.submit(
                                    () -> {
                                        start.await();
                                        for (int i = 0; i < each; i++) {
                                            long taken = take(second + i % 60, limit);
                                            if (!Tally.refused(taken)) {
                                                through.incrementAndGet();
                                            } else if (Tally.firstRefused(taken)) {
                                                told.incrementAndGet();
                                            }
                                        }
                                        return null;
                                    }));
                }
                start.countDown();
                for (Future<?> one : all) {
                    one.get();
                }
                assertThat(through).hasValue(Math.min(limit, 32 * each));
                assertThat(told).hasValue(32 * each > limit ? 1 : 0);
            }
        }
    }

    private long take(long second, int limit) {
        return Tally.take(counters, 0, second, 60, limit);
    }
}
