package dev.ostiary.server.hooks.filter;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** A filter as it was read. Immutable; its depth is bounded by the parser. */
sealed interface Node {

    /** A text, a number, a boolean or null. */
    record Constant(JsonNode value) implements Node {}

    /** What is judged: the event, or in a selection the element. */
    record Subject() implements Node {}

    /** A property; of what has none, nothing. */
    record Property(Node of, String name) implements Node {}

    /** An element of a list; beyond its end, nothing. */
    record Element(Node of, int index) implements Node {}

    /** The elements of a list for which a condition holds. */
    record Selection(Node of, Node condition) implements Node {}

    /** What a function gives. */
    record Call(Node of, Function function, List<Node> arguments) implements Node {}

    record Not(Node of) implements Node {}

    record All(List<Node> terms) implements Node {}

    record Any(List<Node> terms) implements Node {}

    record Comparison(Operator operator, Node left, Node right) implements Node {}

    /** How two values are compared. */
    enum Operator {
        EQ,
        NE,
        GT,
        GE,
        LT,
        LE,
        CO,
        SW,
        EW
    }

    /** What can be asked of a value. */
    enum Function {
        SIZE("size", 0),
        IS_EMPTY("isEmpty", 0),
        CONTAINS("contains", 1),
        STARTS_WITH("startsWith", 1),
        ENDS_WITH("endsWith", 1),
        TO_LOWER_CASE("toLowerCase", 0),
        TO_UPPER_CASE("toUpperCase", 0);

        private final String name;
        private final int arguments;

        Function(String name, int arguments) {
            this.name = name;
            this.arguments = arguments;
        }

        String text() {
            return name;
        }

        int arguments() {
            return arguments;
        }
    }
}
