package dev.ostiary.platform.query;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * The value on the right of a comparison. The parser makes texts, numbers and booleans; a quoted
 * date becomes a moment when the attribute turns out to be one.
 */
public sealed interface Literal {

    /** A quoted string with its escapes resolved: no NUL, no lone surrogate. */
    record Text(String value) implements Literal {}

    /** A JSON number of at most 64 characters, its exponent between -400 and 400. */
    record Numeric(BigDecimal value) implements Literal {}

    /** {@code true} or {@code false}. */
    record Bool(boolean value) implements Literal {}

    /** An instant in the years 1 to 9999, as {@link Moments} reads it. */
    record Moment(Instant value) implements Literal {}
}
