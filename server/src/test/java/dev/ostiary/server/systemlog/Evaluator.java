package dev.ostiary.server.systemlog;

import dev.ostiary.platform.query.Filter;
import dev.ostiary.platform.query.Literal;
import dev.ostiary.platform.query.Operator;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What filters and keywords mean, said once more and without SQL (P26, P27). */
final class Evaluator {

    private Evaluator() {}

    static boolean matches(Filter filter, JsonNode event) {
        return switch (filter) {
            case Filter.And(List<Filter> terms) -> terms.stream().allMatch(t -> matches(t, event));
            case Filter.Or(List<Filter> terms) -> terms.stream().anyMatch(t -> matches(t, event));
            case Filter.Not(Filter term) -> !matches(term, event);
            case Filter.Present(String path, int at) ->
                    values(event, path).stream().anyMatch(Evaluator::present)
                            || (path.equals("target") && !event.get("target").isEmpty());
            case Filter.Comparison(String path, Operator op, Literal literal, int at) ->
                    values(event, path).stream().anyMatch(v -> compares(v, op, literal));
        };
    }

    /** Every value at a path; arrays on the way and at its end count element by element. */
    private static List<JsonNode> values(JsonNode event, String path) {
        List<JsonNode> now = List.of(event);
        for (String name : path.split("\\.")) {
            List<JsonNode> next = new ArrayList<>();
            for (JsonNode node : now) {
                JsonNode value = node.get(name);
                if (value != null) {
                    elements(value).forEach(next::add);
                }
            }
            now = next;
        }
        return now;
    }

    private static Stream<JsonNode> elements(JsonNode value) {
        return value.isArray() ? value.values().stream() : Stream.of(value);
    }

    private static boolean present(JsonNode value) {
        return !value.isNull()
                && !(value.isString() && value.stringValue().isEmpty())
                && !(value.isContainer() && value.isEmpty());
    }

    private static boolean compares(JsonNode value, Operator op, Literal literal) {
        if (!present(value)) {
            return false;
        }
        return switch (literal) {
            case Literal.Text(String text) -> value.isString() && text(value, op, text);
            case Literal.Numeric(BigDecimal number) ->
                    value.isNumber() && ordered(value.decimalValue().compareTo(number), op);
            case Literal.Bool(boolean bool) ->
                    value.isBoolean() && (value.booleanValue() == bool) == (op == Operator.EQ);
            case Literal.Moment moment -> throw new IllegalArgumentException();
        };
    }

    private static boolean text(JsonNode node, Operator op, String text) {
        String value = node.stringValue();
        return switch (op) {
            case SW -> value.startsWith(text);
            case CO -> value.contains(text);
            case EW -> value.endsWith(text);
            case EQ, NE, GT, GE, LT, LE, PR ->
                    ordered(
                            Arrays.compareUnsigned(
                                    value.getBytes(StandardCharsets.UTF_8),
                                    text.getBytes(StandardCharsets.UTF_8)),
                            op);
        };
    }

    private static boolean ordered(int comparison, Operator op) {
        return switch (op) {
            case EQ -> comparison == 0;
            case NE -> comparison != 0;
            case GT -> comparison > 0;
            case GE -> comparison >= 0;
            case LT -> comparison < 0;
            case LE -> comparison <= 0;
            case SW, CO, EW, PR -> throw new IllegalArgumentException(op.wire());
        };
    }

    /** Whether each keyword stands in any value, as whole words, in any case. */
    static boolean mentions(JsonNode event, String... keywords) {
        return Arrays.stream(keywords)
                .allMatch(keyword -> leaves(event).anyMatch(value -> has(value, keyword)));
    }

    private static Stream<String> leaves(JsonNode node) {
        if (node.isContainer()) {
            return node.values().stream().flatMap(Evaluator::leaves);
        }
        return node.isNull() ? Stream.empty() : Stream.of(node.asString());
    }

    private static boolean has(String value, String keyword) {
        String text = value.toLowerCase(Locale.ROOT);
        String word = keyword.toLowerCase(Locale.ROOT);
        for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
            int end = at + word.length();
            boolean begins =
                    at == 0 || !wordly(text.codePointBefore(at)) || !wordly(word.codePointAt(0));
            boolean ends =
                    end == text.length()
                            || !wordly(text.codePointAt(end))
                            || !wordly(word.codePointBefore(word.length()));
            if (begins && ends) {
                return true;
            }
        }
        return false;
    }

    private static boolean wordly(int c) {
        return c >= 0x80 || Character.isLetterOrDigit(c);
    }
}
