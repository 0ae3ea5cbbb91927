package dev.ostiary.server.security.behaviours;

import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;

/**
 * How much of a user's past counts (schema {@code BehaviorRuleSettingsHistoryBased}).
 *
 * @param most how many of the last sign-ins are looked at
 * @param least fewer of them say nothing
 */
record History(int most, int least) {

    /** What the API lets an org look back. */
    static final int LONGEST = 100;

    private static final int MOST_NEEDED = 10;

    static History of(int most) {
        return new History(most, 0);
    }

    /** The two fields in the shape of some record that has a history. */
    static <T> Fields<T> fields(
            Shape.Builder<T> shape, java.util.function.Function<T, History> of) {
        Field<T, Integer> most =
                shape.field(
                                "maxEventsUsedForEvaluation",
                                Type.INTEGER,
                                record -> of.apply(record).most())
                        .always()
                        .must(n -> n >= 1 && n <= LONGEST, "must be between 1 and " + LONGEST);
        Field<T, Integer> least =
                shape.field(
                                "minEventsNeededForEvaluation",
                                Type.INTEGER,
                                record -> of.apply(record).least())
                        .always()
                        .must(
                                n -> n >= 0 && n <= MOST_NEEDED,
                                "must be between 0 and " + MOST_NEEDED);
        return new Fields<>(most, least);
    }

    /** The fields, to read them back. */
    record Fields<T>(Field<T, Integer> most, Field<T, Integer> least) {

        History read(Shape.Values in, int standard) {
            return new History(in.find(most).orElse(standard), in.find(least).orElse(0));
        }
    }
}
