package dev.ostiary.server.expression;

import dev.ostiary.platform.text.TextPattern;
import java.util.List;
import java.util.Map;

/**
 * An expression as {@link Checker} understood it: every name is resolved, every part has a type
 * that fits where it stands. Immutable and as deep as the {@link Syntax} that it came from.
 */
sealed interface Node {

    /** A literal. */
    record Constant(Value value) implements Node {}

    /** What a name stands for. */
    record Variable(String name) implements Node {}

    /** An attribute; of nothing it is nothing. */
    record Attribute(Node of, String name) implements Node {}

    /** An element of a list; beyond its end it is nothing. */
    record Element(Node of, Node index) implements Node {}

    /** What a function gives. */
    record Invocation(Function function, List<Node> arguments) implements Node {}

    /** A list. */
    record Items(List<Node> items) implements Node {}

    /** What groups are searched by. */
    record Criteria(Map<String, Node> wanted) implements Node {}

    /** An attribute of each element of a list. */
    record Projection(Node of, List<String> path) implements Node {}

    /** Whether a condition does not hold. */
    record Not(Node of) implements Node {}

    /** Whether all hold; those behind one that does not are not looked at. */
    record All(List<Node> terms) implements Node {}

    /** Whether any holds; those behind it are not looked at. */
    record Any(List<Node> terms) implements Node {}

    /** Two values against each other. */
    record Comparison(Operator operator, Node left, Node right) implements Node {}

    /** Whether a text matches. */
    record Match(Node of, TextPattern pattern) implements Node {}

    /** Whether the name of a group that somebody is in matches. */
    record GroupNameMatch(TextPattern pattern) implements Node {}

    /** Texts one after the other. */
    record Concatenation(List<Node> terms) implements Node {}

    /** The sum of numbers. */
    record Sum(List<Node> terms) implements Node {}

    /** A condition and what is chosen when it holds. */
    record When(Node condition, Node chosen) {}

    /** What the first condition that holds chooses. */
    record Choice(List<When> cases, Node otherwise) implements Node {}

    /** Something, or something else where that is nothing or an empty text. */
    record OrElse(Node of, Node otherwise) implements Node {}
}
