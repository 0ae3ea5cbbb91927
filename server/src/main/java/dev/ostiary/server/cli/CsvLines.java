package dev.ostiary.server.cli;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.ostiary.platform.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * The records of a CSV file (RFC 4180, with a header) as lines of users. A column is an attribute
 * of the profile, unless it is one of those that docs/operate/bulk.md names; an empty field says
 * nothing.
 */
final class CsvLines implements LineSource {

    private static final Set<String> OF_THE_USER = Set.of("status", "groups", "type", "realm");
    private static final Set<String> OF_THE_CREDENTIALS =
            Set.of("password", "recovery_question", "provider");
    private static final Set<String> NUMBERS = Set.of("workFactor", "iterationCount", "keySize");

    private final CsvReader<NamedCsvRecord> reader;
    private final Iterator<NamedCsvRecord> records;

    private CsvLines(CsvReader<NamedCsvRecord> reader) {
        this.reader = reader;
        this.records = reader.iterator();
    }

    static CsvLines of(Path file) throws IOException {
        return new CsvLines(CsvReader.builder().ofNamedCsvRecord(file, StandardCharsets.UTF_8));
    }

    @Override
    public Optional<Line> next() {
        try {
            return records.hasNext() ? Optional.of(line(records.next())) : Optional.empty();
        } catch (CsvParseException e) {
            throw new Failure(ExitCode.FAILED, "the file is not CSV: " + e.getMessage());
        }
    }

    private static Line line(NamedCsvRecord record) {
        ObjectNode line = Json.object().put("kind", "user");
        List<String> names = record.getHeader();
        for (int i = 0; i < Math.min(names.size(), record.getFieldCount()); i++) {
            String value = record.getField(i);
            if (!value.isEmpty()) {
                put(line, names.get(i).strip(), value);
            }
        }
        return new Line(
                Json.text(line).getBytes(StandardCharsets.UTF_8), record.getStartingLineNumber());
    }

    private static void put(ObjectNode line, String column, String value) {
        String[] path = column.split("\\.");
        if (OF_THE_USER.contains(column)) {
            line.put(column, value);
        } else if (column.equals("password")) {
            credentials(line).withObjectProperty("password").put("value", value);
        } else if (path.length > 1 && OF_THE_CREDENTIALS.contains(path[0])) {
            ObjectNode at = credentials(line);
            for (int i = 0; i < path.length - 1; i++) {
                at = at.withObjectProperty(path[i]);
            }
            number(at, path[path.length - 1], value);
        } else {
            String attribute =
                    column.startsWith("profile.") ? column.substring("profile.".length()) : column;
            line.withObjectProperty("profile").put(attribute, value);
        }
    }

    private static ObjectNode credentials(ObjectNode line) {
        return line.withObjectProperty("credentials");
    }

    private static void number(ObjectNode at, String name, String value) {
        if (NUMBERS.contains(name) && value.matches("[0-9]{1,9}")) {
            at.put(name, Integer.parseInt(value));
        } else {
            at.put(name, value);
        }
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
