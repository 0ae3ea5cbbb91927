package dev.ostiary.server.systemlog;

import dev.ostiary.platform.query.CaseFold;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The characters that differ from one another only in case. A pattern that lists them needs no
 * case-insensitive matching from the database, whose idea of case depends on its locale. Immutable.
 */
final class CaseVariants {

    /** Beyond this code point no character has a case. */
    private static final int LAST = 0x1FFFF;

    private static final Map<String, List<String>> BY_FOLD = byFold();

    private CaseVariants() {}

    /** All characters that fold to the same as this one. */
    static List<String> of(int codePoint) {
        String folded = CaseFold.fold(Character.toString(codePoint));
        return BY_FOLD.getOrDefault(folded, List.of(folded));
    }

    private static Map<String, List<String>> byFold() {
        Map<String, List<String>> found = new HashMap<>();
        for (int c = 0; c <= LAST; c++) {
            String character = Character.toString(c);
            String folded = CaseFold.fold(character);
            if (!folded.equals(character)) {
                found.computeIfAbsent(folded, f -> new ArrayList<>(List.of(f))).add(character);
            }
        }
        return Map.copyOf(found);
    }
}
