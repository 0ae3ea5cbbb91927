package dev.ostiary.platform.http;

import dev.ostiary.platform.contract.PathTemplate;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Percent-encoding of paths (RFC 3986, section 3.3). */
public final class Urls {

    private Urls() {}

    /** One segment of a path, encoded. */
    public static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%40", "@");
    }

    /** A published path with its variables filled in. */
    static String expand(PathTemplate template, Map<String, String> variables) {
        StringBuilder path = new StringBuilder();
        for (String part : template.segments()) {
            boolean variable = part.startsWith("{");
            path.append('/')
                    .append(
                            variable
                                    ? segment(
                                            variables.getOrDefault(
                                                    part.substring(1, part.length() - 1), ""))
                                    : part);
        }
        return path.toString();
    }

    /**
     * The decoded segments of a raw path; empty where an escape is broken or hides a NUL. A plus
     * sign means itself.
     */
    static Optional<List<String>> segments(String rawPath) {
        List<String> segments = new ArrayList<>();
        for (String raw : rawPath.substring(rawPath.startsWith("/") ? 1 : 0).split("/", -1)) {
            try {
                String segment =
                        raw.indexOf('%') < 0
                                ? raw
                                : URLDecoder.decode(
                                        raw.replace("+", "%2B"), StandardCharsets.UTF_8);
                if (segment.indexOf('\0') >= 0) {
                    return Optional.empty();
                }
                segments.add(segment);
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
        return Optional.of(segments);
    }
}
