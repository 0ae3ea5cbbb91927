package dev.ostiary.platform.http;

import java.util.List;
import java.util.Locale;

/**
 * A query as events may show it: values of parameters that sound like secrets are left out. A query
 * may be as long as the request's head, so it is walked once, parameter by parameter: a pattern
 * that looks for the words anywhere takes time that grows with the square of the length, and one
 * request of 100 kB then kept a processor for minutes.
 */
final class LoggedQuery {

    private static final List<String> SECRETS =
            List.of("token", "password", "secret", "code", "answer", "okta_key");

    private LoggedQuery() {}

    static String of(String rawQuery) {
        StringBuilder shown = new StringBuilder(Math.min(rawQuery.length(), 4096));
        int start = 0;
        while (start <= rawQuery.length()) {
            int ampersand = rawQuery.indexOf('&', start);
            int end = ampersand < 0 ? rawQuery.length() : ampersand;
            append(shown, rawQuery.substring(start, end));
            if (ampersand >= 0) {
                shown.append('&');
            }
            start = end + 1;
        }
        return shown.toString();
    }

    private static void append(StringBuilder shown, String parameter) {
        int equals = parameter.indexOf('=');
        if (equals >= 0 && soundsSecret(parameter.substring(0, equals))) {
            shown.append(parameter, 0, equals).append("=***");
        } else {
            shown.append(parameter);
        }
    }

    private static boolean soundsSecret(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return SECRETS.stream().anyMatch(lower::contains);
    }
}
