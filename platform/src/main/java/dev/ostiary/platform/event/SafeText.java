package dev.ostiary.platform.event;

/** Text that PostgreSQL's {@code jsonb} accepts: without NUL, without lone surrogates, bounded. */
final class SafeText {

    private static final char REPLACEMENT = '\uFFFD';

    private SafeText() {}

    /** The text itself where nothing is wrong with it. */
    static String of(String text, int maxLength) {
        String bounded = text.length() > maxLength ? text.substring(0, maxLength) : text;
        for (int i = 0; i < bounded.length(); i++) {
            if (isBad(bounded, i)) {
                return replaced(bounded);
            }
        }
        return bounded;
    }

    private static String replaced(String text) {
        StringBuilder safe = new StringBuilder(text);
        for (int i = 0; i < text.length(); i++) {
            if (isBad(text, i)) {
                safe.setCharAt(i, REPLACEMENT);
            }
        }
        return safe.toString();
    }

    private static boolean isBad(String text, int i) {
        char c = text.charAt(i);
        if (c == 0) {
            return true;
        }
        if (Character.isHighSurrogate(c)) {
            return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
        }
        return Character.isLowSurrogate(c)
                && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
    }
}
