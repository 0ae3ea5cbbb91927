package dev.ostiary.server.systemlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** {@code docs/events.md}, beside the catalogue and the code. */
@DisplayName("Of the events of sign-in and policy that the catalogue has")
class EventsThatNeverComeTest {

    private static final Path HOME = Path.of(System.getProperty("ostiary.home", ".."));

    private static final Pattern FAMILY =
            Pattern.compile("(?:user\\.(?:session|authentication|mfa|account)|policy)\\..+");

    private static final Pattern QUOTED = Pattern.compile("\"([a-z_]+(?:\\.[a-zA-Z_]+)+)\"");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\| \\S.{10,} \\|$");

    private static Set<String> catalogue() throws IOException {
        try (Stream<String> lines = Files.lines(HOME.resolve("contract/events.tsv"))) {
            return lines.map(line -> line.substring(0, line.indexOf('\t')))
                    .filter(type -> FAMILY.matcher(type).matches())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Set<String> written() throws IOException {
        Set<String> types = new TreeSet<>();
        for (String module : Set.of("platform", "server")) {
            try (Stream<Path> files = Files.walk(HOME.resolve(module).resolve("src/main/java"))) {
                for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
                    types.addAll(found(QUOTED, Files.readString(file)));
                }
            }
        }
        return types;
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult result) -> result.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    @DisplayName("each is written by the code, or the document says why it never comes")
    void complete() throws IOException {
        Set<String> excused = found(ROW, Files.readString(HOME.resolve("docs/events.md")));
        Set<String> silent = catalogue();
        silent.removeAll(written());

        assertThat(excused).isEqualTo(silent);
    }
}
