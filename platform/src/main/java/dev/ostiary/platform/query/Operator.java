package dev.ostiary.platform.query;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The attribute operators of the filter language (core API, "Operators"), in the wire's order. */
public enum Operator {
    EQ,
    NE,
    CO,
    SW,
    EW,
    PR,
    GT,
    GE,
    LT,
    LE;

    /** The operator as the wire writes it: lower case. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The operator of a word in any case, or null. */
    static @Nullable Operator of(String word) {
        for (Operator operator : values()) {
            if (operator.name().equalsIgnoreCase(word)) {
                return operator;
            }
        }
        return null;
    }
}
