package dev.ostiary.server.systemlog;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What keywords mean, said once more and without SQL. */
final class KeywordMeaning {

    private KeywordMeaning() {}

    /** Whether each keyword stands in any value, as whole words, in any case. */
    static boolean mentions(JsonNode event, String... keywords) {
        return Arrays.stream(keywords)
                .allMatch(keyword -> leaves(event).anyMatch(value -> has(value, keyword)));
    }

    private static Stream<String> leaves(JsonNode node) {
        if (node.isContainer()) {
            return node.values().stream().flatMap(KeywordMeaning::leaves);
        }
        return node.isNull() ? Stream.empty() : Stream.of(node.asString());
    }

    private static boolean has(String value, String keyword) {
        String text = value.toLowerCase(Locale.ROOT);
        String word = keyword.toLowerCase(Locale.ROOT);
        for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
            int end = at + word.length();
            boolean begins =
                    at == 0 || !wordly(text.codePointBefore(at)) || !wordly(word.codePointAt(0));
            boolean ends =
                    end == text.length()
                            || !wordly(text.codePointAt(end))
                            || !wordly(word.codePointBefore(word.length()));
            if (begins && ends) {
                return true;
            }
        }
        return false;
    }

    private static boolean wordly(int c) {
        return c >= 0x80 || Character.isLetterOrDigit(c);
    }
}
