package dev.ostiary.platform.query;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The URL of a list with its query, from which those of its other pages are made. Immutable.
 *
 * @param path absolute URL without a query, encoded
 * @param parameters decoded query parameters, in the order sent
 */
public record PageUrl(String path, Map<String, List<String>> parameters) {

    /** The URL as it was asked for. */
    public String self() {
        return url(parameters);
    }

    /** The URL of the page after a cursor: all other parameters as they were, the limit named. */
    public String after(String cursor, int limit) {
        Map<String, List<String>> changed = new LinkedHashMap<>(parameters);
        changed.remove("before");
        changed.remove("after");
        changed.remove("limit");
        changed.put("after", List.of(cursor));
        changed.put("limit", List.of(Integer.toString(limit)));
        return url(changed);
    }

    private String url(Map<String, List<String>> query) {
        return query.isEmpty()
                ? path
                : query.entrySet().stream()
                        .flatMap(e -> e.getValue().stream().map(v -> pair(e.getKey(), v)))
                        .collect(Collectors.joining("&", path + "?", ""));
    }

    private static String pair(String name, String value) {
        return encoded(name) + "=" + encoded(value);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
