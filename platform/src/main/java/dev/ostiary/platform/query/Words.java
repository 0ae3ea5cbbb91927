package dev.ostiary.platform.query;

import dev.ostiary.platform.store.Sql;
import java.util.ArrayList;
import java.util.List;

/**
 * The trigram index over all words of a search document, set before an exact condition.
 *
 * <p>PostgreSQL takes a pattern apart into trigrams, and into those of the edges of its words, too:
 * {@code r-0123} asks for {@code 012} and {@code 123}, but also for every document in which some
 * word begins with {@code 0}. In an org that numbers its people that is all of them, and the index
 * reads a list as long as the org. So a long run of letters is asked for by itself, without edges:
 * its own trigrams say as much. A short run keeps its edges, which are most of what it says; but
 * beside a long number it is left out, since texts that differ in their numbers mostly have the
 * word in common ({@code City 1186}), and its lists are as long as the org. What the parts have in
 * common only together is left to the exact condition.
 */
final class Words {

    /** Fewer letters in a row make no trigram, and would read the whole index. */
    static final int TRIGRAM = 3;

    /** So many letters in a row are told well enough without the edges of their word. */
    private static final int LONG = 4;

    /** Any of the parts narrow; each costs planning. */
    private static final int MOST_PARTS = 8;

    /** What PostgreSQL puts before and behind a word whose edge the pattern shows. */
    private static final int BEFORE = 2;

    private static final int BEHIND = 1;

    private Words() {}

    /** The exact condition, narrowed by the index where the text has enough letters for it. */
    static Sql narrowing(String words, Operator operator, String folded, Sql exact) {
        boolean substring =
                operator == Operator.SW || operator == Operator.CO || operator == Operator.EW;
        if (!substring || words.isEmpty()) {
            return exact;
        }
        List<Run> runs = runs(folded);
        if (runs.stream().noneMatch(run -> run.length() >= TRIGRAM)) {
            return exact;
        }
        Sql narrowed = exact;
        List<String> parts = parts(folded, runs);
        for (String part : parts.subList(0, Math.min(parts.size(), MOST_PARTS)).reversed()) {
            narrowed =
                    Sql.of(words + " LIKE ? AND", "%" + Conditions.like(part) + "%").then(narrowed);
        }
        return narrowed;
    }

    /** Whether a part says much to the index. */
    static boolean hasLongRun(String folded) {
        return runs(folded).stream().anyMatch(run -> run.length() >= LONG);
    }

    /** Letters and digits in a row: places in the text, and how many characters they are. */
    private record Run(int from, int to, int length) {}

    private static List<Run> runs(String text) {
        List<Run> runs = new ArrayList<>();
        int from = -1;
        int length = 0;
        for (int at = 0; at < text.length(); ) {
            int c = text.codePointAt(at);
            if (Character.isLetterOrDigit(c)) {
                from = from < 0 ? at : from;
                length++;
            } else if (from >= 0) {
                runs.add(new Run(from, at, length));
                from = -1;
                length = 0;
            }
            at += Character.charCount(c);
        }
        if (from >= 0) {
            runs.add(new Run(from, text.length(), length));
        }
        return runs;
    }

    /** Each long run, and what stands between them as far as the index can be asked for it. */
    private static List<String> parts(String text, List<Run> runs) {
        boolean numbered = runs.stream().anyMatch(run -> isLongNumber(text, run));
        List<String> parts = new ArrayList<>();
        int from = 0;
        boolean telling = false;
        for (Run run : runs) {
            if (run.length() >= LONG) {
                if (telling && !numbered) {
                    parts.add(text.substring(from, run.from()));
                }
                parts.add(text.substring(run.from(), run.to()));
                from = run.to();
                telling = false;
            } else {
                int before = run.from() > from ? BEFORE : 0;
                int behind = run.to() < text.length() ? BEHIND : 0;
                telling |= before + run.length() + behind >= TRIGRAM;
            }
        }
        if (telling && !numbered) {
            parts.add(text.substring(from));
        }
        return parts;
    }

    private static boolean isLongNumber(String text, Run run) {
        return run.length() >= LONG
                && text.substring(run.from(), run.to()).codePoints().anyMatch(Character::isDigit);
    }
}
