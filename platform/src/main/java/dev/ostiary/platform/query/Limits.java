package dev.ostiary.platform.query;

import dev.ostiary.platform.problem.ApiException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The page sizes of a resource.
 *
 * @param minimum the smallest, usually 1; the System Log takes 0
 * @param standard the size if the client names none
 * @param maximum the largest
 * @param clamps whether a larger {@code limit} means the largest, instead of an error
 */
public record Limits(int minimum, int standard, int maximum, boolean clamps) {

    private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]+");
    private static final int DIGITS = 10;

    /** A larger limit is an error (P24). */
    public static Limits refusing(int standard, int maximum) {
        return new Limits(1, standard, maximum, false);
    }

    /** A larger limit gives the largest page. */
    public static Limits clamping(int standard, int maximum) {
        return new Limits(1, standard, maximum, true);
    }

    /** The same with another size for clients that name none. */
    public Limits withDefault(int other) {
        return new Limits(minimum, other, maximum, clamps);
    }

    /** The same with another smallest size. */
    public Limits from(int smallest) {
        return new Limits(smallest, standard, maximum, clamps);
    }

    /**
     * The size that a request asks for.
     *
     * @throws ApiException {@code E0000001} if {@code limit} is no integer or out of bounds
     */
    int of(Map<String, List<String>> parameters) {
        return Parameters.text(parameters, "limit").map(this::read).orElse(standard);
    }

    private int read(String text) {
        if (!INTEGER.matcher(text).matches()) {
            throw ApiException.validation("limit", "limit: must be an integer");
        }
        long value = value(text);
        if (value < minimum || (value > maximum && !clamps)) {
            throw ApiException.validation(
                    "limit", "limit: must be between %d and %d".formatted(minimum, maximum));
        }
        return (int) Math.min(value, maximum);
    }

    private static long value(String text) {
        if (text.length() <= DIGITS) {
            return Long.parseLong(text);
        }
        return text.startsWith("-") ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
}
