package dev.ostiary.platform.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Minutes of coverage-guided fuzzing of a language (Jazzer).
 *
 * <p>Jazzer is started as a process of its own rather than by its JUnit engine, whose fuzzing is
 * switched on by a variable of the whole test process.
 *
 * @param target the class that Jazzer calls
 * @param instrumented whose coverage guides it, such as {@code dev.ostiary.platform.query.**}
 * @param excluded what is left out of it
 * @param dictionary words of the language
 */
public record Fuzzing(
        Class<?> target, String instrumented, List<String> excluded, List<String> dictionary) {

    private static final Duration TIME = Duration.ofMinutes(3);
    private static final int LONGEST_INPUT = 600;
    private static final int SLOWEST_SECONDS = 10;

    /**
     * What Jazzer takes for a fault and the languages promise: a regular expression comes from
     * outside by design, and {@code TextPattern} bounds it.
     */
    private static final String PROMISED = "com.code_intelligence.jazzer.sanitizers.RegexInjection";

    /** The texts of a JSON array beside a class. */
    public static Stream<String> corpus(Class<?> beside, String resource) throws IOException {
        try (InputStream in = beside.getResourceAsStream(resource)) {
            JsonNode texts = Json.parse(in.readAllBytes());
            return texts.values().stream().map(JsonNode::stringValue);
        }
    }

    /** Fails when a text is found that breaks a promise. */
    public void run(Path folder, Stream<String> corpus) throws IOException, InterruptedException {
        Path seeds = Files.createDirectory(folder.resolve("seeds"));
        int count = 0;
        for (String text : corpus.filter(t -> t.length() < LONGEST_INPUT).toList()) {
            Files.writeString(seeds.resolve("seed-" + count++), text);
        }
        Path words = folder.resolve("dictionary");
        Files.write(words, dictionary.stream().map(word -> "\"" + word + "\"").toList());
        Path output = folder.resolve("output");
        Process jazzer =
                new ProcessBuilder(command(folder, words, seeds))
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
        System.out.println("[fuzzing " + instrumented + "] " + lines.getLast());
        assertThat(jazzer.exitValue()).as(String.join("\n", lines)).isZero();
        assertThat(lines.getLast()).matches("Done [0-9]+ runs in .*");
    }

    private List<String> command(Path folder, Path words, Path seeds) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-XX:+EnableDynamicAgentLoading",
                                "-Xmx512m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "com.code_intelligence.jazzer.Jazzer",
                                "--target_class=" + target.getName(),
                                "--instrumentation_includes=" + instrumented,
                                "--disabled_hooks=" + PROMISED,
                                "--reproducer_path=" + folder,
                                "-artifact_prefix=" + folder + "/",
                                "-max_total_time=" + TIME.toSeconds(),
                                "-timeout=" + SLOWEST_SECONDS,
                                "-max_len=" + LONGEST_INPUT,
                                "-dict=" + words));
        excluded.forEach(name -> command.add("--instrumentation_excludes=" + name));
        command.add(seeds.toString());
        return command;
    }
}
