package dev.ostiary.platform.http;

import java.util.ArrayList;
import java.util.List;

/**
 * The headers of every answer: the request's id (P33), no caching, that answers differ by origin
 * (P35), and what a scanner asks for (P36).
 */
final class SecurityHeaders {

    private static final List<Header> ALWAYS =
            List.of(
                    new Header("Cache-Control", "no-cache, no-store"),
                    new Header("Pragma", "no-cache"),
                    new Header("Expires", "0"),
                    new Header("Vary", "Origin"),
                    new Header("X-Content-Type-Options", "nosniff"),
                    new Header("X-XSS-Protection", "0"),
                    new Header("X-Frame-Options", "DENY"),
                    new Header("Referrer-Policy", "strict-origin-when-cross-origin"),
                    new Header(
                            "Content-Security-Policy",
                            "default-src 'none'; frame-ancestors 'none'"));

    private static final Header TRANSPORT =
            new Header("Strict-Transport-Security", "max-age=315360000; includeSubDomains");

    private SecurityHeaders() {}

    /** The lines that never differ, of those that {@link #add} adds. */
    static List<Header> constant() {
        List<Header> all = new ArrayList<>(ALWAYS);
        all.add(TRANSPORT);
        return all;
    }

    /**
     * Adds them to an answer. One that says for how long it may be kept, or what its page may load,
     * knows that better than what holds for all.
     */
    static Reply add(Reply reply, boolean secure, String requestId) {
        List<Header> headers = new ArrayList<>(ALWAYS.size() + 2);
        headers.add(new Header("X-Okta-Request-Id", requestId));
        if (reply.headers().isEmpty()) {
            headers.addAll(ALWAYS);
        } else {
            for (Header line : ALWAYS) {
                if (!isSaid(reply, line)) {
                    headers.add(line);
                }
            }
        }
        if (secure) {
            headers.add(TRANSPORT);
        }
        return reply.with(headers);
    }

    private static boolean isSaid(Reply reply, Header line) {
        String decides =
                switch (line.name()) {
                    case "Pragma", "Expires" -> "Cache-Control";
                    default -> line.name();
                };
        for (Header said : reply.headers()) {
            if (said.name().equals(decides)) {
                return !decides.equals("Vary");
            }
        }
        return false;
    }
}
