package dev.ostiary.server.hooks.filter;

import java.util.ArrayList;
import java.util.List;

/** Cuts a filter into words. */
final class Scanner {

    /** What a word is. */
    enum Kind {
        NAME,
        TEXT,
        NUMBER,
        SIGN,
        END
    }

    /**
     * A word.
     *
     * @param text of a text, without quotes
     * @param at where it stands, from 0
     */
    record Word(Kind kind, String text, int at) {
        boolean is(String sign) {
            return kind == Kind.SIGN && text.equals(sign);
        }
    }

    private static final String[] SIGNS = {
        ".?[", "&&", "||", "==", "!=", ">=", "<=", ">", "<", "!", ".", ",", "(", ")", "[", "]"
    };

    private final String text;
    private final List<Word> words = new ArrayList<>();
    private int at;

    private Scanner(String text) {
        this.text = text;
    }

    static List<Word> words(String text) throws InvalidFilter {
        Scanner scanner = new Scanner(text);
        scanner.scan();
        return List.copyOf(scanner.words);
    }

    private void scan() throws InvalidFilter {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
            } else if (c == '\'' || c == '"') {
                quoted(c);
            } else if (isDigit(c)
                    || c == '-' && at + 1 < text.length() && isDigit(text.charAt(at + 1))) {
                number();
            } else if (isLetter(c)) {
                name();
            } else {
                sign();
            }
        }
        words.add(new Word(Kind.END, "", at));
    }

    /** A quote in a text is written twice. */
    private void quoted(char quote) throws InvalidFilter {
        int start = at++;
        StringBuilder content = new StringBuilder();
        while (true) {
            if (at == text.length()) {
                throw new InvalidFilter(start, "a text without an end");
            }
            char c = text.charAt(at++);
            if (c != quote) {
                content.append(c);
            } else if (at < text.length() && text.charAt(at) == quote) {
                content.append(quote);
                at++;
            } else {
                words.add(new Word(Kind.TEXT, content.toString(), start));
                return;
            }
        }
    }

    private void number() throws InvalidFilter {
        int start = at++;
        while (at < text.length() && isDigit(text.charAt(at))) {
            at++;
        }
        if (at + 1 < text.length() && text.charAt(at) == '.' && isDigit(text.charAt(at + 1))) {
            at++;
            while (at < text.length() && isDigit(text.charAt(at))) {
                at++;
            }
        }
        if (at - start > 20) {
            throw new InvalidFilter(start, "a number of more than 20 characters");
        }
        words.add(new Word(Kind.NUMBER, text.substring(start, at), start));
    }

    private void name() {
        int start = at;
        while (at < text.length() && (isLetter(text.charAt(at)) || isDigit(text.charAt(at)))) {
            at++;
        }
        words.add(new Word(Kind.NAME, text.substring(start, at), start));
    }

    private void sign() throws InvalidFilter {
        for (String sign : SIGNS) {
            if (text.startsWith(sign, at)) {
                words.add(new Word(Kind.SIGN, sign, at));
                at += sign.length();
                return;
            }
        }
        throw new InvalidFilter(at, "an unexpected character");
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
    }
}
