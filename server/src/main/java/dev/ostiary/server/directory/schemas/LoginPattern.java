package dev.ostiary.server.directory.schemas;

import dev.ostiary.platform.text.TextPattern;
import java.util.regex.Pattern;

/** The forms that a pattern of logins may have (Schemas, "Login pattern validation"). */
final class LoginPattern {

    private static final String ANYTHING = ".+";

    /**
     * Letters, digits, ranges of them, anything else behind a backslash; the hyphen itself first.
     */
    private static final Pattern SET =
            Pattern.compile(
                    "\\[-?(?:[a-zA-Z0-9](?:-[a-zA-Z0-9])?|\\\\[^a-zA-Z0-9\\s])+]\\+|\\[-]\\+");

    private LoginPattern() {}

    static boolean isAllowed(String pattern) {
        return pattern.equals(ANYTHING)
                || (SET.matcher(pattern).matches() && TextPattern.of(pattern).isPresent());
    }
}
