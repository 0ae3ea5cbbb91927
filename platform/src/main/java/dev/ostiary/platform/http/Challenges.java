package dev.ostiary.platform.http;

import dev.ostiary.platform.access.Challenge;

/**
 * Writes the header {@code WWW-Authenticate} of an operation that an access token did not open, as
 * the original does: with the URL where tokens begin, the scopes that the operation asks for and
 * its path.
 */
final class Challenges {

    private static final String HEADER = "WWW-Authenticate";

    /** What proofs may be signed with (RFC 9449, 7.1). */
    private static final String ALGORITHMS = "RS256 RS384 RS512 ES256 ES384 ES512";

    private Challenges() {}

    /** Adds it to whatever will be answered. */
    static void add(Exchange exchange, Challenge challenge) {
        exchange.replyHeader(HEADER, text(exchange, challenge));
    }

    private static String text(Exchange exchange, Challenge challenge) {
        String base = exchange.client().baseUrl();
        String algorithms =
                switch (challenge.scheme()) {
                    case BEARER -> "";
                    case DPOP -> parameter("algs", ALGORITHMS) + ", ";
                };
        return challenge.scheme().text()
                + " "
                + algorithms
                + String.join(
                        ", ",
                        parameter("authorization_uri", base + "/oauth2/v1/authorize"),
                        parameter("realm", base),
                        parameter(
                                "scope",
                                exchange.operation().scopes().stream()
                                        .sorted()
                                        .reduce((a, b) -> a + " " + b)
                                        .orElse("")),
                        parameter("error", challenge.error()),
                        parameter("error_description", challenge.description()),
                        parameter(
                                "resource",
                                Urls.expand(exchange.operation().path(), exchange.variables())));
    }

    private static String parameter(String name, String value) {
        return name + "=\"" + value + "\"";
    }
}
