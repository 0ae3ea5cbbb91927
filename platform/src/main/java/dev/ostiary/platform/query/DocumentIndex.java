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
            case ENDINGS -> attribute.ending().literally();
            case PARTS -> attribute.singleText().literally();
            case PRESENT, ABSENT, SOME, NONE -> "";
        };
    }

    /** Which documents it holds, as searches write it; {@code TRUE} for all. */
    public String condition(String doc) {
        DocumentAttribute attribute = attribute(doc);
        return switch (shape) {
            case NUMBERS, TEXTS, ENDINGS, PARTS -> "TRUE";
            case PRESENT, SOME -> attribute.present().grouped().literally();
            case ABSENT, NONE -> attribute.present().grouped().then("IS NOT TRUE").literally();
        };
    }

    private DocumentAttribute attribute(String doc) {
        return new DocumentAttribute(
                new Documents(doc, ""),
                DocumentPath.of(place, shape == Shape.SOME || shape == Shape.NONE),
                shape == Shape.NUMBERS ? Kind.NUMBER : Kind.TEXT);
    }
}
