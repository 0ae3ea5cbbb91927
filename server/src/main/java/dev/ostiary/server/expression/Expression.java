package dev.ostiary.server.expression;

import java.util.Optional;
import java.util.Set;

/**
 * An expression that was understood, ready to be evaluated as often as one likes. Immutable and
 * thread-safe.
 */
public final class Expression {

    private final Node node;
    private final Type type;
    private final Set<Function> called;

    private Expression(Node node, Type type, Set<Function> called) {
        this.node = node;
        this.type = type;
        this.called = Set.copyOf(called);
    }

    /**
     * Understands a text.
     *
     * @throws InvalidExpression for what is no expression, has names that mean nothing in the scope
     *     or parts of a type that does not fit, is longer than 16 384 characters or nested deeper
     *     than 64 levels
     */
    public static Expression compile(String text, Scope scope) throws InvalidExpression {
        Checker checker = new Checker(scope);
        Checker.Typed typed = checker.check(Parser.parse(text));
        return new Expression(typed.node(), typed.type(), checker.called());
    }

    /**
     * Understands a text that is a condition.
     *
     * @throws InvalidExpression also for one that is not true or false
     */
    public static Expression condition(String text, Scope scope) throws InvalidExpression {
        Syntax syntax = Parser.parse(text);
        Checker checker = new Checker(scope);
        return new Expression(checker.condition(syntax), Type.Simple.BOOLEAN, checker.called());
    }

    /** What it gives. */
    public Type type() {
        return type;
    }

    /** Whether it depends on the groups that somebody is in. */
    public boolean asksForGroups() {
        return called.stream().anyMatch(GroupFunction.class::isInstance);
    }

    /**
     * Its value; empty where it has none, such as for a text that is to be a number and is none.
     */
    public Optional<Value> value(Facts facts) {
        try {
            return Optional.of(new Evaluator(facts).value(node));
        } catch (Failure e) {
            return Optional.empty();
        }
    }

    /** Whether it is a condition that holds: not if it is false, nothing, or has no value. */
    public boolean holds(Facts facts) {
        return value(facts).filter(new Value.Flag(true)::equals).isPresent();
    }
}
