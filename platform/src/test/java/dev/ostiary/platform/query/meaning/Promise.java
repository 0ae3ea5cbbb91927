package dev.ostiary.platform.query.meaning;

import dev.ostiary.platform.query.meaning.Known.Sort;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** P27 and P28 in plain Java over plain JSON. */
public final class Promise {

    private static final Set<String> ORDERED = Set.of("eq", "ne", "gt", "ge", "lt", "le");

    private final Function<String, Optional<Known>> known;

    /** Of a resource that knows these attributes. */
    public Promise(List<Known> known) {
        this(path -> known.stream().filter(one -> one.path().equals(path)).findFirst());
    }

    /** Of a resource that knows the attributes that a function tells. */
    public Promise(Function<String, Optional<Known>> known) {
        this.known = known;
    }

    /** Whether a text is an expression at all, whatever it asks for. */
    public static boolean isExpression(String text) {
        try {
            Grammar.read(text);
            return true;
        } catch (NotUnderstood e) {
            return false;
        }
    }

    /** Which objects an expression matches; nothing if it is to be refused. */
    public Optional<Predicate<JsonNode>> of(String text) {
        try {
            return Optional.of(test(Grammar.read(text)));
        } catch (NotUnderstood e) {
            return Optional.empty();
        }
    }

    private Predicate<JsonNode> test(Meaning meaning) {
        return switch (meaning) {
            case Meaning.Both(var one, var other) -> test(one).and(test(other));
            case Meaning.Either(var one, var other) -> test(one).or(test(other));
            case Meaning.Opposite(var term) -> test(term).negate();
            case Meaning.Has(var path) -> any(attribute(path), Promise::isPresent);
            case Meaning.Compared(var path, var operator, var literal) ->
                    compared(attribute(path), operator, literal);
        };
    }

    private Known attribute(String path) {
        return known.apply(path).orElseThrow(() -> new NotUnderstood("unknown attribute"));
    }

    private static Predicate<JsonNode> any(Known attribute, Predicate<JsonNode> test) {
        return object -> attribute.values().apply(object).anyMatch(test);
    }

    private static boolean isPresent(JsonNode value) {
        boolean empty =
                value.isMissingNode()
                        || value.isNull()
                        || (value.isString() && value.stringValue().isEmpty())
                        || (value.isContainer() && value.isEmpty());
        return !empty;
    }

    private static Predicate<JsonNode> compared(Known attribute, String operator, JsonNode right) {
        Sort sort = attribute.sort() == Sort.ANY ? sortOf(right) : attribute.sort();
        Predicate<JsonNode> test =
                switch (sort) {
                    case TEXT -> text(attribute.folds(), operator, right);
                    case NUMBER -> number(operator, right);
                    case BOOLEAN -> bool(operator, right);
                    case DATE -> date(operator, right);
                    case ANY, OBJECT -> throw new NotUnderstood("cannot be compared");
                };
        return any(attribute, value -> isPresent(value) && test.test(value));
    }

    private static Sort sortOf(JsonNode literal) {
        return literal.isString() ? Sort.TEXT : literal.isNumber() ? Sort.NUMBER : Sort.BOOLEAN;
    }

    private static Predicate<JsonNode> text(boolean folds, String operator, JsonNode right) {
        demand(right.isString());
        String wanted = cased(folds, right.stringValue());
        Predicate<String> test =
                switch (operator) {
                    case "sw" -> value -> value.startsWith(wanted);
                    case "co" -> value -> value.contains(wanted);
                    case "ew" -> value -> value.endsWith(wanted);
                    default -> {
                        IntPredicate sign = sign(operator);
                        int[] points = wanted.codePoints().toArray();
                        yield value ->
                                sign.test(Arrays.compare(value.codePoints().toArray(), points));
                    }
                };
        return value -> value.isString() && test.test(cased(folds, value.stringValue()));
    }

    private static String cased(boolean folds, String text) {
        return folds
                ? text.codePoints()
                        .map(c -> Character.toLowerCase(Character.toUpperCase(c)))
                        .collect(
                                StringBuilder::new,
                                StringBuilder::appendCodePoint,
                                StringBuilder::append)
                        .toString()
                : text;
    }

    private static Predicate<JsonNode> number(String operator, JsonNode right) {
        demand(right.isNumber());
        BigDecimal wanted = right.decimalValue();
        IntPredicate sign = sign(operator);
        return value -> value.isNumber() && sign.test(value.decimalValue().compareTo(wanted));
    }

    private static Predicate<JsonNode> bool(String operator, JsonNode right) {
        demand(right.isBoolean() && (operator.equals("eq") || operator.equals("ne")));
        boolean wanted = right.booleanValue() == operator.equals("eq");
        return value -> value.isBoolean() && value.booleanValue() == wanted;
    }

    private static Predicate<JsonNode> date(String operator, JsonNode right) {
        demand(right.isString());
        var wanted = Moment.of(right.stringValue()).orElseThrow(() -> new NotUnderstood("no date"));
        IntPredicate sign = sign(operator);
        return value ->
                Moment.of(value.asString())
                        .filter(instant -> sign.test(instant.compareTo(wanted)))
                        .isPresent();
    }

    private static IntPredicate sign(String operator) {
        demand(ORDERED.contains(operator));
        return switch (operator) {
            case "eq" -> sign -> sign == 0;
            case "ne" -> sign -> sign != 0;
            case "gt" -> sign -> sign > 0;
            case "ge" -> sign -> sign >= 0;
            case "lt" -> sign -> sign < 0;
            default -> sign -> sign <= 0;
        };
    }

    private static void demand(boolean condition) {
        if (!condition) {
            throw new NotUnderstood("does not suit the attribute");
        }
    }
}
