package dev.ostiary.server.expression;

/**
 * How much work one evaluation may still do. A step is a part of the expression, or about as much
 * as looking at a few letters; so that an evaluation ends within milliseconds, whatever it is asked
 * to do.
 */
final class Budget {

    /** Steps of an evaluation. */
    static final int STEPS = 1_000_000;

    /** The longest text that there may be on the way, in UTF-16 units. */
    static final int LONGEST_TEXT = 64 * 1024;

    /** The longest list that there may be on the way. */
    static final int MOST_ITEMS = 10_000;

    private static final int LETTERS_A_STEP = 16;

    private long left = STEPS;

    /** Does some steps. */
    void spend(long steps) {
        left -= steps;
        if (left < 0) {
            throw new Failure("The evaluation takes too long");
        }
    }

    /** How many letters may still be looked at, one by one. */
    long looks() {
        return left * LETTERS_A_STEP;
    }

    /** Has looked at so many letters. */
    void looked(int letters) {
        spend(1 + letters / LETTERS_A_STEP);
    }

    /** Looks for one text in another. */
    void search(String text, String wanted) {
        spend(1 + (long) text.length() * (1 + wanted.length() / LETTERS_A_STEP) / LETTERS_A_STEP);
    }

    /** Goes through a text. */
    void read(String text) {
        spend(1 + text.length() / LETTERS_A_STEP);
    }

    /** Makes a text so long. */
    void text(long length) {
        if (length > LONGEST_TEXT) {
            throw new Failure("A text is too long");
        }
        spend(1 + length / LETTERS_A_STEP);
    }

    /** Makes a list so long. */
    void items(int size) {
        if (size > MOST_ITEMS) {
            throw new Failure("A list is too long");
        }
        spend(1 + size);
    }
}
