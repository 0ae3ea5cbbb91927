package dev.ostiary.server.expression;

import dev.ostiary.platform.text.TextPattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Finds the value of an expression for somebody. One for each evaluation.
 *
 * <p>Why it ends, and soon. The language has no names that an expression could give, so nothing can
 * refer to itself, and no loops: each part of the text is evaluated at most once, or once for each
 * group where a projection stands. So only single steps could be long, and there are three ways to
 * make one so. A text can be made to grow, since {@code replace} may put in more than it takes out
 * and can be nested: no text on the way grows beyond a bound. A search for a long text in a long
 * text can look at each letter of one for each of the other: such work is paid for from a budget
 * that one evaluation has. And a regular expression can be built to go back and forth for ever: its
 * matcher sees the text through something that counts its looks. What goes beyond a bound is a
 * {@link Failure}: the expression has no value then, and whoever asked whether a condition holds
 * hears that it does not.
 *
 * <p>Why it cannot do anything else. An expression names attributes and functions. Attributes are
 * looked up in what {@link Facts} give, which are values and not objects of the program; the
 * functions are constants of this package, and which one is meant was settled before the first
 * evaluation. There is no way from a text to a class, a method or a resource.
 *
 * <p>What is missing. An attribute that nobody set is nothing, and nothing is not an error: it is
 * the empty text to a function of texts, no element to one of lists, and false to an operator of
 * conditions. {@code ==} tells it from the empty text, as documented ("Check for null and blank
 * attributes"). In an order nothing has no place: {@code user.salary < 10} does not hold for whom
 * no salary is known, and neither does {@code user.salary >= 10} (the same as P27 says of filters).
 *
 * <p>Conditions are looked at from left to right, and no further than needed.
 */
final class Evaluator {

    private final Facts facts;
    private final Budget budget = new Budget();
    private final Groups groups;
    private final Times times;
    private final Texts texts = new Texts(budget);
    private final Lists lists = new Lists(budget);
    private final People people;

    Evaluator(Facts facts) {
        this.facts = facts;
        this.groups = new Groups(facts, budget);
        this.times = new Times(facts, budget);
        this.people = new People(facts);
    }

    Value value(Node node) {
        budget.spend(1);
        return switch (node) {
            case Node.Constant(Value value) -> value;
            case Node.Variable(String name) -> facts.variable(name);
            case Node.Attribute(Node of, String name) -> attribute(value(of), name);
            case Node.Element(Node of, Node index) ->
                    Lists.get(lists.items(value(of)), Values.whole(value(index)));
            case Node.Invocation(Function function, List<Node> arguments) ->
                    invoke(function, values(arguments));
            case Node.Items(List<Node> items) -> new Value.Items(values(items));
            case Node.Criteria(Map<String, Node> wanted) -> criteria(wanted);
            case Node.Projection(Node of, List<String> path) ->
                    projection(lists.items(value(of)), path);
            case Node.Not(Node of) -> new Value.Flag(!holds(of));
            case Node.All(List<Node> terms) -> new Value.Flag(all(terms));
            case Node.Any(List<Node> terms) -> new Value.Flag(any(terms));
            case Node.Comparison(Operator operator, Node left, Node right) ->
                    new Value.Flag(compare(operator, value(left), value(right)));
            case Node.Match(Node of, TextPattern pattern) ->
                    new Value.Flag(texts.matches(pattern, value(of)));
            case Node.GroupNameMatch(TextPattern pattern) ->
                    new Value.Flag(groups.anyName(name -> texts.matches(pattern, name)));
            case Node.Concatenation(List<Node> terms) -> texts.join("", values(terms));
            case Node.Sum(List<Node> terms) -> sum(values(terms));
            case Node.Choice(List<Node.When> cases, Node otherwise) -> choice(cases, otherwise);
            case Node.OrElse(Node of, Node otherwise) -> {
                Value found = value(of);
                yield Values.isBlank(found) ? value(otherwise) : found;
            }
        };
    }

    private Value invoke(Function function, List<Value> arguments) {
        return switch (function) {
            case TextFunction text -> texts.value(text, arguments);
            case ArrayFunction array -> lists.value(array, arguments);
            case ConversionFunction conversion -> Conversions.value(conversion, arguments);
            case CountryFunction country -> Countries.value(country, arguments);
            case TimeFunction time -> times.value(time, arguments);
            case MomentFunction moment -> times.value(moment, arguments);
            case GroupFunction group -> groups.value(group, arguments);
            case PersonFunction person -> people.value(person, arguments);
        };
    }

    private boolean holds(Node node) {
        return Values.holds(value(node));
    }

    private boolean all(List<Node> terms) {
        for (Node term : terms) {
            if (!holds(term)) {
                return false;
            }
        }
        return true;
    }

    private boolean any(List<Node> terms) {
        for (Node term : terms) {
            if (holds(term)) {
                return true;
            }
        }
        return false;
    }

    private List<Value> values(List<Node> nodes) {
        List<Value> values = new ArrayList<>(nodes.size());
        for (Node node : nodes) {
            values.add(value(node));
        }
        return values;
    }

    private static Value attribute(Value of, String name) {
        if (of instanceof Value.Thing(Value.Attributes attributes)) {
            return attributes.get(name);
        }
        if (of == Value.NOTHING) {
            return Value.NOTHING;
        }
        throw new Failure("A value has no properties");
    }

    private Value criteria(Map<String, Node> wanted) {
        Map<String, Value> values = new HashMap<>();
        wanted.forEach((key, node) -> values.put(key, value(node)));
        return new Value.Criteria(values);
    }

    private Value projection(List<Value> items, List<String> path) {
        List<Value> found = new ArrayList<>();
        for (Value item : items) {
            Value value = item;
            for (String name : path) {
                budget.spend(1);
                value = attribute(value, name);
            }
            found.add(value);
        }
        return new Value.Items(found);
    }

    private boolean compare(Operator operator, Value left, Value right) {
        if (!operator.isOrder()) {
            return Values.areSame(left, right, budget) == (operator == Operator.EQUAL);
        }
        OptionalInt order = Values.order(left, right, budget);
        return order.isPresent()
                && switch (operator) {
                    case AT_MOST -> order.getAsInt() <= 0;
                    case AT_LEAST -> order.getAsInt() >= 0;
                    case LESS -> order.getAsInt() < 0;
                    case GREATER -> order.getAsInt() > 0;
                    case EQUAL, UNEQUAL -> throw new IllegalStateException("is no order");
                };
    }

    /** Of whole numbers it is a whole number of 32 bits, which starts anew beyond its end. */
    private static Value sum(List<Value> terms) {
        boolean whole = true;
        int sum = 0;
        double exact = 0;
        for (Value term : terms) {
            if (term == Value.NOTHING) {
                return Value.NOTHING;
            }
            exact += Values.number(term);
            if (term instanceof Value.Whole(int number)) {
                sum += number;
            } else {
                whole = false;
            }
        }
        return whole ? new Value.Whole(sum) : new Value.Number(exact);
    }

    private Value choice(List<Node.When> cases, Node otherwise) {
        for (Node.When each : cases) {
            if (holds(each.condition())) {
                return value(each.chosen());
            }
        }
        return value(otherwise);
    }
}
