package dev.ostiary.platform.query;

import dev.ostiary.platform.query.Filter.And;
import dev.ostiary.platform.query.Filter.Comparison;
import dev.ostiary.platform.query.Filter.Not;
import dev.ostiary.platform.query.Filter.Or;
import dev.ostiary.platform.query.Filter.Present;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * P27 in plain Java over plain JSON, written from the promise and without a look at the SQL: what
 * the database answers is held against it.
 *
 * @param folds whether text compares without case
 * @param isDate whether the attribute of a path is a date
 */
record Evaluator(boolean folds, Predicate<String> isDate) {

    boolean matches(Filter filter, JsonNode object) {
        return switch (filter) {
            case And(var terms) -> terms.stream().allMatch(term -> matches(term, object));
            case Or(var terms) -> terms.stream().anyMatch(term -> matches(term, object));
            case Not(var term) -> !matches(term, object);
            case Present(var path, _) -> isPresent(object, List.of(path.split("\\.")));
            case Comparison(var path, var operator, var literal, _) ->
                    values(object, List.of(path.split("\\."))).stream()
                            .anyMatch(v -> holds(v, operator, literal, isDate.test(path)));
        };
    }

    private static boolean isPresent(JsonNode node, List<String> path) {
        if (path.isEmpty()) {
            boolean emptyText = node.isString() && node.stringValue().isEmpty();
            return !(node.isMissingNode()
                    || node.isNull()
                    || emptyText
                    || (node.isContainer() && node.isEmpty()));
        }
        List<String> rest = path.subList(1, path.size());
        if (node.isArray()) {
            return elements(node).stream().anyMatch(element -> isPresent(element, path));
        }
        return isPresent(node.path(path.getFirst()), rest);
    }

    private static List<JsonNode> values(JsonNode node, List<String> path) {
        if (node.isArray()) {
            List<JsonNode> all = new ArrayList<>();
            elements(node).forEach(element -> all.addAll(values(element, path)));
            return all;
        }
        return path.isEmpty()
                ? List.of(node)
                : values(node.path(path.getFirst()), path.subList(1, path.size()));
    }

    private static List<JsonNode> elements(JsonNode array) {
        List<JsonNode> elements = new ArrayList<>();
        array.forEach(elements::add);
        return elements;
    }

    private boolean holds(JsonNode value, Operator operator, Literal literal, boolean date) {
        return switch (literal) {
            case Literal.Text(var text) when date && value.isString() ->
                    ordered(Instant.parse(value.stringValue()), operator, Instant.parse(text));
            case Literal.Text(var text) ->
                    value.isString()
                            && !value.stringValue().isEmpty()
                            && holds(cased(value.stringValue()), operator, cased(text));
            case Literal.Numeric(var number) ->
                    value.isNumber() && ordered(new BigDecimal(value.toString()), operator, number);
            case Literal.Bool(var bool) ->
                    value.isBoolean() && ordered(value.booleanValue(), operator, bool);
            case Literal.Moment _ -> throw new IllegalArgumentException("the parser makes none");
        };
    }

    private String cased(String text) {
        return folds ? CaseFold.fold(text) : text;
    }

    private static boolean holds(String value, Operator operator, String text) {
        return switch (operator) {
            case SW -> value.startsWith(text);
            case CO -> value.contains(text);
            case EW -> value.endsWith(text);
            case EQ, NE, GT, GE, LT, LE, PR -> ordered(CODE_POINTS.compare(value, text), operator);
        };
    }

    private static final Comparator<String> CODE_POINTS =
            (a, b) -> {
                int[] left = a.codePoints().toArray();
                int[] right = b.codePoints().toArray();
                return Arrays.compare(left, right);
            };

    private static <T extends Comparable<T>> boolean ordered(T value, Operator operator, T other) {
        return ordered(value.compareTo(other), operator);
    }

    private static boolean ordered(int sign, Operator operator) {
        return switch (operator) {
            case EQ -> sign == 0;
            case NE -> sign != 0;
            case GT -> sign > 0;
            case GE -> sign >= 0;
            case LT -> sign < 0;
            case LE -> sign <= 0;
            case SW, CO, EW, PR -> throw new IllegalArgumentException(operator.wire());
        };
    }
}
