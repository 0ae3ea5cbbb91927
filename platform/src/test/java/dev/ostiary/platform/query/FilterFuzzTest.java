package dev.ostiary.platform.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Texts that nobody thought of: a coverage-guided fuzzer (Jazzer) runs over parser and compiler in
 * the deep run; what it once found interesting is held in every run.
 *
 * <p>Jazzer is started as a process of its own rather than by its JUnit engine, whose fuzzing is
 * switched on by a variable of the whole test process.
 */
class FilterFuzzTest {

    private static final Duration TIME = Duration.ofMinutes(3);
    private static final int LONGEST_INPUT = 600;
    private static final int SLOWEST_SECONDS = 10;

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
        try (InputStream in = FilterFuzzTest.class.getResourceAsStream("corpus.json")) {
            JsonNode texts = Json.parse(in.readAllBytes());
            return texts.values().stream().map(JsonNode::stringValue);
        }
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
        Path seeds = Files.createDirectory(folder.resolve("seeds"));
        int count = 0;
        for (String text : corpus().filter(t -> t.length() < LONGEST_INPUT).toList()) {
            Files.writeString(seeds.resolve("seed-" + count++), text);
        }
        Path dictionary = folder.resolve("dictionary");
        Files.write(dictionary, DICTIONARY.stream().map(word -> "\"" + word + "\"").toList());
        Path output = folder.resolve("output");
        Process jazzer =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-XX:+EnableDynamicAgentLoading",
                                "-Xmx512m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "com.code_intelligence.jazzer.Jazzer",
                                "--target_class=" + FilterTarget.class.getName(),
                                "--instrumentation_includes=dev.ostiary.platform.query.**",
                                "--instrumentation_excludes=dev.ostiary.platform.query.meaning.**",
                                "--reproducer_path=" + folder,
                                "-artifact_prefix=" + folder + "/",
                                "-max_total_time=" + TIME.toSeconds(),
                                "-timeout=" + SLOWEST_SECONDS,
                                "-max_len=" + LONGEST_INPUT,
                                "-dict=" + dictionary,
                                seeds.toString())
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        try {
            assertThat(jazzer.waitFor(TIME.plusMinutes(5).toSeconds(), TimeUnit.SECONDS)).isTrue();
        } finally {
            jazzer.destroyForcibly();
        }
        List<String> lines = Files.readAllLines(output, StandardCharsets.ISO_8859_1);
        System.out.println("[fuzzing filters] " + lines.getLast());
        assertThat(jazzer.exitValue()).as(String.join("\n", lines)).isZero();
        assertThat(lines.getLast()).matches("Done [0-9]+ runs in .*");
    }
}
