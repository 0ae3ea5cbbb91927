package dev.ostiary.platform.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PostmasterFileTest {

    private static final String WHOLE =
            "4711\n/data/db\n1790000000\n25432\n\n127.0.0.1\n  98765 3\nready   \n";

    @Test
    @DisplayName("a whole file tells process, port and readiness")
    void whole() {
        PostmasterFile file = PostmasterFile.parse(WHOLE).orElseThrow();
        assertThat(file.pid()).isEqualTo(4711);
        assertThat(file.port()).isEqualTo(25432);
        assertThat(file.ready()).isTrue();
    }

    @Test
    @DisplayName("a half-written one is not ready, an empty or odd one is none")
    void half() {
        assertThat(PostmasterFile.parse("4711\n/data/db\n").orElseThrow().ready()).isFalse();
        assertThat(PostmasterFile.parse("")).isEmpty();
        assertThat(PostmasterFile.parse("-1\n")).isEmpty();
        assertThat(PostmasterFile.parse("no number\n")).isEmpty();
    }

    @Test
    @DisplayName("a disowned file names nobody, and keeps the key by which children are noticed")
    void disowned() {
        PostmasterFile file =
                PostmasterFile.parse(PostmasterFile.parse(WHOLE).orElseThrow().disowned())
                        .orElseThrow();
        assertThat(Processes.alive(file.pid())).isFalse();
        assertThat(file.text()).contains("98765 3");
    }
}
