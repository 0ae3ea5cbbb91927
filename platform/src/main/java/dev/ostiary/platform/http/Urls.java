package dev.ostiary.platform.http;

import dev.ostiary.platform.contract.PathTemplate;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Parts of addresses: paths with their percent-encoding (RFC 3986, section 3.3), and origins. */
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

    /**
     * The origin of an address of the web, as it is written there; nothing for another scheme, for
     * what names no host, and for what names a user.
     */
    public static Optional<String> origin(String uri) {
        try {
            URI parsed = new URI(uri);
            String scheme = parsed.getScheme();
            boolean ofTheWeb =
                    ("https".equals(scheme) || "http".equals(scheme))
                            && parsed.getHost() != null
                            && parsed.getRawUserInfo() == null;
            return ofTheWeb
                    ? Optional.of(
                            scheme
                                    + "://"
                                    + parsed.getHost()
                                    + (parsed.getPort() < 0 ? "" : ":" + parsed.getPort()))
                    : Optional.empty();
        } catch (URISyntaxException none) {
            return Optional.empty();
        }
    }
}
