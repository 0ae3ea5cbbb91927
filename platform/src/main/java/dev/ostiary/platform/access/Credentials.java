package dev.ostiary.platform.access;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a request shows for itself, not yet believed. Kinds are never taken for one another (P22).
 */
public sealed interface Credentials {

    /** {@code Authorization: SSWS …}: an API token. */
    record ApiToken(String token) implements Credentials {}

    /** {@code Authorization: Bearer …} or {@code DPoP …}: an access token. */
    record AccessToken(Challenge.Scheme scheme, String token) implements Credentials {

        @Override
        public String toString() {
            return "AccessToken[" + scheme + "]";
        }
    }

    /** {@code Authorization: Ostiary …}: the secret of whoever owns the data directory. */
    record Operator(String secret) implements Credentials {}

    /**
     * The cookie {@code sid}, of which a browser may have kept several: a session, if one of them
     * is.
     */
    record SessionCookie(List<String> values) implements Credentials {
        public SessionCookie {
            values = List.copyOf(values);
        }
    }

    /** No {@code Authorization}, or one of a scheme that the API does not have. */
    record None() implements Credentials {}

    /** Reads the header. The scheme is in any case (RFC 9110, section 11.1). */
    static Credentials of(@Nullable String authorization) {
        if (authorization == null) {
            return new None();
        }
        String text = authorization.strip();
        int space = text.indexOf(' ');
        String scheme = (space < 0 ? text : text.substring(0, space)).toUpperCase(Locale.ROOT);
        String rest = space < 0 ? "" : text.substring(space + 1).strip();
        return switch (scheme) {
            case "SSWS" -> new ApiToken(rest);
            case "OSTIARY" -> new Operator(rest);
            case "BEARER" -> new AccessToken(Challenge.Scheme.BEARER, rest);
            case "DPOP" -> new AccessToken(Challenge.Scheme.DPOP, rest);
            default -> new None();
        };
    }
}
