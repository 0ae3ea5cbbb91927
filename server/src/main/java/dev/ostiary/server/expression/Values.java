package dev.ostiary.server.expression;

import java.time.ZonedDateTime;
import java.util.List;
import java.util.OptionalInt;

/**
 * What a value is when it is taken for something: nothing is an empty text, false, and no element.
 */
final class Values {

    private Values() {}

    /** As a text. */
    static String text(Value value) {
        return switch (value) {
            case Value.Nothing _ -> "";
            case Value.Text(String text) -> text;
            case Value.Whole(int number) -> Integer.toString(number);
            case Value.Number(double number) -> Value.written(number);
            case Value.Flag(boolean set) -> Boolean.toString(set);
            case Value.Moment(ZonedDateTime time) -> time.toString();
            case Value.Country(String alpha2) -> alpha2;
            case Value.Items _, Value.Criteria _, Value.Thing _ -> throw Failure.mismatch("String");
        };
    }

    /** As a condition. */
    static boolean holds(Value value) {
        return switch (value) {
            case Value.Nothing _ -> false;
            case Value.Flag(boolean set) -> set;
            case Value.Text _,
                    Value.Whole _,
                    Value.Number _,
                    Value.Moment _,
                    Value.Country _,
                    Value.Items _,
                    Value.Criteria _,
                    Value.Thing _ ->
                    throw Failure.mismatch("Boolean");
        };
    }

    /** As a whole number. */
    static int whole(Value value) {
        if (value instanceof Value.Whole(int number)) {
            return number;
        }
        throw Failure.mismatch("Integer");
    }

    /** As a number. */
    static double number(Value value) {
        if (value instanceof Value.Whole(int number)) {
            return number;
        }
        if (value instanceof Value.Number(double number)) {
            return number;
        }
        throw Failure.mismatch("Number");
    }

    /** Whether there is no value, or only an empty text. */
    static boolean isBlank(Value value) {
        return value == Value.NOTHING
                || (value instanceof Value.Text(String text) && text.isEmpty());
    }

    /** Whether two are the same: nothing is the same as nothing alone. */
    static boolean areSame(Value one, Value other, Budget budget) {
        budget.spend(1);
        if (isNumber(one) && isNumber(other)) {
            return number(one) == number(other);
        }
        if (one instanceof Value.Moment(ZonedDateTime left)
                && other instanceof Value.Moment(ZonedDateTime right)) {
            return left.toInstant().equals(right.toInstant());
        }
        if (one instanceof Value.Items(List<Value> left)
                && other instanceof Value.Items(List<Value> right)) {
            return areSame(left, right, budget);
        }
        if (one instanceof Value.Text(String text)) {
            budget.read(text);
        }
        return one.equals(other);
    }

    private static boolean areSame(List<Value> left, List<Value> right, Budget budget) {
        if (left.size() != right.size()) {
            return false;
        }
        for (int place = 0; place < left.size(); place++) {
            if (!areSame(left.get(place), right.get(place), budget)) {
                return false;
            }
        }
        return true;
    }

    /** The order of two; empty where one is nothing, which is neither more nor less. */
    static OptionalInt order(Value one, Value other, Budget budget) {
        if (one == Value.NOTHING || other == Value.NOTHING) {
            return OptionalInt.empty();
        }
        if (isNumber(one) && isNumber(other)) {
            return OptionalInt.of(Double.compare(number(one), number(other)));
        }
        if (one instanceof Value.Text(String left) && other instanceof Value.Text(String right)) {
            budget.read(left);
            return OptionalInt.of(left.compareTo(right));
        }
        if (one instanceof Value.Moment(ZonedDateTime left)
                && other instanceof Value.Moment(ZonedDateTime right)) {
            return OptionalInt.of(left.toInstant().compareTo(right.toInstant()));
        }
        throw new Failure("Two values cannot be compared");
    }

    private static boolean isNumber(Value value) {
        return value instanceof Value.Whole || value instanceof Value.Number;
    }
}
