package dev.ostiary.server.systemlog;

import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Sql;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The keyword filter {@code q} (System Log API, "Keyword filter"): an event matches if each keyword
 * occurs in any of its values, in any case, as whole words: {@code jane} is in {@code
 * jane@example.com}, not in {@code Janet}; {@code 2JIR} is in {@code XOxBw-2JIR}. Letters and
 * digits of ASCII and everything beyond ASCII make words, all else ends them.
 *
 * @param words the keywords as sent
 */
record Keywords(List<String> words) {

    private static final int MOST = 10;
    private static final int LONGEST = 40;

    private static final String IN_WORD = "[0-9A-Za-z\u0080-\uD7FF\uE000-\uDBFF\uDFFF]";
    private static final String BETWEEN = "[^" + IN_WORD.substring(1);

    /**
     * Reads keywords separated by white space; none at all match every event.
     *
     * @throws ApiException {@code E0000001} for one that is too long, or too many
     */
    static Keywords parse(String q) {
        List<String> words =
                Arrays.stream(q.strip().split("[\\s\\p{Z}]+")).filter(w -> !w.isEmpty()).toList();
        if (words.stream().anyMatch(w -> w.codePointCount(0, w.length()) > LONGEST)) {
            throw refused(
                    "Freeform search cannot contain items longer than 40 characters. Please shorten"
                            + " the items in your search or use an advanced filter to query by"
                            + " specific fields.");
        }
        if (words.size() > MOST) {
            throw refused(
                    "Freeform search cannot contain more than 10 items. Please remove some of the"
                            + " items in your search or use an advanced filter to query by specific"
                            + " fields.");
        }
        if (words.stream().anyMatch(w -> w.indexOf('\0') >= 0)) {
            throw refused("Freeform search cannot contain control characters.");
        }
        return new Keywords(words);
    }

    private static ApiException refused(String message) {
        return ApiException.validation("'q': " + message, "q: " + message);
    }

    /** The condition on an event's body; empty where there is no keyword. */
    Sql condition(String body) {
        return Sql.join(
                " AND ",
                words.stream()
                        .map(
                                word ->
                                        Sql.of(
                                                "EXISTS (SELECT 1 FROM jsonb_path_query("
                                                        + body
                                                        + ", '$.**') AS v(j) WHERE jsonb_typeof(v.j)"
                                                        + " NOT IN ('object', 'array', 'null') AND"
                                                        + " ((v.j #>> '{}') COLLATE \"C\") ~ ?)",
                                                pattern(word)))
                        .toList());
    }

    private static String pattern(String word) {
        int first = word.codePointAt(0);
        int last = word.codePointBefore(word.length());
        return (inWord(first) ? "(?:^|" + BETWEEN + ")" : "")
                + word.codePoints().mapToObj(Keywords::oneOf).collect(Collectors.joining())
                + (inWord(last) ? "(?:$|" + BETWEEN + ")" : "");
    }

    private static String oneOf(int codePoint) {
        if (!inWord(codePoint)) {
            return "\\" + Character.toString(codePoint);
        }
        return "[" + String.join("", CaseVariants.of(codePoint)) + "]";
    }

    private static boolean inWord(int c) {
        return c >= 0x80
                || (c >= '0' && c <= '9')
                || (c >= 'A' && c <= 'Z')
                || (c >= 'a' && c <= 'z');
    }
}
