package dev.ostiary.platform.query;

/**
 * The search documents of a table: rows that hold a folded copy of an object and its words, as
 * {@link SearchDocument} makes them. Any attribute is found by two indexes, at a million rows:
 *
 * <ul>
 *   <li>{@code eq} and booleans by containment: GIN on (org, {@code doc jsonb_path_ops});
 *   <li>{@code sw}, {@code co}, {@code ew} by trigrams of all values (GIN on (org, {@code words
 *       gin_trgm_ops})), with the exact condition on the attribute beside it;
 *   <li>ranges, {@code ne} and {@code pr} on the document itself; a hot attribute may name a column
 *       of its own.
 * </ul>
 *
 * All text compares without case. The queries want {@code plan_cache_mode=force_custom_plan}.
 *
 * @param doc the {@code jsonb} column, a constant of the program such as {@code s.doc}
 * @param words the {@code text} column of all string values; empty where there is none
 */
public record Documents(String doc, String words) {

    /**
     * The same documents, for attributes that were left out of the words: parts of them are looked
     * for in the document itself.
     */
    public Documents withoutWords() {
        return new Documents(doc, "");
    }

    /** Text. */
    public Attribute text(String path) {
        return placed(path, Kind.TEXT, path, false);
    }

    /** Text, several values. */
    public Attribute texts(String path) {
        return placed(path, Kind.TEXT, path, true);
    }

    /** A number. */
    public Attribute number(String path) {
        return placed(path, Kind.NUMBER, path, false);
    }

    /** Several numbers. */
    public Attribute numbers(String path) {
        return placed(path, Kind.NUMBER, path, true);
    }

    /** True or false. */
    public Attribute bool(String path) {
        return placed(path, Kind.BOOLEAN, path, false);
    }

    /** A date with its time, written in the document as on the wire. */
    public Attribute instant(String path) {
        return placed(path, Kind.INSTANT, path, false);
    }

    /** An attribute of which nothing is known, one value or several: the literal decides. */
    public Attribute any(String path) {
        return placed(path, Kind.ANY, path, true);
    }

    /** An object, for {@code pr}. */
    public Attribute node(String path) {
        return placed(path, Kind.NODE, path, false);
    }

    /**
     * An attribute at a place that its name does not tell.
     *
     * @param place names of properties joined by dots, {@code []} after each that is an array of
     *     objects: {@code target[].id}
     * @param several whether the last property may be an array
     */
    public Attribute placed(String path, Kind kind, String place, boolean several) {
        return Attribute.of(
                path, kind, new DocumentAttribute(this, DocumentPath.of(place, several), kind));
    }

    /**
     * Text with a column of its own beside the document: an index of the column serves {@code eq},
     * {@code sw} and ranges, the words serve {@code co} and {@code ew}. The index is of the org,
     * the column and the id.
     *
     * @param column folded text, a constant of the program
     */
    public Attribute hotText(String path, String column) {
        return Attribute.of(
                path,
                Kind.TEXT,
                new HotText(
                        new Column(column, Kind.TEXT, true),
                        new DocumentAttribute(this, DocumentPath.of(path, false), Kind.TEXT)));
    }
}
