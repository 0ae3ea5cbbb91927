package dev.ostiary.platform.query;

import java.util.regex.Pattern;

/**
 * An index over the search documents of one org, for what the indexes of all orgs do not serve, or
 * not well enough: ranges and orders of any attribute, who has none, values that very many have,
 * and texts of few letters. It is worth its price in large orgs only, so it is made when somebody
 * searches like that.
 *
 * @param place the attribute in the document: names of properties joined by dots, nothing but
 *     letters, digits and underscores in them
 * @param shape what it holds
 */
public record DocumentIndex(String place, Shape shape) {

    private static final Pattern PLACE = Pattern.compile("\\w+(?:\\.\\w+){0,7}");
    private static final int LONGEST = 200;

    /** What such an index holds. */
    public enum Shape {
        /** All documents in the order of a number, those without it last. */
        NUMBERS,
        /** All documents in the order of the first 200 characters of a text. */
        TEXTS,
        /** All documents in the order of the last 200 characters of a text, from the end on. */
        ENDINGS,
        /** All documents by the trigrams of a text. */
        PARTS,
        /** All documents in the order of the first 200 characters of the least text of an array. */
        LEAST_TEXTS,
        /** The same of the greatest. */
        GREATEST_TEXTS,
        /** All documents in the order of the least number of an array, those without one last. */
        LEAST_NUMBERS,
        /** The same of the greatest. */
        GREATEST_NUMBERS,
        /** The documents in which the attribute is present (P27). */
        PRESENT,
        /** The others. */
        ABSENT,
        /** The documents in which an array has a value that is present. */
        SOME,
        /** The others. */
        NONE
    }

    public DocumentIndex {
        if (!isPlain(place)) {
            throw new IllegalArgumentException("no place of an index: " + place);
        }
    }

    /** Whether an attribute can have an index at all. */
    static boolean isPlain(String place) {
        return place.length() <= LONGEST && PLACE.matcher(place).matches();
    }

    /** Whether it can give documents in the order of the attribute. */
    public boolean isOrder() {
        return shape == Shape.NUMBERS || shape == Shape.TEXTS;
    }

    /**
     * What it is in the order of, as searches write it; empty where it holds ids only.
     *
     * @param doc the {@code jsonb} column, without an alias
     */
    public String key(String doc) {
        DocumentAttribute attribute = attribute(doc);
        return switch (shape) {
            case NUMBERS, TEXTS -> attribute.indexed().literally();
            case LEAST_TEXTS, LEAST_NUMBERS -> attribute.least().literally();
            case GREATEST_TEXTS, GREATEST_NUMBERS -> attribute.greatest().literally();
            case ENDINGS -> attribute.ending().literally();
            case PARTS -> attribute.singleText().literally();
            case PRESENT, ABSENT, SOME, NONE -> "";
        };
    }

    /** Which documents it holds, as searches write it; {@code TRUE} for all. */
    public String condition(String doc) {
        DocumentAttribute attribute = attribute(doc);
        return switch (shape) {
            case NUMBERS,
                    TEXTS,
                    ENDINGS,
                    PARTS,
                    LEAST_TEXTS,
                    GREATEST_TEXTS,
                    LEAST_NUMBERS,
                    GREATEST_NUMBERS ->
                    "TRUE";
            case PRESENT, SOME -> attribute.present().grouped().literally();
            case ABSENT, NONE -> attribute.present().grouped().then("IS NOT TRUE").literally();
        };
    }

    private DocumentAttribute attribute(String doc) {
        boolean several =
                switch (shape) {
                    case NUMBERS, TEXTS, ENDINGS, PARTS, PRESENT, ABSENT -> false;
                    case LEAST_TEXTS, GREATEST_TEXTS, LEAST_NUMBERS, GREATEST_NUMBERS, SOME, NONE ->
                            true;
                };
        Kind kind =
                switch (shape) {
                    case NUMBERS, LEAST_NUMBERS, GREATEST_NUMBERS -> Kind.NUMBER;
                    case TEXTS,
                            ENDINGS,
                            PARTS,
                            LEAST_TEXTS,
                            GREATEST_TEXTS,
                            PRESENT,
                            ABSENT,
                            SOME,
                            NONE ->
                            Kind.TEXT;
                };
        return new DocumentAttribute(new Documents(doc, ""), DocumentPath.of(place, several), kind);
    }
}
