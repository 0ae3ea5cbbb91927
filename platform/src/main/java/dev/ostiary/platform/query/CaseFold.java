package dev.ostiary.platform.query;

/**
 * The one lower-casing that makes a comparison case-insensitive: of columns, of search documents
 * and of what they are compared with.
 *
 * <p>Each code point is folded by itself, up and then down, as {@link String#equalsIgnoreCase}
 * does: so the fold of a prefix is a prefix of the fold (lower-casing a whole string writes a final
 * sigma differently), no language rules apply, and nothing depends on the database's locale.
 * Diacritics stay significant (Users, "List Users with Search").
 */
public final class CaseFold {

    private CaseFold() {}

    /** The folded text; the same string if it is folded already. */
    public static String fold(String text) {
        if (text.codePoints().allMatch(c -> fold(c) == c)) {
            return text;
        }
        StringBuilder folded = new StringBuilder(text.length());
        text.codePoints().map(CaseFold::fold).forEach(folded::appendCodePoint);
        return folded.toString();
    }

    private static int fold(int codePoint) {
        return Character.toLowerCase(Character.toUpperCase(codePoint));
    }
}
