package dev.ostiary.platform.json;

import dev.ostiary.platform.json.Reading.Path;
import tools.jackson.databind.JsonNode;

/**
 * Which characters may stand in a text (P8): all of Unicode but NUL, which PostgreSQL cannot hold,
 * and halves of surrogate pairs.
 */
final class Characters {

    private Characters() {}

    /**
     * Looks at every string and name of a body.
     *
     * @throws dev.ostiary.platform.problem.ApiException {@code E0000001} naming every place that
     *     holds such a character
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
