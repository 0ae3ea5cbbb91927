package dev.ostiary.platform.json;

import dev.ostiary.platform.json.Reading.Path;
import java.math.BigDecimal;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * What may stand in a text (P8): all of Unicode but NUL, which PostgreSQL cannot hold, and halves
 * of surrogate pairs. Numbers have at most 500 digits on either side of the point, which leaves no
 * number that anybody has out, and none in that takes more room than its text.
 *
 * @param wrongText what a text that may not stand contains, for the message
 * @param text which texts may stand
 * @param number which numbers may stand
 */
record Contents(String wrongText, Predicate<String> text, Predicate<JsonNode> number) {

    private static final int MAX_DIGITS = 500;

    /** What may stand in any body. */
    static final Contents ANY =
            new Contents(
                    "a character that is not allowed", Contents::wellFormed, Contents::inRange);

    /** What the original takes of Unicode: characters of at most three bytes in UTF-8. */
    static final Contents SHORT =
            new Contents(
                    "a character of more than three bytes in UTF-8",
                    text -> text.chars().noneMatch(unit -> Character.isSurrogate((char) unit)),
                    number -> true);

    /**
     * Looks at every string, name and number of a body.
     *
     * @throws dev.ostiary.platform.problem.ApiException {@code E0000001} naming every place that
     *     holds something else
     */
    void check(JsonNode body) {
        Reading reading = new Reading();
        check(body, Path.root("body"), reading);
        reading.finish();
    }

    private void check(JsonNode node, Path at, Reading reading) {
        if (node.isString()) {
            if (!text.test(node.stringValue())) {
                reading.wrong(at, "contains " + wrongText);
            }
        } else if (node.isNumber()) {
            if (!number.test(node)) {
                reading.wrong(at, "is out of range");
            }
        } else if (node.isObject()) {
            node.forEachEntry(
                    (name, value) -> {
                        if (text.test(name)) {
                            check(value, at.field(name), reading);
                        } else {
                            reading.wrong(at, "has a property name that contains " + wrongText);
                        }
                    });
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                check(node.get(i), at.item(i), reading);
            }
        }
    }

    private static boolean inRange(JsonNode number) {
        if (number.isInt() || number.isLong()) {
            return true;
        }
        BigDecimal value = number.decimalValue();
        return Math.abs((long) value.scale()) <= MAX_DIGITS
                && (long) value.precision() - value.scale() <= MAX_DIGITS;
    }

    private static boolean wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isLowSurrogate(c)) {
                return false;
            }
            if (Character.isHighSurrogate(c)) {
                if (i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }
}
