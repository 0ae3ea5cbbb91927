package dev.ostiary.platform.query;

import dev.ostiary.platform.store.Sql;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;

/**
 * Comparisons of one SQL value with one literal. The value may be NULL, the condition then is NULL
 * or false. An empty text is absent, as {@code pr} has it (P27), and matches nothing.
 */
final class Conditions {

    private Conditions() {}

    /** A literal of the filter language against a value of its own type. */
    static Sql compare(Sql value, Operator operator, Literal literal) {
        return switch (literal) {
            case Literal.Text(String text) -> text(value, operator, text);
            case Literal.Numeric(BigDecimal number) -> plain(value, operator, number);
            case Literal.Bool(boolean bool) -> plain(value, operator, bool);
            case Literal.Moment(Instant instant) ->
                    plain(value, operator, instant.atOffset(ZoneOffset.UTC));
        };
    }

    /** Text in code-point order; the value is {@code COLLATE "C"}. */
    static Sql text(Sql value, Operator operator, String text) {
        if (text.isEmpty()) {
            return againstEmpty(value, operator);
        }
        return switch (operator) {
            case EQ, GT, GE -> value.then(symbol(operator) + " ?", text);
            case NE, LT, LE ->
                    value.then(symbol(operator) + " ? AND", text)
                            .then(value)
                            .then("> ''")
                            .grouped();
            case SW -> value.then("^@ ?", text);
            case CO -> value.then("LIKE ?", "%" + like(text) + "%");
            case EW -> value.then("LIKE ?", "%" + like(text));
            case PR -> value.then("> ''");
        };
    }

    private static Sql againstEmpty(Sql value, Operator operator) {
        return switch (operator) {
            case EQ, LT, LE -> Sql.of("FALSE");
            case NE, GT, GE, SW, CO, EW, PR -> value.then("> ''");
        };
    }

    private static Sql plain(Sql value, Operator operator, Object parameter) {
        return value.then(symbol(operator) + " ?", parameter);
    }

    private static String symbol(Operator operator) {
        return switch (operator) {
            case EQ -> "=";
            case NE -> "<>";
            case GT -> ">";
            case GE -> ">=";
            case LT -> "<";
            case LE -> "<=";
            case SW, CO, EW, PR -> throw new IllegalArgumentException(operator.wire());
        };
    }

    /** A text as it stands in a LIKE pattern, with nothing in it that is special. */
    static String like(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }
}
