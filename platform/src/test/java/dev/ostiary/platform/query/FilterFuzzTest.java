package dev.ostiary.platform.query;

import dev.ostiary.platform.fuzz.Fuzzing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Texts that nobody thought of: a coverage-guided fuzzer (Jazzer) runs over parser and compiler in
 * the deep run; what it once found interesting is held in every run.
 */
class FilterFuzzTest {

    private static final List<String> DICTIONARY =
            List.of(
                    "eq",
                    "ne",
                    "co",
                    "sw",
                    "ew",
                    "pr",
                    "gt",
                    "ge",
                    "lt",
                    "le",
                    "and",
                    "or",
                    "not",
                    "true",
                    "false",
                    "id",
                    "type",
                    "age",
                    "open",
                    "created",
                    "name",
                    "title",
                    "size",
                    "live",
                    "hired",
                    "profile",
                    "profile.",
                    "target.id",
                    "1e400",
                    "2026-03-01T10:00:00.000Z",
                    "+05:30");

    static Stream<String> corpus() throws IOException {
        return Fuzzing.corpus(FilterFuzzTest.class, "corpus.json");
    }

    @ParameterizedTest
    @MethodSource("corpus")
    @DisplayName("P30 given a text of the corpus, then it neither crashes, nor hangs, nor injects")
    void corpus(String text) {
        FilterTarget.check(text);
    }

    @Test
    @Tag("deep")
    @DisplayName("P30 given minutes of coverage-guided fuzzing, then no text breaks a promise")
    void fuzz(@TempDir Path folder) throws IOException, InterruptedException {
        new Fuzzing(
                        FilterTarget.class,
                        "dev.ostiary.platform.query.**",
                        List.of("dev.ostiary.platform.query.meaning.**"),
                        DICTIONARY)
                .run(folder, corpus());
    }
}
