package dev.ostiary.platform.json;

import dev.ostiary.platform.json.Reading.Path;
import tools.jackson.databind.JsonNode;

/** What the original takes of Unicode: characters of at most three bytes in UTF-8 (P8). */
final class ShortCharacters {

    private ShortCharacters() {}

    /**
     * Looks at every string and name of a body.
     *
     * @throws dev.ostiary.platform.problem.ApiException {@code E0000001} naming every place that
     *     holds a longer character
     */
    static void check(JsonNode body) {
        Reading reading = new Reading();
        check(body, Path.root("body"), reading);
        reading.finish();
    }

    private static void check(JsonNode node, Path at, Reading reading) {
        if (node.isString()) {
            if (hasLong(node.stringValue())) {
                reading.wrong(at, "contains a character of more than three bytes in UTF-8");
            }
        } else if (node.isObject()) {
            node.forEachEntry(
                    (name, value) -> {
                        if (hasLong(name)) {
                            reading.wrong(
                                    at,
                                    "has a property name that contains a character of more than"
                                            + " three bytes in UTF-8");
                        } else {
                            check(value, at.field(name), reading);
                        }
                    });
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                check(node.get(i), at.item(i), reading);
            }
        }
    }

    private static boolean hasLong(String text) {
        return text.chars().anyMatch(unit -> Character.isSurrogate((char) unit));
    }
}
