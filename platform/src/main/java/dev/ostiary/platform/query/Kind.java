package dev.ostiary.platform.query;

import java.util.EnumSet;
import java.util.Set;

/** The type of an attribute, and with it the operators that make sense on it. */
public enum Kind {
    TEXT(EnumSet.allOf(Operator.class)),
    NUMBER(ordered()),
    BOOLEAN(EnumSet.of(Operator.EQ, Operator.NE, Operator.PR)),
    INSTANT(ordered()),
    /** Whatever the value happens to be; the literal says what is compared. */
    ANY(EnumSet.allOf(Operator.class)),
    /** An object: it can only be present. */
    NODE(EnumSet.of(Operator.PR));

    private final Set<Operator> operators;

    Kind(Set<Operator> operators) {
        this.operators = operators;
    }

    /** The operators that the type allows. */
    public Set<Operator> operators() {
        return EnumSet.copyOf(operators);
    }

    /** The type that a literal asks of an attribute of any type. */
    static Kind of(Literal literal) {
        return switch (literal) {
            case Literal.Text _ -> TEXT;
            case Literal.Numeric _ -> NUMBER;
            case Literal.Bool _ -> BOOLEAN;
            case Literal.Moment _ -> INSTANT;
        };
    }

    private static Set<Operator> ordered() {
        return EnumSet.of(
                Operator.EQ,
                Operator.NE,
                Operator.GT,
                Operator.GE,
                Operator.LT,
                Operator.LE,
                Operator.PR);
    }
}
