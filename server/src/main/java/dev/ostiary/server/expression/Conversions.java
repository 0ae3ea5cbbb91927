package dev.ostiary.server.expression;

import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;

/** What the functions of conversion give; of nothing they give nothing. */
final class Conversions {

    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,30}(\\.[0-9]{1,30})?");

    private Conversions() {}

    static Value value(ConversionFunction function, List<Value> given) {
        Value first = given.getFirst();
        if (Values.isBlank(first)) {
            return Value.NOTHING;
        }
        double number = number(first);
        return switch (function) {
            // beyond 32 bits it starts anew, as documented
            case TO_INTEGER -> new Value.Whole((int) Math.round(number));
            case TO_NUMBER -> new Value.Number(number);
        };
    }

    private static double number(Value value) {
        if (value instanceof Value.Text(String text)) {
            String digits = text.strip();
            if (!NUMBER.matcher(digits).matches()) {
                throw new Failure("A text is no number");
            }
            return new BigDecimal(digits).doubleValue();
        }
        return Values.number(value);
    }
}
