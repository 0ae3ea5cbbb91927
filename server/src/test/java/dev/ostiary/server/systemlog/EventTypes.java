package dev.ostiary.server.systemlog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The event types of the catalogue, of the code, and of the pages that say which never come. */
final class EventTypes {

    private static final Path HOME = Path.of(System.getProperty("ostiary.home", ".."));
    private static final Pattern QUOTED = Pattern.compile("\"([a-z0-9_]+(?:\\.[a-zA-Z0-9_]+)+)\"");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\| \\S.{10,} \\|$");

    private EventTypes() {}

    /** Those of the catalogue that fit. */
    static Set<String> catalogued(Pattern family) throws IOException {
        try (Stream<String> lines = Files.lines(HOME.resolve("contract/events.tsv"))) {
            return lines.map(line -> line.substring(0, line.indexOf('\t')))
                    .filter(type -> family.matcher(type).matches())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** Whatever the code quotes that looks like one. */
    static Set<String> written() throws IOException {
        Set<String> types = new TreeSet<>();
        for (String module : List.of("platform", "server")) {
            try (Stream<Path> files = Files.walk(HOME.resolve(module).resolve("src/main/java"))) {
                for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
                    types.addAll(found(QUOTED, Files.readString(file)));
                }
            }
        }
        return types;
    }

    /** The first cells of the table of a page, whose second ones give a reason. */
    static List<String> excused(String page) throws IOException {
        return found(ROW, Files.readString(HOME.resolve("docs").resolve(page)));
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(result -> result.group(1)).toList();
    }
}
