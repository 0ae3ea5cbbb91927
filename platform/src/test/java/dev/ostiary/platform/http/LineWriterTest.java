package dev.ostiary.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LineWriterTest {

    @Test
    @DisplayName("given many threads, every line is written once and whole, each thread's in order")
    void manyThreads() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (LineWriter lines = new LineWriter(out);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int thread = 0; thread < 16; thread++) {
                String name = "thread " + thread + " line ";
                threads.submit(() -> IntStream.range(0, 500).forEach(n -> lines.line(name + n)));
            }
        }
        List<String> written = out.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(written).hasSize(16 * 500);
        for (int thread = 0; thread < 16; thread++) {
            String name = "thread " + thread + " line ";
            assertThat(written.stream().filter(line -> line.startsWith(name)))
                    .containsExactlyElementsOf(
                            IntStream.range(0, 500).mapToObj(n -> name + n).toList());
        }
    }

    @Test
    @DisplayName("given a line that is being written, those that come meanwhile leave in one piece")
    void together() throws InterruptedException {
        Gate gate = new Gate();
        try (LineWriter lines = new LineWriter(gate)) {
            lines.line("first");
            gate.writing.await();
            lines.line("second");
            lines.line("third");
            gate.go.countDown();
        }
        assertThat(gate.pieces).containsExactly("first\n", "second\nthird\n");
    }

    @Test
    @DisplayName("given a full disk, the server goes on, and the log too when there is room again")
    void broken() throws InterruptedException {
        Full full = new Full();
        try (LineWriter lines = new LineWriter(full)) {
            lines.line("lost");
            full.refused.await();
            lines.line("kept");
        }
        assertThat(full.text.toString(StandardCharsets.UTF_8)).isEqualTo("kept\n");
    }

    /** Holds the first write until the test lets go. */
    private static final class Gate extends OutputStream {
        final CountDownLatch writing = new CountDownLatch(1);
        final CountDownLatch go = new CountDownLatch(1);
        final List<String> pieces = new CopyOnWriteArrayList<>();

        @Override
        public void write(int b) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            pieces.add(new String(bytes, StandardCharsets.UTF_8));
            writing.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }

    /** Refuses the first write. */
    private static final class Full extends OutputStream {
        final CountDownLatch refused = new CountDownLatch(1);
        final ByteArrayOutputStream text = new ByteArrayOutputStream();
        private boolean once;

        @Override
        public void write(int b) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            if (!once) {
                once = true;
                refused.countDown();
                throw new IOException("no space left on device");
            }
            text.write(bytes);
        }
    }
}
