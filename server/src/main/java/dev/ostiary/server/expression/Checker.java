package dev.ostiary.server.expression;

import dev.ostiary.platform.text.TextPattern;
import dev.ostiary.server.expression.Type.Simple;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds out what is meant: which function a call is, what a name stands for, and whether each part
 * is of a type that fits where it stands. One for each expression.
 */
final class Checker {

    private final Scope scope;
    private final Calls calls;

    /** A part with its type. */
    record Typed(Node node, Type type) {}

    Checker(Scope scope) {
        this.scope = scope;
        this.calls = new Calls(scope, this);
    }

    /** Which functions the expression calls. */
    Set<Function> called() {
        return new HashSet<>(calls.called());
    }

    Typed check(Syntax syntax) throws InvalidExpression {
        return switch (syntax) {
            case Syntax.Literal(Value value, Type type, _) ->
                    new Typed(new Node.Constant(value), type);
            case Syntax.Name name -> variable(name);
            case Syntax.Property property -> attribute(property);
            case Syntax.Call call -> calls.check(call);
            case Syntax.ListOf(List<Syntax> items, _) -> items(items);
            case Syntax.MapOf map -> criteria(map);
            case Syntax.Index index -> element(index);
            case Syntax.Projection projection -> projection(projection);
            case Syntax.Not(Syntax of, _) -> new Typed(new Node.Not(condition(of)), Simple.BOOLEAN);
            case Syntax.And(List<Syntax> terms, _) ->
                    new Typed(new Node.All(conditions(terms)), Simple.BOOLEAN);
            case Syntax.Or(List<Syntax> terms, _) ->
                    new Typed(new Node.Any(conditions(terms)), Simple.BOOLEAN);
            case Syntax.Plus(List<Syntax> terms, int at) -> plus(terms, at);
            case Syntax.Comparison comparison -> comparison(comparison);
            case Syntax.Matches matches -> matches(matches);
            case Syntax.Choice choice -> choice(choice);
            case Syntax.OrElse(Syntax of, Syntax otherwise, _) -> {
                Typed first = check(of);
                Typed last = check(otherwise);
                yield new Typed(
                        new Node.OrElse(first.node(), last.node()),
                        Type.either(first.type(), last.type()));
            }
        };
    }

    /** A part that has to be true or false. */
    Node condition(Syntax syntax) throws InvalidExpression {
        Typed typed = check(syntax);
        if (typed.type() != Simple.BOOLEAN && !Type.isUnknown(typed.type())) {
            throw mismatch(syntax, Simple.BOOLEAN.title(), typed.type());
        }
        return typed.node();
    }

    static InvalidExpression mismatch(Syntax syntax, String wanted, Type found) {
        return new InvalidExpression(
                "Expected %s at position %d, found %s"
                        .formatted(wanted, syntax.at(), found.title()));
    }

    private List<Node> conditions(List<Syntax> terms) throws InvalidExpression {
        List<Node> conditions = new ArrayList<>();
        for (Syntax term : terms) {
            conditions.add(condition(term));
        }
        return conditions;
    }

    private Typed variable(Syntax.Name name) throws InvalidExpression {
        Type type = scope.variables().get(name.name());
        if (type == null) {
            throw new InvalidExpression(
                    "Invalid property %s at position %d".formatted(cut(name.name()), name.at()));
        }
        return new Typed(new Node.Variable(name.name()), type);
    }

    private Typed attribute(Syntax.Property property) throws InvalidExpression {
        Typed of = check(property.of());
        Node.Attribute attribute = new Node.Attribute(of.node(), property.name());
        if (of.type() instanceof Type.Thing thing) {
            Type type =
                    thing.attribute(property.name())
                            .orElseThrow(
                                    () ->
                                            new InvalidExpression(
                                                    "Invalid property %s in expression %s"
                                                            .formatted(
                                                                    cut(property.name()),
                                                                    cut(path(property)))));
            return new Typed(attribute, type);
        }
        if (of.type() == Simple.ANY) {
            return new Typed(attribute, Simple.ANY);
        }
        throw new InvalidExpression(
                "Invalid property %s at position %d: %s has no properties"
                        .formatted(cut(property.name()), property.at(), of.type().title()));
    }

    private static String path(Syntax syntax) {
        if (syntax instanceof Syntax.Property(Syntax of, String name, _)) {
            return path(of) + "." + name;
        }
        return syntax instanceof Syntax.Name(String name, _) ? name : "…";
    }

    /** Names of any length are shown by their beginning. */
    static String cut(String name) {
        return name.length() <= 100 ? name : name.substring(0, 100) + "…";
    }

    private Typed items(List<Syntax> items) throws InvalidExpression {
        List<Node> nodes = new ArrayList<>();
        Type element = Simple.NOTHING;
        for (Syntax item : items) {
            Typed typed = check(item);
            if (typed.type() == Simple.CRITERIA) {
                throw mismatch(item, "a value", typed.type());
            }
            nodes.add(typed.node());
            element = Type.either(element, typed.type());
        }
        return new Typed(new Node.Items(nodes), new Type.ArrayOf(element));
    }

    private Typed criteria(Syntax.MapOf map) throws InvalidExpression {
        Map<String, Node> wanted = new LinkedHashMap<>();
        for (Syntax.Entry entry : map.entries()) {
            Typed typed = check(entry.wanted());
            Criterion.check(entry, typed);
            if (wanted.put(entry.key(), typed.node()) != null) {
                throw new InvalidExpression(
                        "The key at position %d is there twice".formatted(entry.at()));
            }
        }
        Criterion.checkTogether(map, wanted.keySet());
        return new Typed(new Node.Criteria(wanted), Simple.CRITERIA);
    }

    private Typed element(Syntax.Index index) throws InvalidExpression {
        Typed of = check(index.of());
        Typed at = check(index.index());
        if (!(of.type() instanceof Type.ArrayOf) && of.type() != Simple.ANY) {
            throw mismatch(index.of(), "Array", of.type());
        }
        if (!Signature.Want.WHOLE.takes(at.type())) {
            throw mismatch(index.index(), Simple.INTEGER.title(), at.type());
        }
        return new Typed(new Node.Element(of.node(), at.node()), ArrayFunction.element(of.type()));
    }

    private Typed projection(Syntax.Projection projection) throws InvalidExpression {
        Typed of = check(projection.of());
        if (!(of.type() instanceof Type.ArrayOf(Type element))) {
            throw mismatch(projection.of(), "Array", of.type());
        }
        Type type = element;
        for (String name : projection.path()) {
            if (!(type instanceof Type.Thing thing) || thing.attribute(name).isEmpty()) {
                throw new InvalidExpression(
                        "Invalid property %s in the projection at position %d"
                                .formatted(cut(name), projection.at()));
            }
            type = thing.attribute(name).orElseThrow();
        }
        return new Typed(new Node.Projection(of.node(), projection.path()), new Type.ArrayOf(type));
    }

    /** Numbers have a sum; whatever else there is, is joined as text. */
    private Typed plus(List<Syntax> terms, int at) throws InvalidExpression {
        List<Node> nodes = new ArrayList<>();
        Type sum = Simple.INTEGER;
        boolean numeric = true;
        for (Syntax term : terms) {
            Typed typed = check(term);
            if (!(typed.type() instanceof Simple) || typed.type() == Simple.CRITERIA) {
                throw mismatch(term, "String or Number", typed.type());
            }
            nodes.add(typed.node());
            numeric &= Type.isNumeric(typed.type());
            sum = typed.type() == Simple.NUMBER ? Simple.NUMBER : sum;
        }
        return numeric
                ? new Typed(new Node.Sum(nodes), sum)
                : new Typed(new Node.Concatenation(nodes), Simple.TEXT);
    }

    private Typed comparison(Syntax.Comparison comparison) throws InvalidExpression {
        Typed left = check(comparison.left());
        Typed right = check(comparison.right());
        boolean fits =
                comparison.operator().isOrder()
                        ? isOrdered(left.type())
                                && isOrdered(right.type())
                                && Type.areComparable(left.type(), right.type())
                        : left.type() != Simple.CRITERIA
                                && right.type() != Simple.CRITERIA
                                && Type.areComparable(left.type(), right.type());
        if (!fits) {
            throw new InvalidExpression(
                    "'%s' at position %d cannot compare %s with %s"
                            .formatted(
                                    comparison.operator().sign(),
                                    comparison.at(),
                                    left.type().title(),
                                    right.type().title()));
        }
        return new Typed(
                new Node.Comparison(comparison.operator(), left.node(), right.node()),
                Simple.BOOLEAN);
    }

    private static boolean isOrdered(Type type) {
        return Type.isUnknown(type)
                || Type.isNumeric(type)
                || type == Simple.TEXT
                || type == Simple.MOMENT;
    }

    private Typed matches(Syntax.Matches matches) throws InvalidExpression {
        Typed left = check(matches.left());
        if (!Signature.Want.TEXT.takes(left.type())) {
            throw mismatch(matches.left(), Simple.TEXT.title(), left.type());
        }
        return new Typed(new Node.Match(left.node(), pattern(matches.right())), Simple.BOOLEAN);
    }

    /** A regular expression is a literal: so it is read once, and found out before it is used. */
    static TextPattern pattern(Syntax syntax) throws InvalidExpression {
        if (syntax instanceof Syntax.Literal(Value.Text(String text), _, _)) {
            return TextPattern.of(text)
                    .orElseThrow(
                            () ->
                                    new InvalidExpression(
                                            "Invalid regular expression at position %d"
                                                    .formatted(syntax.at())));
        }
        throw new InvalidExpression(
                "Expected a regular expression as a literal at position %d".formatted(syntax.at()));
    }

    private Typed choice(Syntax.Choice choice) throws InvalidExpression {
        List<Node.When> cases = new ArrayList<>();
        Type type = Simple.NOTHING;
        for (Syntax.When each : choice.cases()) {
            Node condition = condition(each.condition());
            Typed chosen = check(each.chosen());
            cases.add(new Node.When(condition, chosen.node()));
            type = Type.either(type, chosen.type());
        }
        Typed otherwise = check(choice.otherwise());
        return new Typed(
                new Node.Choice(cases, otherwise.node()), Type.either(type, otherwise.type()));
    }
}
