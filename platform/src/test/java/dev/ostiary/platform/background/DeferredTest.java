package dev.ostiary.platform.background;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A deferred value")
final class DeferredTest {

    private final AtomicInteger made = new AtomicInteger();

    @Test
    @DisplayName("is not made before somebody asks")
    void waits() {
        Deferred<Integer> deferred = new Deferred<>(made::incrementAndGet);

        assertThat(deferred.ifMade()).isNull();
        assertThat(made).hasValue(0);
    }

    @Test
    @DisplayName("is made once, whoever asks at a time")
    void once() throws Exception {
        Deferred<Integer> deferred = new Deferred<>(made::incrementAndGet);

        try (ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> answers =
                    IntStream.range(0, 50).mapToObj(n -> askers.submit(deferred::get)).toList();

            for (Future<Integer> answer : answers) {
                assertThat(answer.get()).isEqualTo(1);
            }
        }
        assertThat(deferred.ifMade()).isEqualTo(1);
    }

    @Test
    @DisplayName("is made by the next who asks, where making it failed")
    void again() {
        Deferred<Integer> deferred =
                new Deferred<>(
                        () -> {
                            if (made.incrementAndGet() == 1) {
                                throw new IllegalStateException("not yet");
                            }
                            return made.get();
                        });

        assertThatThrownBy(deferred::get).hasMessage("not yet");
        assertThat(deferred.get()).isEqualTo(2);
    }
}
