package dev.ostiary.platform.http;

import java.util.Locale;

/**
 * Whose pages an org trusts: its own, and those of the origins that it lists for CORS (P35). An
 * origin is what the browser says, as text, since each has one spelling. {@code null}, which stands
 * for any sandboxed page or file, is nobody's. Thread-safe.
 */
record Origins(TrustedOrigins listed) {

    boolean trusts(Exchange exchange, String origin) {
        return origin.equals(own(exchange.client().baseUrl()))
                || listed.trusts(exchange.org(), exchange.versions(), origin);
    }

    /** The org's own origin, as a browser writes that of the URL which the client used. */
    private static String own(String baseUrl) {
        String origin = baseUrl.toLowerCase(Locale.ROOT);
        String standardPort = origin.startsWith("https:") ? ":443" : ":80";
        return origin.endsWith(standardPort)
                ? origin.substring(0, origin.length() - standardPort.length())
                : origin;
    }
}
