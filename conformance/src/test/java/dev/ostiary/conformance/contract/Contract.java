package dev.ostiary.conformance.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The contract's tables as files: what is published, and what {@code contract/COVERAGE.md} says is
 * bound. Another test holds that file to the code, and this suite asks what it says is not.
 *
 * @param operations every operation of both tables
 * @param bound those that are bound, in the tables' order
 */
record Contract(List<Operation> operations, List<Operation> bound) {

    private static final Pattern BOUND = Pattern.compile("(?<!~)`([^`]+)`");

    static Contract read(Path home) {
        Path folder = home.resolve("contract");
        Map<String, Set<Integer>> statuses = new HashMap<>();
        for (String[] row : rows(folder.resolve("answers.tsv"))) {
            statuses.put(
                    row[0],
                    Arrays.stream(row[1].split(" "))
                            .map(Integer::valueOf)
                            .collect(Collectors.toCollection(TreeSet::new)));
        }
        List<Operation> operations = new ArrayList<>();
        for (String table : List.of("operations.tsv", "extra.tsv")) {
            for (String[] row : rows(folder.resolve(table))) {
                operations.add(
                        new Operation(
                                row[0],
                                row[1],
                                row[2],
                                scopes(row[3]),
                                access(row[4], row[3], row[2]),
                                row[6],
                                row[7],
                                statuses.getOrDefault(row[0], Set.of())));
            }
        }
        Set<String> names = boundNames(folder.resolve("COVERAGE.md"));
        return new Contract(
                List.copyOf(operations),
                operations.stream().filter(each -> names.contains(each.id())).toList());
    }

    private static Operation.Access access(String access, String scopes, String path) {
        return switch (access) {
            case "SSWS" -> Operation.Access.API_TOKEN;
            case "SSWS?" -> Operation.Access.OPTIONAL_TOKEN;
            case "session" -> Operation.Access.SESSION;
            default ->
                    scopes.isBlank() || path.startsWith("/oauth2/")
                            ? Operation.Access.PUBLIC
                            : Operation.Access.BEARER;
        };
    }

    private static Set<String> scopes(String text) {
        return Arrays.stream(text.split("[ ,]+"))
                .filter(scope -> !scope.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> boundNames(Path coverage) {
        Set<String> names = new HashSet<>();
        for (String line : lines(coverage)) {
            if (line.startsWith("| ")) {
                BOUND.matcher(line).results().forEach(found -> names.add(found.group(1)));
            }
        }
        return names;
    }

    private static List<String[]> rows(Path table) {
        return lines(table).stream().skip(1).map(line -> line.split("\t", -1)).toList();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The operations that are not bound and that an API token may ask for. */
    List<Operation> unbound() {
        return operations.stream()
                .filter(each -> each.access() == Operation.Access.API_TOKEN)
                .filter(each -> !bound.contains(each))
                .toList();
    }

    /** The verbs with which a concrete path is published. */
    Set<String> verbsOf(String concrete) {
        return operations.stream()
                .filter(each -> each.hasPath(concrete))
                .map(Operation::method)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
