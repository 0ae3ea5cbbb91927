package dev.ostiary.server.expression;

import java.util.List;

/**
 * Cuts a text into words, literals and signs, one at a time. Each character is looked at a bounded
 * number of times.
 */
final class Scanner {

    private static final int LONGEST_SHOWN = 40;

    /** What may stand between two tokens. */
    private static final String BETWEEN = " \t\r\n";

    /** Longer ones first, so that none is taken for the beginning of another. */
    private static final List<String> SIGNS =
            List.of(
                    ".![", "==", "!=", "<=", ">=", "&&", "||", "?:", "<", ">", "!", "?", ":", "+",
                    "-", "(", ")", "{", "}", "[", "]", ",", ".");

    /** What a token is. */
    enum Kind {
        WORD,
        TEXT,
        WHOLE,
        DECIMAL,
        SIGN,
        END
    }

    /**
     * One token.
     *
     * @param text as it is meant: a literal without its quotes
     */
    record Token(Kind kind, String text, int at) {

        boolean is(String sign) {
            return kind == Kind.SIGN && text.equals(sign);
        }

        boolean isWord(String word) {
            return kind == Kind.WORD && text.equalsIgnoreCase(word);
        }
    }

    private final String text;
    private int position;
    private Token next;

    Scanner(String text) throws InvalidExpression {
        this.text = text;
        this.next = new Token(Kind.END, "", 0);
        advance();
    }

    /** What comes next; it stays there. */
    Token peek() {
        return next;
    }

    /** What comes next, and goes on. */
    Token take() throws InvalidExpression {
        Token taken = next;
        advance();
        return taken;
    }

    /** Takes a sign if it is next. */
    boolean accepts(String sign) throws InvalidExpression {
        if (next.is(sign)) {
            advance();
            return true;
        }
        return false;
    }

    /** Takes a word, in any case, if it is next. */
    boolean acceptsWord(String word) throws InvalidExpression {
        if (next.isWord(word)) {
            advance();
            return true;
        }
        return false;
    }

    /** Takes a sign that has to be next. */
    void expect(String sign) throws InvalidExpression {
        if (!accepts(sign)) {
            throw unexpected("'" + sign + "'");
        }
    }

    /** That what comes next cannot be there. */
    InvalidExpression unexpected(String expected) {
        return new InvalidExpression(
                next.kind() == Kind.END
                        ? "Unexpected end of the expression. Expected: " + expected
                        : "Unexpected %s at position %d. Expected: %s"
                                .formatted(shown(next.text()), next.at(), expected));
    }

    private static String shown(String text) {
        return text.length() <= LONGEST_SHOWN
                ? "'" + text + "'"
                : "'" + text.substring(0, LONGEST_SHOWN) + "…'";
    }

    private void advance() throws InvalidExpression {
        while (position < text.length() && BETWEEN.indexOf(text.charAt(position)) >= 0) {
            position++;
        }
        next = position == text.length() ? new Token(Kind.END, "", position) : scan();
    }

    private Token scan() throws InvalidExpression {
        char first = text.charAt(position);
        if (first == '"' || first == '\'') {
            return literal(first);
        }
        if (isDigit(first)) {
            return number();
        }
        if (isWordStart(first)) {
            return word();
        }
        for (String sign : SIGNS) {
            if (text.startsWith(sign, position)) {
                position += sign.length();
                return new Token(Kind.SIGN, sign, position - sign.length());
            }
        }
        if (first == '=') {
            throw new InvalidExpression(
                    "Assignment is not possible, at position %d. Expected: '=='"
                            .formatted(position));
        }
        throw new InvalidExpression(
                "Unexpected %s at position %d".formatted(shown(character()), position));
    }

    private String character() {
        return Character.toString(text.codePointAt(position));
    }

    /** A quote within is doubled; a backslash is a backslash. */
    private Token literal(char quote) throws InvalidExpression {
        int start = position++;
        StringBuilder meant = new StringBuilder();
        while (position < text.length()) {
            char c = text.charAt(position++);
            if (c != quote) {
                meant.append(c);
            } else if (position < text.length() && text.charAt(position) == quote) {
                meant.append(quote);
                position++;
            } else {
                return new Token(Kind.TEXT, meant.toString(), start);
            }
        }
        throw new InvalidExpression(
                "The string that begins at position %d does not end".formatted(start));
    }

    private Token number() {
        int start = position;
        skipDigits();
        boolean decimal =
                position + 1 < text.length()
                        && text.charAt(position) == '.'
                        && isDigit(text.charAt(position + 1));
        if (decimal) {
            position++;
            skipDigits();
        }
        return new Token(
                decimal ? Kind.DECIMAL : Kind.WHOLE, text.substring(start, position), start);
    }

    private void skipDigits() {
        while (position < text.length() && isDigit(text.charAt(position))) {
            position++;
        }
    }

    private Token word() {
        int start = position;
        while (position < text.length() && isWordPart(text.charAt(position))) {
            position++;
        }
        return new Token(Kind.WORD, text.substring(start, position), start);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isWordStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
    }

    private static boolean isWordPart(char c) {
        return isWordStart(c) || isDigit(c);
    }
}
