package dev.ostiary.platform.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A tab-separated table with a heading line, packed as a resource. Cells hold no tabs, quotes have
 * no meaning.
 */
public final class Table {

    private final List<Row> rows;

    private Table(List<Row> rows) {
        this.rows = rows;
    }

    /**
     * Reads a packed table.
     *
     * @throws IllegalStateException if the program was packed without it
     */
    public static Table load(String resource) {
        try (InputStream in = Table.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks its table " + resource);
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Table parse(String text) {
        List<String> lines = text.lines().toList();
        List<String> heading = List.of(lines.getFirst().split("\t", -1));
        List<Row> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            rows.add(new Row(heading, List.of(line.split("\t", -1))));
        }
        return new Table(List.copyOf(rows));
    }

    /** The rows in the file's order. */
    public List<Row> rows() {
        return rows;
    }

    /** One line; a cell is found by its column's name. */
    public record Row(List<String> heading, List<String> cells) {

        /** The cell of a column; empty where the line is short. */
        public String get(String column) {
            int at = heading.indexOf(column);
            if (at < 0) {
                throw new IllegalArgumentException("no column " + column + " in " + heading);
            }
            return at < cells.size() ? cells.get(at) : "";
        }
    }
}
