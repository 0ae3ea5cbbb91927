package dev.ostiary.platform.text;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression that came from outside. Matching is bounded: an expression can be built to
 * take for ever on a short text, so that a text which takes more than {@value #MOST_STEPS} steps
 * does not match. Immutable and thread-safe.
 */
public record TextPattern(Pattern pattern) {

    private static final int LONGEST = 1000;
    private static final int MOST_STEPS = 200_000;

    /** A number of repetitions. */
    private static final Pattern REPETITION = Pattern.compile("\\{([0-9]+)(?:,([0-9]*))?}");

    /** Of repetitions within repetitions: what is repeated may be empty, and never be looked at. */
    private static final long MOST_REPETITIONS = 1_000_000;

    /**
     * Empty for what is no expression, an absurdly long one, or one that repeats absurdly often.
     */
    public static Optional<TextPattern> of(String text) {
        if (text.isEmpty() || text.length() > LONGEST || repetitions(text) > MOST_REPETITIONS) {
            return Optional.empty();
        }
        try {
            return Optional.of(new TextPattern(Pattern.compile(text)));
        } catch (PatternSyntaxException | StackOverflowError e) {
            return Optional.empty();
        }
    }

    /** How often the innermost part could be repeated if all of them were within each other. */
    private static long repetitions(String text) {
        long product = 1;
        Matcher found = REPETITION.matcher(text);
        while (found.find() && product <= MOST_REPETITIONS) {
            product *= Math.max(count(found.group(1)), count(found.group(2)));
        }
        return product;
    }

    private static long count(@Nullable String digits) {
        if (digits == null || digits.isEmpty()) {
            return 1;
        }
        return digits.length() > 6 ? MOST_REPETITIONS + 1 : Math.max(1, Long.parseLong(digits));
    }

    /**
     * What came of comparing a text.
     *
     * @param matches whether the whole text matches
     * @param complete whether it could be found out
     * @param steps what it took
     */
    public record Attempt(boolean matches, boolean complete, int steps) {}

    /** Whether the whole text matches. */
    public boolean matches(String text) {
        return attempt(text, MOST_STEPS).matches();
    }

    /** As {@link #matches}, in so many steps at most, if that is less. */
    public Attempt attempt(String text, long atMost) {
        int most = (int) Math.min(atMost, MOST_STEPS);
        int[] steps = new int[1];
        try {
            CharSequence counted = new Counted(text, 0, text.length(), steps, most);
            return new Attempt(pattern.matcher(counted).matches(), true, steps[0]);
        } catch (TooManySteps | StackOverflowError e) {
            return new Attempt(false, false, steps[0]);
        }
    }

    private static final class TooManySteps extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooManySteps() {
            super("too many steps", null, false, false);
        }
    }

    /**
     * A text that lets itself be looked at so often and no more: the matcher sees each letter here.
     */
    private record Counted(String text, int from, int to, int[] steps, int most)
            implements CharSequence {

        @Override
        public int length() {
            return to - from;
        }

        @Override
        public char charAt(int index) {
            if (++steps[0] > most) {
                throw new TooManySteps();
            }
            return text.charAt(from + index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Counted(text, from + start, from + end, steps, most);
        }

        @Override
        public String toString() {
            return text.substring(from, to);
        }
    }
}
