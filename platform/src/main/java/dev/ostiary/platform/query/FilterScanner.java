package dev.ostiary.platform.query;

import dev.ostiary.platform.problem.ApiException;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The words, symbols and literals of one filter text, read from left to right. */
final class FilterScanner {

    private static final int MAX_PATH = 256;
    private static final int MAX_NUMBER = 64;
    private static final int MAX_EXPONENT = 400;
    private static final int MAX_EXPONENT_LENGTH = 9;

    /** A segment never starts with a digit: so none can be taken for the index of an array. */
    private static final Pattern PATH =
            Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*(?:\\.[A-Za-z_][A-Za-z0-9_-]*){0,7}");

    private static final Pattern NUMBER =
            Pattern.compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE]([+-]?[0-9]+))?");

    private final String text;
    private final FilterErrors errors;
    private int next;

    FilterScanner(String text, FilterErrors errors) {
        this.text = text;
        this.errors = errors;
    }

    String text() {
        return text;
    }

    /** Where the next token starts. */
    int position() {
        while (next < text.length() && isBlank(text.charAt(next))) {
            next++;
        }
        return next;
    }

    boolean atEnd() {
        return position() == text.length();
    }

    /** Takes a symbol if it is next. */
    boolean accepts(char symbol) {
        if (atEnd() || text.charAt(next) != symbol) {
            return false;
        }
        next++;
        return true;
    }

    /** Takes a keyword, in any case, if it is next. */
    boolean accepts(String keyword) {
        int end = wordEnd(position());
        if (end - next != keyword.length()
                || !text.regionMatches(true, next, keyword, 0, keyword.length())) {
            return false;
        }
        next = end;
        return true;
    }

    /** A run of letters, digits, {@code _}, {@code -} and {@code .}. */
    String word(String expected) {
        int end = wordEnd(position());
        if (end == next) {
            throw unexpected(expected);
        }
        String word = text.substring(next, end);
        next = end;
        return word;
    }

    String path() {
        int at = position();
        String word = word("an attribute name");
        boolean reserved = word.equalsIgnoreCase("and") || word.equalsIgnoreCase("or");
        if (reserved || word.length() > MAX_PATH || !PATH.matcher(word).matches()) {
            next = at;
            throw unexpected("an attribute name");
        }
        return word;
    }

    Literal literal() {
        if (atEnd()) {
            throw unexpected("a value");
        }
        if (text.charAt(next) == '"') {
            return new Literal.Text(JsonStrings.read(this));
        }
        int at = next;
        while (next < text.length() && !isDelimiter(text.charAt(next))) {
            next++;
        }
        String token = text.substring(at, next);
        return switch (token) {
            case "true" -> new Literal.Bool(true);
            case "false" -> new Literal.Bool(false);
            default -> number(token, at);
        };
    }

    private Literal number(String token, int at) {
        Matcher number = NUMBER.matcher(token);
        if (token.length() > MAX_NUMBER || !number.matches()) {
            next = at;
            throw unexpected("a quoted string,a number,true,false");
        }
        if (!isInRange(number.group(1))) {
            throw malformed("Number out of range at position " + at);
        }
        return new Literal.Numeric(new BigDecimal(token));
    }

    private static boolean isInRange(@Nullable String exponent) {
        return exponent == null
                || (exponent.length() <= MAX_EXPONENT_LENGTH
                        && Math.abs(Integer.parseInt(exponent)) <= MAX_EXPONENT);
    }

    /** The character at the reading position, or -1 at the end; blanks count. */
    int peek() {
        return next < text.length() ? text.charAt(next) : -1;
    }

    /** Takes the character at the reading position. */
    char take() {
        return text.charAt(next++);
    }

    ApiException malformed(String detail) {
        return errors.malformed(text, detail);
    }

    /** The refusal of whatever is next. */
    ApiException unexpected(String expected) {
        return atEnd()
                ? malformed(
                        "Unexpected end of filter at position %d. Expected: %s"
                                .formatted(next, expected))
                : malformed(
                        "Unexpected token '%s' at position %d. Expected: %s"
                                .formatted(shown(), next, expected));
    }

    private String shown() {
        int end = wordEnd(next);
        return end == next
                ? Character.toString(text.codePointAt(next))
                : text.substring(next, Math.min(end, next + MAX_NUMBER));
    }

    private int wordEnd(int from) {
        int end = from;
        while (end < text.length() && isWord(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isWord(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '_'
                || c == '-'
                || c == '.';
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    private static boolean isDelimiter(char c) {
        return isBlank(c) || c == '(' || c == ')' || c == '"';
    }
}
