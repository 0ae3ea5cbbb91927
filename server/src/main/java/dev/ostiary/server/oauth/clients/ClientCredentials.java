package dev.ostiary.server.oauth.clients;

import dev.ostiary.server.oauth.problem.OAuthErrors;
import dev.ostiary.server.oauth.problem.OAuthException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What a client shows for itself, not yet believed. */
sealed interface ClientCredentials {

    /** Nothing but its name. */
    record Named(String clientId) implements ClientCredentials {}

    /** A secret, in the header or in the body. */
    record Secret(String clientId, String secret, boolean inHeader) implements ClientCredentials {

        @Override
        public String toString() {
            return "Secret[" + clientId + "]";
        }
    }

    /** A signed assertion. */
    record Assertion(String jwt, Optional<String> clientId) implements ClientCredentials {

        @Override
        public String toString() {
            return "Assertion[" + clientId + "]";
        }
    }

    /** What names and secrets are made of once they are encoded. */
    Pattern PRINTABLE = Pattern.compile("[ -~]+");

    /** RFC 7523, 2.2. */
    String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    /**
     * Reads them.
     *
     * @param authorization the header, if there is one
     * @param form looks up a parameter of the body
     * @throws OAuthException {@code invalid_request} for more than one way at once, {@code
     *     invalid_client} for none at all
     */
    static ClientCredentials read(
            Optional<String> authorization,
            Function<String, Optional<String>> form,
            OAuthErrors errors) {
        Optional<ClientCredentials> basic =
                authorization
                        .filter(text -> text.regionMatches(true, 0, "Basic ", 0, 6))
                        .map(text -> basic(text.substring(6).strip(), errors));
        Optional<String> secret = form.apply("client_secret");
        Optional<String> assertion = form.apply("client_assertion");
        if ((basic.isPresent() ? 1 : 0)
                        + (secret.isPresent() ? 1 : 0)
                        + (assertion.isPresent() ? 1 : 0)
                > 1) {
            throw errors.of("multiple_client_credentials");
        }
        if (basic.isPresent()) {
            return basic.get();
        }
        Optional<String> clientId = form.apply("client_id");
        if (assertion.isPresent()) {
            if (form.apply("client_assertion_type").filter(ASSERTION_TYPE::equals).isEmpty()) {
                throw errors.of("client_assertion_type_invalid");
            }
            return new Assertion(assertion.get(), clientId);
        }
        if (clientId.isEmpty()) {
            throw errors.of("missing_client_credentials");
        }
        return secret.<ClientCredentials>map(text -> new Secret(clientId.get(), text, false))
                .orElseGet(() -> new Named(clientId.get()));
    }

    /**
     * RFC 6749, 2.3.1: both parts are encoded as in forms, then together in base64. A client that
     * has no secret may say its name so, too, as the original's own client for browsers does where
     * it gives tokens back.
     */
    private static ClientCredentials basic(String base64, OAuthErrors errors) {
        String text;
        try {
            text = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw errors.of("invalid_basic_auth_creds");
        }
        if (!PRINTABLE.matcher(text).matches()) {
            throw errors.of("invalid_basic_auth_creds");
        }
        int colon = text.indexOf(':');
        if (colon < 0 || colon == text.length() - 1) {
            return new Named(decoded(colon < 0 ? text : text.substring(0, colon)));
        }
        return new Secret(
                decoded(text.substring(0, colon)), decoded(text.substring(colon + 1)), true);
    }

    /** Many clients do not encode; what cannot be decoded is taken as it is. */
    private static String decoded(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
