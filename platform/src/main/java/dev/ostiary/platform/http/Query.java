package dev.ostiary.platform.http;

import dev.ostiary.platform.problem.ApiException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The query parameters, decoded, in the order sent; unknown ones are kept and ignored (P3).
 * Immutable.
 *
 * @param values every value by name
 * @param raw as it was sent, for signatures over it; empty where nobody sent it
 */
public record Query(Map<String, List<String>> values, String raw) {

    private static final int MOST = 1000;

    /** Parameters that nobody has sent as they are. */
    public Query(Map<String, List<String>> values) {
        this(values, "");
    }

    /**
     * Reads {@code a=1&b=2}.
     *
     * @throws ApiException {@code E0000020} where an escape is broken, for a NUL (P8), or if there
     *     are absurdly many parameters
     */
    public static Query parse(String raw) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        int count = 0;
        for (String pair : raw.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            if (++count > MOST) {
                throw ApiException.of("E0000020");
            }
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            values.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
        }
        return new Query(values, raw);
    }

    private static String decode(String text) {
        String decoded = isEscaped(text) ? unescape(text) : text;
        if (decoded.indexOf('\0') >= 0) {
            throw ApiException.of("E0000020");
        }
        return decoded;
    }

    /** Most are not, and tokens are long. */
    private static boolean isEscaped(String text) {
        return text.indexOf('%') >= 0 || text.indexOf('+') >= 0;
    }

    private static String unescape(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw ApiException.of("E0000020");
        }
    }

    /** The first value of a parameter. */
    public Optional<String> first(String name) {
        List<String> all = values.get(name);
        return all == null ? Optional.empty() : Optional.of(all.getFirst());
    }

    /** The first value of a parameter, unless it is empty. */
    public Optional<String> text(String name) {
        return first(name).filter(value -> !value.isEmpty());
    }

    /**
     * A boolean parameter: {@code true} in any case is true, absent is the default, anything else
     * false.
     */
    public boolean flag(String name, boolean absent) {
        return first(name).map(value -> value.equalsIgnoreCase("true")).orElse(absent);
    }
}
