package dev.ostiary.server.hooks.filter;

import dev.ostiary.server.hooks.filter.Node.Function;
import dev.ostiary.server.hooks.filter.Node.Operator;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A condition on events. Immutable and thread-safe.
 *
 * <p>Nothing in it fails on an event: what is not there is null, null equals null alone, and what
 * cannot be compared does not match. An event that would take too much work does not match either.
 */
public final class EventFilter {

    /** The longest text. */
    public static final int LONGEST = 4096;

    private static final int MOST_STEPS = 20_000;
    private static final JsonNodeFactory VALUES = JsonNodeFactory.instance;

    private final Node node;

    private EventFilter(Node node) {
        this.node = node;
    }

    /**
     * Reads a filter.
     *
     * @throws InvalidFilter if it is none, too long or too deep
     */
    public static EventFilter of(String text) throws InvalidFilter {
        if (text.length() > LONGEST) {
            throw new InvalidFilter(LONGEST, "it is longer than " + LONGEST + " characters");
        }
        return new EventFilter(Parser.parse(text));
    }

    /** Whether it holds for an event, as the System Log shows events. */
    public boolean matches(JsonNode event) {
        Walk walk = new Walk();
        return walk.holds(node, event) && walk.steps <= MOST_STEPS;
    }

    /** One evaluation. */
    private static final class Walk {

        private int steps;

        boolean holds(Node condition, JsonNode subject) {
            JsonNode value = value(condition, subject);
            return value.isBoolean() && value.booleanValue();
        }

        private JsonNode value(Node at, JsonNode subject) {
            if (++steps > MOST_STEPS) {
                return VALUES.nullNode();
            }
            return switch (at) {
                case Node.Constant constant -> constant.value();
                case Node.Subject here -> subject;
                case Node.Property property ->
                        present(value(property.of(), subject).path(property.name()));
                case Node.Element element ->
                        present(value(element.of(), subject).path(element.index()));
                case Node.Selection selection -> select(selection, subject);
                case Node.Call call -> call(call, subject);
                case Node.Not not -> bool(!holds(not.of(), subject));
                case Node.All all ->
                        bool(all.terms().stream().allMatch(term -> holds(term, subject)));
                case Node.Any any ->
                        bool(any.terms().stream().anyMatch(term -> holds(term, subject)));
                case Node.Comparison comparison ->
                        bool(
                                compare(
                                        comparison.operator(),
                                        value(comparison.left(), subject),
                                        value(comparison.right(), subject)));
            };
        }

        private JsonNode select(Node.Selection selection, JsonNode subject) {
            ArrayNode chosen = VALUES.arrayNode();
            JsonNode list = value(selection.of(), subject);
            if (list.isArray()) {
                for (JsonNode element : list) {
                    if (holds(selection.condition(), element)) {
                        chosen.add(element);
                    }
                }
            }
            return chosen;
        }

        private JsonNode call(Node.Call call, JsonNode subject) {
            JsonNode of = value(call.of(), subject);
            return switch (call.function()) {
                case SIZE -> VALUES.numberNode(size(of));
                case IS_EMPTY -> bool(size(of) == 0);
                case CONTAINS, STARTS_WITH, ENDS_WITH ->
                        bool(
                                compare(
                                        operator(call.function()),
                                        of,
                                        value(call.arguments().getFirst(), subject)));
                case TO_LOWER_CASE ->
                        of.isString()
                                ? VALUES.stringNode(of.stringValue().toLowerCase(Locale.ROOT))
                                : of;
                case TO_UPPER_CASE ->
                        of.isString()
                                ? VALUES.stringNode(of.stringValue().toUpperCase(Locale.ROOT))
                                : of;
            };
        }

        private static Operator operator(Function function) {
            return switch (function) {
                case STARTS_WITH -> Operator.SW;
                case ENDS_WITH -> Operator.EW;
                case CONTAINS, SIZE, IS_EMPTY, TO_LOWER_CASE, TO_UPPER_CASE -> Operator.CO;
            };
        }

        private static int size(JsonNode of) {
            return of.isString() ? of.stringValue().length() : of.size();
        }

        private static boolean compare(Operator operator, JsonNode left, JsonNode right) {
            return switch (operator) {
                case EQ -> same(left, right);
                case NE -> !same(left, right);
                case GT -> ordered(left, right) && order(left, right) > 0;
                case GE -> ordered(left, right) && order(left, right) >= 0;
                case LT -> ordered(left, right) && order(left, right) < 0;
                case LE -> ordered(left, right) && order(left, right) <= 0;
                case CO ->
                        left.isArray()
                                ? left.valueStream().anyMatch(element -> same(element, right))
                                : texts(left, right)
                                        && left.stringValue().contains(right.stringValue());
                case SW -> texts(left, right) && left.stringValue().startsWith(right.stringValue());
                case EW -> texts(left, right) && left.stringValue().endsWith(right.stringValue());
            };
        }

        private static boolean same(JsonNode left, JsonNode right) {
            return left.isNumber() && right.isNumber()
                    ? left.decimalValue().compareTo(right.decimalValue()) == 0
                    : left.equals(right);
        }

        private static boolean ordered(JsonNode left, JsonNode right) {
            return left.isNumber() && right.isNumber() || texts(left, right);
        }

        private static int order(JsonNode left, JsonNode right) {
            return left.isNumber()
                    ? left.decimalValue().compareTo(right.decimalValue())
                    : left.stringValue().compareTo(right.stringValue());
        }

        private static boolean texts(JsonNode left, JsonNode right) {
            return left.isString() && right.isString();
        }

        private static JsonNode present(JsonNode node) {
            return node.isMissingNode() ? VALUES.nullNode() : node;
        }

        private static JsonNode bool(boolean value) {
            return VALUES.booleanNode(value);
        }
    }
}
