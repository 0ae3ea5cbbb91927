package dev.ostiary.conformance.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A row of the contract's tables.
 *
 * @param id its operationId
 * @param method its verb
 * @param path its path, with variables in braces
 * @param byToken whether an API token may call it
 * @param family the tag
 * @param document the published document, or {@code extra}
 */
record Operation(
        String id, String method, String path, boolean byToken, String family, String document) {

    private static final Pattern VARIABLE = Pattern.compile("\\{[^}]+}");

    /** Every operation of both tables. */
    static List<Operation> all(Path home) {
        List<Operation> all = new ArrayList<>();
        for (String table : List.of("operations.tsv", "extra.tsv")) {
            try {
                Files.readAllLines(home.resolve("contract").resolve(table)).stream()
                        .skip(1)
                        .map(line -> line.split("\t", -1))
                        .map(
                                row ->
                                        new Operation(
                                                row[0],
                                                row[1],
                                                row[2],
                                                row[4].equals("SSWS"),
                                                row[6],
                                                row[7]))
                        .forEach(all::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return List.copyOf(all);
    }

    /** Whether some variable stands in its path. */
    boolean namesSomething() {
        return path.contains("{");
    }

    /** Whether its verb carries a body. */
    boolean mayHaveBody() {
        return method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
    }

    /** The path with the same value for every variable. */
    String pathWith(String value) {
        return VARIABLE.matcher(path).replaceAll(value);
    }

    @Override
    public String toString() {
        return id + " (" + method + " " + path + ")";
    }
}
