package dev.ostiary.platform.query;

import dev.ostiary.platform.store.Sql;

/** The trigram index over all words of a search document, set before an exact condition. */
final class Words {

    /** Fewer letters in a row make no trigram, and would read the whole index. */
    private static final int TRIGRAM = 3;

    private Words() {}

    /** The exact condition, narrowed by the index where the text has enough letters for it. */
    static Sql narrowing(String words, Operator operator, String folded, Sql exact) {
        boolean substring =
                operator == Operator.SW || operator == Operator.CO || operator == Operator.EW;
        if (!substring || words.isEmpty() || longestRun(folded) < TRIGRAM) {
            return exact;
        }
        return Sql.of(words + " LIKE ? AND", "%" + Conditions.like(folded) + "%").then(exact);
    }

    private static int longestRun(String text) {
        int longest = 0;
        int run = 0;
        for (int c : text.codePoints().toArray()) {
            run = Character.isLetterOrDigit(c) ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return longest;
    }
}
