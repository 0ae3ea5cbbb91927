package dev.ostiary.server.security.tokens;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** How long a token may go unused before it ends (P20). */
final class TokenWindow {

    /** What a token has unless something else is asked for. */
    static final Duration USUAL = Duration.ofDays(30);

    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofDays(365);
    private static final int LONGEST_TEXT = 40;

    private TokenWindow() {}

    /** The window that an ISO 8601 duration of seconds to days says; empty where it is none. */
    static Optional<Duration> parse(String text) {
        if (text.length() > LONGEST_TEXT) {
            return Optional.empty();
        }
        try {
            Duration window = Duration.parse(text);
            boolean fits = window.compareTo(LEAST) >= 0 && window.compareTo(MOST) <= 0;
            return fits ? Optional.of(Duration.ofSeconds(window.toSeconds())) : Optional.empty();
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** The window as the API writes it: whole days as days. */
    static String text(Duration window) {
        return window.equals(Duration.ofDays(window.toDays()))
                ? "P" + window.toDays() + "D"
                : window.toString();
    }
}
