package dev.ostiary.platform.json;

import dev.ostiary.platform.json.Reading.Path;
import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;

/**
 * What may stand in a text (P8): all of Unicode but NUL, which PostgreSQL cannot hold, and halves
 * of surrogate pairs. Numbers have at most 500 digits on either side of the point, which leaves no
 * number that anybody has out, and none in that takes more room than its text.
 */
final class Contents {

    private static final int MAX_DIGITS = 500;

    private Contents() {}

    /**
     * Looks at every string, name and number of a body.
     *
     * @throws dev.ostiary.platform.problem.ApiException {@code E0000001} naming every place that
     *     holds something else
     */
    static void check(JsonNode body) {
        Reading reading = new Reading();
        check(body, Path.root("body"), reading);
        reading.finish();
    }

    private static void check(JsonNode node, Path at, Reading reading) {
        if (node.isString()) {
            if (!wellFormed(node.stringValue())) {
                reading.wrong(at, "contains a character that is not allowed");
            }
        } else if (node.isNumber()) {
            if (!inRange(node)) {
                reading.wrong(at, "is out of range");
            }
        } else if (node.isObject()) {
            node.forEachEntry(
                    (name, value) -> {
                        if (wellFormed(name)) {
                            check(value, at.field(name), reading);
                        } else {
                            reading.wrong(
                                    at,
                                    "has a property name that contains a character that is not allowed");
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
