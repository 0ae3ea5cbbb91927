package dev.ostiary.platform.query;

import dev.ostiary.platform.problem.ApiException;

/** The string literals of the filter language: JSON strings (RFC 8259 section 7), all escapes. */
final class JsonStrings {

    private JsonStrings() {}

    /** Reads the string whose opening quote is next. NUL and lone surrogates are refused (P8). */
    static String read(FilterScanner scanner) {
        int start = scanner.position();
        scanner.take();
        StringBuilder value = new StringBuilder();
        while (scanner.peek() != '"') {
            value.append(character(scanner, start));
        }
        scanner.take();
        String read = value.toString();
        if (read.indexOf('\0') >= 0) {
            throw scanner.malformed("NUL in the string at position " + start);
        }
        if (!isWellFormed(read)) {
            throw scanner.malformed("Lone surrogate in the string at position " + start);
        }
        return read;
    }

    /** Whether every surrogate has its other half. */
    static boolean isWellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean pair =
                        Character.isHighSurrogate(c)
                                && i + 1 < text.length()
                                && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    private static char character(FilterScanner scanner, int start) {
        if (scanner.peek() < 0) {
            throw scanner.malformed(
                    "Unterminated string at position %d. Expected: '\"'".formatted(start));
        }
        if (scanner.peek() < ' ') {
            throw scanner.malformed(
                    "Control character in the string at position %d. Expected: an escape"
                            .formatted(start));
        }
        char c = scanner.take();
        return c == '\\' ? escaped(scanner, start) : c;
    }

    private static char escaped(FilterScanner scanner, int start) {
        int c = scanner.peek() < 0 ? -1 : scanner.take();
        return switch (c) {
            case '"', '\\', '/' -> (char) c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unit(scanner, start);
            default -> throw badEscape(scanner, start);
        };
    }

    private static char unit(FilterScanner scanner, int start) {
        int unit = 0;
        for (int i = 0; i < 4; i++) {
            int digit = hex(scanner.peek());
            if (digit < 0) {
                throw badEscape(scanner, start);
            }
            scanner.take();
            unit = unit * 16 + digit;
        }
        return (char) unit;
    }

    /** The value of an ASCII digit; {@code Character.digit} would take those of other scripts. */
    private static int hex(int c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        int lower = c | 0x20;
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }

    private static ApiException badEscape(FilterScanner scanner, int start) {
        return scanner.malformed(
                "Bad escape in the string at position %d. Expected: one of \"\\/bfnrtu"
                        .formatted(start));
    }
}
