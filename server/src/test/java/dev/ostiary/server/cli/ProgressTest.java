package dev.ostiary.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Progress")
class ProgressTest {

    private final StringWriter said = new StringWriter();
    private final AtomicLong nanos = new AtomicLong();

    private Progress progress(boolean terminal, long first, long total) {
        return new Progress(new PrintWriter(said, true), terminal, first, total, nanos::get);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    @DisplayName("on a terminal is a bar with the rate and the time that remains")
    void bar() {
        Progress progress = progress(true, 0, 1000);
        pass(Duration.ofSeconds(2));
        progress.at(500);
        pass(Duration.ofMillis(1));
        progress.at(501);

        assertThat(said.toString())
                .startsWith(
                        "\r[###############...............]  50 %  500 of 1,000 lines  250/s  0:02 left")
                .doesNotContain("501");
        pass(Duration.ofSeconds(2));
        progress.end(1000);
        assertThat(said.toString()).contains("100 %").endsWith(System.lineSeparator());
    }

    @Test
    @DisplayName("elsewhere is a line at every tenth, of what was done since it began")
    void lines() {
        Progress progress = progress(false, 500, 1000);
        pass(Duration.ofSeconds(1));
        progress.at(510);
        progress.at(650);
        progress.at(660);
        progress.end(1000);

        assertThat(said.toString().lines())
                .containsExactly(" 65 %  650 of 1,000 lines  150/s  0:02 left");
    }

    @Test
    @DisplayName("of nothing is no division by it")
    void nothing() {
        Progress progress = progress(true, 0, 0);
        progress.at(0);
        progress.end(0);

        assertThat(said.toString()).contains("0:00 left");
    }
}
