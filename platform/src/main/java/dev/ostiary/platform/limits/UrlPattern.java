package dev.ostiary.platform.limits;

import dev.ostiary.platform.contract.PathTemplate;
import java.util.List;

/**
 * A path of the table: literal segments, and variables in braces, alone or after a literal
 * beginning ({@code office365{appType}}).
 *
 * @param text as the table writes it
 * @param segments its segments; none for {@code /}
 */
record UrlPattern(String text, List<String> segments) {

    /** How a pattern and a published path stand to each other. */
    enum Fit {
        /** Every request of the path fits. */
        ALWAYS,
        /** It depends on the values of the path's variables. */
        SOMETIMES,
        /** No request of the path fits. */
        NEVER
    }

    static UrlPattern of(String text) {
        return new UrlPattern(
                text, text.equals("/") ? List.of() : List.of(text.substring(1).split("/")));
    }

    /**
     * Whether the decoded segments of a request fit.
     *
     * @param exact whether nothing may follow
     */
    boolean covers(List<String> actual, boolean exact) {
        if (exact ? actual.size() != segments.size() : actual.size() < segments.size()) {
            return false;
        }
        for (int i = 0; i < segments.size(); i++) {
            if (!covers(segments.get(i), actual.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** How a published path fits. */
    Fit fit(PathTemplate path, boolean exact) {
        List<String> actual = path.segments();
        if (exact ? actual.size() != segments.size() : actual.size() < segments.size()) {
            return Fit.NEVER;
        }
        Fit fit = Fit.ALWAYS;
        for (int i = 0; i < segments.size(); i++) {
            boolean free = actual.get(i).startsWith("{");
            if (free && !segments.get(i).startsWith("{")) {
                fit = Fit.SOMETIMES;
            } else if (!free && !covers(segments.get(i), actual.get(i))) {
                return Fit.NEVER;
            }
        }
        return fit;
    }

    private static boolean covers(String pattern, String actual) {
        int brace = pattern.indexOf('{');
        return brace < 0
                ? pattern.equals(actual)
                : !actual.isEmpty() && actual.startsWith(pattern.substring(0, brace));
    }

    /**
     * Of two patterns that fit the same path, the more specific one has the greater weight: first
     * the longer one, then the one with more literal text.
     */
    int weight() {
        int literal = 0;
        for (String segment : segments) {
            int brace = segment.indexOf('{');
            literal += brace < 0 ? segment.length() + 1 : brace;
        }
        return segments.size() * 1000 + literal;
    }
}
