package dev.ostiary.server.systemlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** {@code docs/events-of-apps.md}, beside the catalogue and the code. */
@DisplayName("Of the events of apps and authorization servers that the catalogue has")
class AppEventsThatNeverComeTest {

    private static final Path HOME = Path.of(System.getProperty("ostiary.home", ".."));
    private static final Pattern FAMILY = Pattern.compile("(?:app|application|oauth2)\\..+");
    private static final Pattern QUOTED = Pattern.compile("\"([a-z0-9_]+(?:\\.[a-zA-Z0-9_]+)+)\"");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\| \\S.{10,} \\|$");

    /** Written as a beginning and a step: {@code ServerEvents.key}. */
    private static final String RESOURCE_KEYS =
            "app.oauth2.as.resource_server.credentials.lifecycle.";

    private static Set<String> catalogue() throws IOException {
        try (Stream<String> lines = Files.lines(HOME.resolve("contract/events.tsv"))) {
            return lines.map(line -> line.substring(0, line.indexOf('\t')))
                    .filter(type -> FAMILY.matcher(type).matches())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Set<String> written() throws IOException {
        Set<String> types = new TreeSet<>();
        for (String module : List.of("platform", "server")) {
            try (Stream<Path> files = Files.walk(HOME.resolve(module).resolve("src/main/java"))) {
                for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
                    types.addAll(found(QUOTED, Files.readString(file)));
                }
            }
        }
        List.of("create", "activate", "deactivate", "delete")
                .forEach(step -> types.add(RESOURCE_KEYS + step));
        return types;
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(result -> result.group(1)).toList();
    }

    private static boolean isMeant(String row, String type) {
        return row.endsWith("*")
                ? type.startsWith(row.substring(0, row.length() - 1))
                : type.equals(row);
    }

    @Test
    @DisplayName("each is written by the code, or the document says why it never comes")
    void complete() throws IOException {
        List<String> rows = found(ROW, Files.readString(HOME.resolve("docs/events-of-apps.md")));
        Set<String> silent = catalogue();
        silent.removeAll(written());

        assertThat(silent).allSatisfy(type -> assertThat(rows).anyMatch(row -> isMeant(row, type)));
        assertThat(rows)
                .doesNotHaveDuplicates()
                .allSatisfy(row -> assertThat(silent).anyMatch(type -> isMeant(row, type)));
    }
}
