package dev.ostiary.server.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The turns of an import's chunks")
class TurnsTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final Turns turns = new Turns();

    @Test
    @DisplayName("come when those before have come, whoever was here first")
    void inOrder() {
        Turns.Turn second = turns.enter("imp1", 100);
        Turns.Turn first = turns.enter("imp1", 0);
        CompletableFuture<Boolean> came =
                CompletableFuture.supplyAsync(() -> second.await(LONG), Thread::startVirtualThread);

        assertThat(first.await(LONG)).isTrue();
        assertThat(came).isNotDone();
        first.close();

        assertThat(came.join()).isTrue();
    }

    @Test
    @DisplayName("are given up after a while, and others of the import go on")
    void impatient() {
        Turns.Turn first = turns.enter("imp1", 0);
        try (Turns.Turn second = turns.enter("imp1", 100)) {
            assertThat(second.await(Duration.ofMillis(1))).isFalse();
        }
        assertThat(first.await(LONG)).isTrue();
    }

    @Test
    @DisplayName("have nothing to do with other imports, nor with the same chunk sent again")
    void apart() {
        turns.enter("imp1", 0);

        assertThat(turns.enter("imp2", 100).await(LONG)).isTrue();
        assertThat(turns.enter("imp1", 0).await(LONG)).isTrue();
    }
}
