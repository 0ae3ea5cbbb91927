package dev.ostiary.conformance.principles;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes into docs/principles.md which suites hold each line and by how many cases, and compares
 * the page with what has just run. Suites tell their lines by their names ({@code P31 …}).
 *
 * <p>Run after all suites, from the source, as it needs nothing but Java: {@code java
 * PrincipleTable.java docs/principles.md [--write] REPORT-FOLDER…}. Suites that did not run, such
 * as the deep ones, keep what the page says of them. Counts may differ from machine to machine, as
 * some cases need a browser or the published documents; suites may not.
 */
final class PrincipleTable {

    private static final Pattern LINE = Pattern.compile("\\bP([1-9]|[1-3][0-9]|40)\\b");
    private static final Pattern ROW =
            Pattern.compile("\\| (P\\d+) \\| ([^|]*) \\| ([^|]*) \\|(?: [^|]* \\| ([^|]*) \\|)?");

    /** How a case says in a text of Java which line it holds. */
    private static final Pattern NAMED = Pattern.compile("\"P([1-9]|[1-3][0-9]|40) ");

    private static final Pattern COUNTED = Pattern.compile("(\\w+) (\\d+)");

    private final List<String> page;
    private final Reports reports;

    PrincipleTable(List<String> page, Reports reports) {
        this.page = page;
        this.reports = reports;
    }

    /**
     * Exits with 1 where the page tells something else than the reports, and where it was written
     * although suites that name a line have not run.
     */
    public static void main(String[] arguments) throws IOException {
        List<String> words = new ArrayList<>(Arrays.asList(arguments));
        boolean write = words.remove("--write");
        Path file = Path.of(words.removeFirst());
        List<Path> folders = words.stream().map(Path::of).toList();
        Reports reports = Reports.in(folders);
        PrincipleTable table = new PrincipleTable(Files.readAllLines(file), reports);
        if (write) {
            Files.write(file, table.written());
            complain(table.silent(sources(folders)), "run them all, then write the table again");
            return;
        }
        complain(table.differences(), "write the table anew by .ci/principles --write");
    }

    private static void complain(List<String> wrong, String remedy) {
        if (!wrong.isEmpty()) {
            PrintStream err = System.err;
            wrong.forEach(err::println);
            err.println("docs/principles.md: " + remedy);
            System.exit(1);
        }
    }

    /** The suites' texts by their simple names, beside the folders of their reports. */
    private static Map<String, String> sources(List<Path> folders) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        for (Path folder : folders) {
            Path sources = folder.resolve("../../src/test/java");
            try (Stream<Path> files = Files.walk(sources)) {
                for (Path file : files.filter(it -> it.toString().endsWith("Test.java")).toList()) {
                    texts.put(
                            file.getFileName().toString().replace(".java", ""),
                            Files.readString(file));
                }
            }
        }
        return texts;
    }

    /** The page, with the suites and counts of these reports. */
    List<String> written() {
        List<String> lines = new ArrayList<>();
        for (String line : page) {
            Matcher row = ROW.matcher(line);
            if (!row.matches()) {
                lines.add(line);
                continue;
            }
            Map<String, Integer> suites = merged(row);
            lines.add(
                    "| %s | %s | %s | %d | %s |"
                            .formatted(
                                    row.group(1),
                                    row.group(2),
                                    row.group(3),
                                    suites.values().stream().mapToInt(Integer::intValue).sum(),
                                    suites.entrySet().stream()
                                            .map(it -> it.getKey() + " " + it.getValue())
                                            .collect(Collectors.joining(", "))));
        }
        return lines;
    }

    /**
     * Every suite that the page and the reports name differently, and every line that none holds.
     */
    List<String> differences() {
        List<String> wrong = new ArrayList<>();
        for (String line : page) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                compare(row, wrong);
            }
        }
        return wrong;
    }

    /**
     * Every suite that holds a line by its text, but neither ran nor stands on the page: what was
     * written leaves it out.
     *
     * @param sources the texts of suites, by simple name
     */
    List<String> silent(Map<String, String> sources) {
        List<String> silent = new ArrayList<>();
        sources.forEach(
                (suite, text) -> {
                    if (!reports.suites().contains(suite)
                            && NAMED.matcher(text).find()
                            && page.stream().noneMatch(line -> line.contains(" " + suite + " "))) {
                        silent.add(suite + " names a line, but has not run");
                    }
                });
        return silent;
    }

    private void compare(Matcher row, List<String> wrong) {
        String principle = row.group(1);
        Set<String> told = told(row).keySet();
        Set<String> now = merged(row).keySet();
        for (String suite : minus(now, told)) {
            wrong.add("%s: the page does not name %s, which holds it".formatted(principle, suite));
        }
        for (String suite : minus(told, now)) {
            wrong.add(
                    "%s: the page names %s, which holds it no longer".formatted(principle, suite));
        }
        if (now.isEmpty() && row.group(3).startsWith("held")) {
            wrong.add(principle + ": said to be held, but no suite names it");
        }
    }

    /** What ran, and of what did not run what the page says. */
    private SortedMap<String, Integer> merged(Matcher row) {
        SortedMap<String, Integer> suites =
                new TreeMap<>(reports.cases().getOrDefault(row.group(1), new TreeMap<>()));
        told(row)
                .forEach(
                        (suite, count) -> {
                            if (!reports.knows(row.group(1), suite)) {
                                suites.putIfAbsent(suite, count);
                            }
                        });
        return suites;
    }

    private static SortedMap<String, Integer> told(Matcher row) {
        SortedMap<String, Integer> suites = new TreeMap<>();
        if (row.group(4) != null) {
            Matcher counted = COUNTED.matcher(row.group(4));
            while (counted.find()) {
                suites.put(counted.group(1), Integer.valueOf(counted.group(2)));
            }
        }
        return suites;
    }

    private static Set<String> minus(Set<String> from, Set<String> others) {
        Set<String> left = new TreeSet<>(from);
        left.removeAll(others);
        return left;
    }

    /**
     * What surefire wrote of a run.
     *
     * @param suites the classes that ran
     * @param cases by principle and class, how many cases passed
     * @param skipped by principle, the classes of cases that were skipped
     */
    record Reports(
            Set<String> suites,
            Map<String, SortedMap<String, Integer>> cases,
            Map<String, Set<String>> skipped) {

        private static final Pattern CASE =
                Pattern.compile(
                        "<testcase name=\"([^\"]*)\" classname=\"([^\"]*)\"[^>]*?(/>|>)(\\s*<(skipped|failure|error))?");

        static Reports none() {
            return new Reports(new TreeSet<>(), new TreeMap<>(), new TreeMap<>());
        }

        static Reports in(List<Path> folders) throws IOException {
            Reports all = none();
            for (Path folder : folders) {
                try (Stream<Path> files = Files.list(folder)) {
                    for (Path file : files.filter(Reports::isReport).toList()) {
                        all.add(suite(file), Files.readString(file));
                    }
                }
            }
            return all;
        }

        void add(String suite, String xml) {
            suites.add(suite);
            Matcher found = CASE.matcher(xml);
            while (found.find()) {
                String outcome = found.group(5) == null ? "passed" : found.group(5);
                lines(found.group(1) + " " + found.group(2))
                        .forEach(line -> add(line, suite, outcome));
            }
        }

        private void add(String line, String suite, String outcome) {
            switch (outcome) {
                case "passed" ->
                        cases.computeIfAbsent(line, none -> new TreeMap<>())
                                .merge(suite, 1, Integer::sum);
                case "skipped" -> skipped.computeIfAbsent(line, none -> new TreeSet<>()).add(suite);
                default -> {}
            }
        }

        private static Set<String> lines(String names) {
            Set<String> lines = new TreeSet<>();
            Matcher line = LINE.matcher(names);
            while (line.find()) {
                lines.add(line.group());
            }
            return lines;
        }

        /**
         * Whether the run tells if a suite holds a line: not, where it or its cases did not run.
         */
        boolean knows(String line, String suite) {
            return suites.contains(suite) && !skipped.getOrDefault(line, Set.of()).contains(suite);
        }

        private static boolean isReport(Path file) {
            String name = file.getFileName().toString();
            return name.startsWith("TEST-") && name.endsWith(".xml");
        }

        /** The simple name of the class; one within another counts with its outer one. */
        private static String suite(Path file) {
            String name = file.getFileName().toString();
            String type = name.substring("TEST-".length(), name.length() - ".xml".length());
            return type.substring(type.lastIndexOf('.') + 1).replaceFirst("\\$.*", "");
        }
    }
}
