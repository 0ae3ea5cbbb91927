package dev.ostiary.platform.access;

/**
 * Why an access token does not open an operation, for the header {@code WWW-Authenticate} (RFC
 * 6750, 3; RFC 9449, 7.1). Immutable.
 *
 * @param scheme under which a token would
 * @param error a code of OAuth, such as {@code invalid_token}
 * @param description what it means, in words without quotation marks
 */
public record Challenge(Scheme scheme, String error, String description) {

    /** How access tokens are shown. */
    public enum Scheme {
        /** By whoever has it. */
        BEARER("Bearer"),
        /** By whoever also has the key that it is bound to. */
        DPOP("DPoP");

        private final String text;

        Scheme(String text) {
            this.text = text;
        }

        /** As the wire spells it. */
        public String text() {
            return text;
        }
    }

    /** The token lacks a scope that the operation asks for. */
    public static Challenge insufficientScope(Scheme scheme) {
        return new Challenge(
                scheme,
                "insufficient_scope",
                "The access token provided does not contain the required scopes.");
    }

    /** The token is none of this org's. */
    public static Challenge invalidToken(Scheme scheme) {
        return new Challenge(scheme, "invalid_token", "The access token is invalid.");
    }
}
