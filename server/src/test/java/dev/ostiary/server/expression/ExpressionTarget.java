package dev.ostiary.server.expression;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What holds for every text that somebody may send as an expression (P30). The fuzzer calls {@link
 * #fuzzerTestOneInput} and looks for one that breaks it.
 */
public final class ExpressionTarget {

    private static final int LONGEST_REFUSAL = 600;
    private static final Pattern POSITION = Pattern.compile("at position (\\d+)");

    /** The reference has no bound on regular expressions, and no projections. */
    private static final Pattern BEYOND = Pattern.compile("(?i)matches|Regex|\\.!\\[");

    private ExpressionTarget() {}

    /** What Jazzer calls first, so that loading classes does not count as hanging. */
    public static void fuzzerInitialize() {
        check("user.firstName matches 'a' or isMemberOfGroup(\"x\") ? user.salary + 1 > 5 : true");
        check("Iso3166Convert.toName('US') + Time.now('EST', 'YYYY')");
    }

    /** What Jazzer calls. */
    public static void fuzzerTestOneInput(byte[] input) {
        check(new String(input, StandardCharsets.UTF_8));
    }

    /** Holds one text to everything that holds for all. */
    static void check(String text) {
        check(text, Somebody.MAPPINGS);
        check(text, Somebody.ENGINE);
        Optional<Value> value = check(text, Somebody.RULES);
        if (value.isPresent() && !BEYOND.matcher(text).find()) {
            Somebody john = Somebody.john();
            Object expected =
                    Reference.value(text, ExpressionMeaningTest.plain(john), john.groups());
            boolean holds = value.get().equals(new Value.Flag(true));
            demand(holds == Boolean.TRUE.equals(expected), "the reference says " + expected);
        }
    }

    private static Optional<Value> check(String text, Scope scope) {
        try {
            return Expression.compile(text, scope).value(Somebody.john());
        } catch (InvalidExpression refusal) {
            String said = String.valueOf(refusal.getMessage());
            demand(said.length() < LONGEST_REFUSAL, "refused at length");
            Matcher position = POSITION.matcher(said);
            while (position.find()) {
                demand(
                        text.contains("at position")
                                || Integer.parseInt(position.group(1)) <= text.length(),
                        "a position outside of the text");
            }
            return Optional.empty();
        }
    }

    private static void demand(boolean condition, String otherwise) {
        if (!condition) {
            throw new AssertionError(otherwise);
        }
    }
}
