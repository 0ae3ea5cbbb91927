package dev.ostiary.platform.query.meaning;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.problem.ApiException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** P26 once more: first into tokens, then into a meaning. String literals are read as JSON. */
final class Grammar {

    private static final int LONGEST = 16 * 1024;
    private static final int DEEPEST = 64;
    private static final int LARGEST_EXPONENT = 400;

    private static final Set<String> OPERATORS =
            Set.of("eq", "ne", "gt", "ge", "lt", "le", "sw", "co", "ew");
    private static final Pattern NAMES =
            Pattern.compile("[A-Za-z_][\\w-]*(\\.[A-Za-z_][\\w-]*){0,7}");
    private static final Pattern HEXADECIMAL = Pattern.compile("[0-9A-Fa-f]{4}");
    private static final Pattern NUMBER =
            Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE]([+-]?\\d+))?");

    private final Deque<String> tokens = new ArrayDeque<>();

    private Grammar(String text) {
        int at = 0;
        while (at < text.length()) {
            int end = end(text, at);
            if (" \t\r\n".indexOf(text.charAt(at)) < 0) {
                tokens.add(text.substring(at, end));
            }
            at = end;
        }
    }

    /**
     * The meaning of a text.
     *
     * @throws NotUnderstood if it is no expression
     */
    static Meaning read(String text) {
        if (text.length() > LONGEST) {
            throw new NotUnderstood("too long");
        }
        Grammar grammar = new Grammar(text);
        Meaning meaning = grammar.alternatives(0);
        if (!grammar.tokens.isEmpty()) {
            throw new NotUnderstood("something follows");
        }
        return meaning;
    }

    private static int end(String text, int at) {
        if (" \t\r\n()".indexOf(text.charAt(at)) >= 0) {
            return at + 1;
        }
        int end = at + 1;
        if (text.charAt(at) == '"') {
            while (end < text.length() && text.charAt(end) != '"') {
                end += text.charAt(end) == '\\' ? 2 : 1;
            }
            return Math.min(end + 1, text.length());
        }
        while (end < text.length() && " \t\r\n()\"".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    private Meaning alternatives(int depth) {
        Meaning meaning = together(depth);
        while (takes("or")) {
            meaning = new Meaning.Either(meaning, together(depth));
        }
        return meaning;
    }

    private Meaning together(int depth) {
        Meaning meaning = single(depth);
        while (takes("and")) {
            meaning = new Meaning.Both(meaning, single(depth));
        }
        return meaning;
    }

    private Meaning single(int depth) {
        if (depth > DEEPEST) {
            throw new NotUnderstood("too deep");
        }
        if (takes("not")) {
            return new Meaning.Opposite(single(depth + 1));
        }
        if (takes("(")) {
            if (depth == DEEPEST) {
                throw new NotUnderstood("too deep");
            }
            Meaning inner = alternatives(depth + 1);
            if (!takes(")")) {
                throw new NotUnderstood("not closed");
            }
            return inner;
        }
        return comparison();
    }

    private boolean takes(String word) {
        if (tokens.isEmpty() || !lower(tokens.peek()).equals(word)) {
            return false;
        }
        tokens.remove();
        return true;
    }

    private Meaning comparison() {
        String path = next();
        if (path.length() > 256
                || !NAMES.matcher(path).matches()
                || Set.of("and", "or", "not").contains(lower(path))) {
            throw new NotUnderstood("no attribute");
        }
        String operator = lower(next());
        if (operator.equals("pr")) {
            return new Meaning.Has(path);
        }
        if (!OPERATORS.contains(operator)) {
            throw new NotUnderstood("no operator");
        }
        return new Meaning.Compared(path, operator, literal(next()));
    }

    private static JsonNode literal(String token) {
        if (token.startsWith("\"")) {
            return json(token);
        }
        return switch (token) {
            case "true" -> JsonNodeFactory.instance.booleanNode(true);
            case "false" -> JsonNodeFactory.instance.booleanNode(false);
            default -> number(token);
        };
    }

    private static JsonNode number(String token) {
        Matcher number = NUMBER.matcher(token);
        if (token.length() > 64 || !number.matches()) {
            throw new NotUnderstood("no literal");
        }
        String exponent = number.group(4);
        if (exponent != null
                && (exponent.length() > 9
                        || Math.abs(Integer.parseInt(exponent)) > LARGEST_EXPONENT)) {
            throw new NotUnderstood("no number that anyone has");
        }
        return json(token);
    }

    private static JsonNode json(String token) {
        if (!hasHexadecimalEscapes(token)) {
            throw new NotUnderstood("no JSON");
        }
        try {
            return Json.parse(token);
        } catch (ApiException e) {
            throw new NotUnderstood("no JSON");
        }
    }

    /**
     * The JSON parser looks at the last eight bits of a digit, so that it takes U+0130 for a zero.
     */
    private static boolean hasHexadecimalEscapes(String token) {
        for (int at = token.indexOf('\\'); at >= 0; at = token.indexOf('\\', at + 2)) {
            int digits = at + 2;
            if (token.startsWith("u", at + 1)
                    && !HEXADECIMAL
                            .matcher(token)
                            .region(digits, Math.min(digits + 4, token.length()))
                            .matches()) {
                return false;
            }
        }
        return true;
    }

    private String next() {
        String token = tokens.poll();
        if (token == null) {
            throw new NotUnderstood("an end");
        }
        return token;
    }

    private static String lower(String token) {
        return token.toLowerCase(Locale.ROOT);
    }
}
