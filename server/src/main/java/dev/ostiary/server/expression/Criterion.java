package dev.ostiary.server.expression;

import dev.ostiary.server.expression.Type.Simple;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What {@code user.getGroups} and {@code user.isMemberOf} search groups by ("Get groups for
 * users"): all keys of a criterion have to fit, of several wanted values any.
 */
final class Criterion {

    static final String ID = "group.id";
    static final String SOURCE = "group.source.id";
    static final String TYPE = "group.type";
    static final String NAME = "group.profile.name";
    static final String OPERATOR = "operator";
    static final String EXACT = "EXACT";
    static final String STARTS_WITH = "STARTS_WITH";

    /** At the end of a beginning it says what goes without saying. */
    private static final String ANYTHING = ".*";

    private static final List<String> KEYS = List.of(ID, SOURCE, TYPE, NAME, OPERATOR);

    private Criterion() {}

    static void check(Syntax.Entry entry, Checker.Typed wanted) throws InvalidExpression {
        if (!KEYS.contains(entry.key())) {
            throw new InvalidExpression(
                    "Invalid key at position %d. Expected: %s"
                            .formatted(entry.at(), String.join(",", KEYS)));
        }
        boolean sound =
                entry.key().equals(OPERATOR)
                        ? isOperator(entry.wanted())
                        : wanted.type() == Simple.TEXT
                                || Type.isUnknown(wanted.type())
                                || (wanted.type() instanceof Type.ArrayOf(Type element)
                                        && (element == Simple.TEXT || Type.isUnknown(element)));
        if (!sound) {
            throw new InvalidExpression(
                    "Invalid value for '%s' at position %d"
                            .formatted(entry.key(), entry.wanted().at()));
        }
    }

    private static boolean isOperator(Syntax wanted) {
        return wanted instanceof Syntax.Literal(Value.Text(String text), _, _)
                && (text.equals(EXACT) || text.equals(STARTS_WITH));
    }

    static void checkTogether(Syntax.MapOf map, Set<String> keys) throws InvalidExpression {
        if (keys.contains(OPERATOR) && !keys.contains(NAME)) {
            throw new InvalidExpression(
                    "The operator at position %d is only for '%s'".formatted(map.at(), NAME));
        }
    }

    /** Whether a group fits. */
    static boolean fits(Group group, Map<String, Value> wanted, Budget budget) {
        boolean exact = new Value.Text(EXACT).equals(wanted.get(OPERATOR));
        for (Map.Entry<String, Value> one : wanted.entrySet()) {
            boolean fits =
                    switch (one.getKey()) {
                        case ID -> isAny(one.getValue(), group.id(), budget);
                        case TYPE -> isAny(one.getValue(), group.type(), budget);
                        case SOURCE -> isAny(one.getValue(), group.source().orElse(""), budget);
                        case NAME ->
                                exact
                                        ? isAny(one.getValue(), group.name(), budget)
                                        : startsWithAny(one.getValue(), group.name(), budget);
                        default -> true;
                    };
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAny(Value wanted, String found, Budget budget) {
        return texts(wanted, budget).stream().anyMatch(found::equals);
    }

    private static boolean startsWithAny(Value wanted, String found, Budget budget) {
        return texts(wanted, budget).stream()
                .map(
                        text ->
                                text.endsWith(ANYTHING)
                                        ? text.substring(0, text.length() - ANYTHING.length())
                                        : text)
                .anyMatch(found::startsWith);
    }

    private static List<String> texts(Value wanted, Budget budget) {
        List<String> texts =
                switch (wanted) {
                    case Value.Text(String text) -> List.of(text);
                    case Value.Items(List<Value> items) ->
                            items.stream().map(Values::text).toList();
                    case Value.Nothing _ -> List.of();
                    case Value.Whole _,
                            Value.Number _,
                            Value.Flag _,
                            Value.Moment _,
                            Value.Country _,
                            Value.Criteria _,
                            Value.Thing _ ->
                            throw Failure.mismatch("String");
                };
        budget.spend(texts.size());
        return texts;
    }
}
