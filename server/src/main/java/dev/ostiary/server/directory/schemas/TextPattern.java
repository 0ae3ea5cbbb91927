package dev.ostiary.server.directory.schemas;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression that an administrator gave to an attribute. Matching is bounded: an
 * expression can be built to take for ever on a short text, so that a text which takes more than
 * {@value #MOST_STEPS} steps does not match. Immutable and thread-safe.
 */
record TextPattern(Pattern pattern) {

    private static final int LONGEST = 1000;
    private static final int MOST_STEPS = 200_000;

    /** Empty for what is no expression, or an absurdly long one. */
    static Optional<TextPattern> of(String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            return Optional.of(new TextPattern(Pattern.compile(text)));
        } catch (PatternSyntaxException | StackOverflowError e) {
            return Optional.empty();
        }
    }

    /** Whether the whole text matches. */
    boolean matches(String text) {
        try {
            return pattern.matcher(new Counted(text, 0, text.length(), new int[1])).matches();
        } catch (TooManySteps | StackOverflowError e) {
            return false;
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
    private record Counted(String text, int from, int to, int[] steps) implements CharSequence {

        @Override
        public int length() {
            return to - from;
        }

        @Override
        public char charAt(int index) {
            if (++steps[0] > MOST_STEPS) {
                throw new TooManySteps();
            }
            return text.charAt(from + index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Counted(text, from + start, from + end, steps);
        }

        @Override
        public String toString() {
            return text.substring(from, to);
        }
    }
}
