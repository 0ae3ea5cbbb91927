package dev.ostiary.platform.query;

import dev.ostiary.platform.problem.ApiException;
import java.util.Collection;
import java.util.List;

/**
 * How a resource words the refusal of a filter. The texts are the documented ones of the System Log
 * ("Errors"), the only place where the original prints them; the codes differ by resource.
 */
public enum FilterErrors {
    /** {@code E0000031} with the text as a cause: users, groups and everything else. */
    SEARCH("eq,ne,co,sw,ew,pr,gt,ge,lt,le") {
        @Override
        ApiException refuse(String code, String text, List<String> details) {
            return ApiException.of("E0000031").because(joined(text, details));
        }
    },

    /** The text as the summary itself, under the code that the System Log documents. */
    LOG("eq,co,sw,pr,gt,ge,lt,le") {
        @Override
        ApiException refuse(String code, String text, List<String> details) {
            return ApiException.of(code).saying(text).because(details);
        }
    };

    /** How much of a refused filter is repeated to its sender. */
    private static final int ECHO = 200;

    private final String operators;

    FilterErrors(String operators) {
        this.operators = operators;
    }

    abstract ApiException refuse(String code, String text, List<String> details);

    /** The text is no expression, or a literal does not fit its attribute. */
    ApiException malformed(String filter, String detail) {
        return refuse("E0000053", "Invalid filter '" + echo(filter) + "': " + detail, List.of());
    }

    /** A word stands where an operator was expected. */
    ApiException operator(String filter, String word, int at) {
        return malformed(
                filter,
                "Unrecognized attribute operator '%s' at position %d. Expected: %s"
                        .formatted(echo(word), at, operators));
    }

    /** The resource has no such attribute. */
    ApiException unknown(String path, int at, Collection<String> known) {
        return refuse(
                "E0000053",
                "field is not valid: " + path,
                List.of("'%s' at position %d. Expected: %s".formatted(path, at, list(known))));
    }

    /** The resource does not compare this attribute this way. */
    ApiException unsupported(Operator operator, String path, int at, Collection<Operator> known) {
        return refuse(
                "E0000031",
                "The supplied combination of operator and field is not currently supported."
                        + " Operator: %s, Field: %s".formatted(operator.wire(), path),
                List.of(
                        "'%s %s' at position %d. Expected: %s"
                                .formatted(
                                        path,
                                        operator.wire(),
                                        at,
                                        list(known.stream().map(Operator::wire).toList()))));
    }

    /** {@code E0000030}: an attribute that is a date is compared with something else. */
    ApiException date(String path, String value) {
        return ApiException.of("E0000030").because(path + ": invalid date '" + echo(value) + "'");
    }

    private static List<String> joined(String text, List<String> details) {
        return details.isEmpty() ? List.of(text) : List.of(text, details.getFirst());
    }

    private static String list(Collection<String> known) {
        return String.join(",", known);
    }

    private static String echo(String text) {
        if (text.length() <= ECHO) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(ECHO - 1)) ? ECHO - 1 : ECHO;
        return text.substring(0, end) + "…";
    }
}
