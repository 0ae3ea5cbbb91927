package dev.ostiary.platform.query;

import dev.ostiary.platform.problem.ApiException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which page a client asks for (P24).
 *
 * @param limit how many rows at most
 * @param after the cursor that the page follows
 * @param before the cursor that the page precedes; never together with {@code after}
 */
public record PageRequest(int limit, Optional<String> after, Optional<String> before) {

    /**
     * Reads {@code limit}, {@code after} and {@code before}; empty ones count as absent.
     *
     * @param parameters decoded query parameters
     * @throws ApiException {@code E0000001} for a limit that is refused, {@code E0000029} for both
     *     cursors at once
     */
    public static PageRequest of(Map<String, List<String>> parameters, Limits limits) {
        int limit = limits.of(parameters);
        Optional<String> after = Parameters.text(parameters, "after");
        Optional<String> before = Parameters.text(parameters, "before");
        if (after.isPresent() && before.isPresent()) {
            throw ApiException.of("E0000029")
                    .because("'after' and 'before' cannot be used together.");
        }
        return new PageRequest(limit, after, before);
    }

    /** The same for a resource that has no {@code before}, and so ignores it (P3). */
    public static PageRequest forward(Map<String, List<String>> parameters, Limits limits) {
        return new PageRequest(
                limits.of(parameters), Parameters.text(parameters, "after"), Optional.empty());
    }
}
