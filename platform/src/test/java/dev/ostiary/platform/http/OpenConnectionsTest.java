package dev.ostiary.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.common.concurrency.limits.FixedLimit;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.spi.ServerConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OpenConnectionsTest {

    private final OpenConnections connections = new OpenConnections(2);
    private final List<Fake> made = new ArrayList<>();

    @AfterEach
    void hangUp() {
        made.forEach(fake -> fake.ended.countDown());
    }

    @Test
    @DisplayName(
            "given there is room for two, when a third comes, then the one that was idle for longest goes")
    void makesRoom() throws InterruptedException {
        Fake first = open(Duration.ofSeconds(3));
        Fake longest = open(Duration.ofSeconds(30));

        Fake third = open(Duration.ZERO);

        longest.ended.await();
        assertThat(longest.interrupted).isFalse();
        assertThat(first.ended.getCount()).isOne();
        assertThat(third.ended.getCount()).isOne();
    }

    @Test
    @DisplayName(
            "given one is on its way out, when a fourth comes, then it is another one that makes room")
    void oneAtATime() throws InterruptedException {
        Fake answering = open(Duration.ofSeconds(30));
        answering.busy = true;
        Fake second = open(Duration.ofSeconds(3));
        open(Duration.ZERO);
        assertThat(answering.asked).isTrue();
        assertThat(answering.ended.getCount()).isOne();

        open(Duration.ZERO);

        second.ended.await();
    }

    @Test
    @DisplayName("given connections end by themselves, then they make room for others")
    void leavesRoom() throws InterruptedException {
        Fake first = open(Duration.ofSeconds(3));
        Fake second = open(Duration.ofSeconds(30));
        first.ended.countDown();
        first.thread.join();

        open(Duration.ZERO);

        assertThat(second.asked).isFalse();
        assertThat(connections.count()).isEqualTo(2);
    }

    @Test
    @DisplayName("the server may break off what the connection says may be broken off")
    void interruptible() {
        Fake fake = new Fake(Duration.ZERO);
        ServerConnection held = connections.counted(fake);

        assertThat(((InterruptableTask<?>) held).canInterrupt()).isTrue();
        fake.busy = true;
        assertThat(((InterruptableTask<?>) held).canInterrupt()).isFalse();
    }

    private Fake open(Duration idle) throws InterruptedException {
        Fake fake = new Fake(idle);
        made.add(fake);
        ServerConnection held = connections.counted(fake);
        fake.thread =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    try {
                                        held.handle(FixedLimit.create());
                                    } catch (InterruptedException e) {
                                        Thread.currentThread().interrupt();
                                    }
                                });
        fake.begun.await();
        return fake;
    }

    /** A connection that ends when it is closed, unless it is busy. */
    private static final class Fake implements ServerConnection, InterruptableTask<Void> {

        private final Duration idle;
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch ended = new CountDownLatch(1);
        private volatile boolean busy;
        private volatile boolean asked;
        private volatile boolean interrupted;
        private Thread thread = Thread.currentThread();

        Fake(Duration idle) {
            this.idle = idle;
        }

        @Override
        public void handle(Limit limit) throws InterruptedException {
            begun.countDown();
            ended.await();
        }

        @Override
        public Duration idleTime() {
            return idle;
        }

        @Override
        public void close(boolean interrupt) {
            asked = true;
            interrupted = interrupt;
            if (!busy) {
                ended.countDown();
            }
        }

        @Override
        public boolean canInterrupt() {
            return !busy;
        }
    }
}
