package dev.ostiary.platform.contract;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A published path such as {@code /api/v1/groups/{groupId}/users/{userId}}: every segment is a
 * literal or one variable.
 *
 * @param text the path as published
 * @param segments the segments in order, variables still in braces
 */
public record PathTemplate(String text, List<String> segments) {

    /** Reads a template as the tables write it. */
    public static PathTemplate of(String text) {
        return new PathTemplate(text, split(text));
    }

    /** The segments of a path; a leading slash adds none, a trailing one adds an empty one. */
    static List<String> split(String path) {
        String relative = path.startsWith("/") ? path.substring(1) : path;
        return List.of(relative.split("/", -1));
    }

    static boolean isVariable(String segment) {
        return segment.startsWith("{") && segment.endsWith("}");
    }

    /** The variables' names bound to what the request has in their places. */
    Map<String, String> bind(List<String> actual) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (int i = 0; i < segments.size(); i++) {
            String segment = segments.get(i);
            if (isVariable(segment)) {
                variables.put(segment.substring(1, segment.length() - 1), actual.get(i));
            }
        }
        return variables;
    }

    /** The names of the variables in order. */
    public List<String> variables() {
        List<String> names = new ArrayList<>();
        for (String segment : segments) {
            if (isVariable(segment)) {
                names.add(segment.substring(1, segment.length() - 1));
            }
        }
        return names;
    }
}
