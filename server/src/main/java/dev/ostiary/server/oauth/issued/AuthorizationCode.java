package dev.ostiary.server.oauth.issued;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a code stands for (RFC 6749, 4.1.2). Immutable.
 *
 * @param redirectUri where it was sent; who redeems it has to know
 * @param challenge S256 of the verifier (RFC 7636, 4.2), if the client came with one
 * @param nonce for the ID token
 * @param given what it was redeemed for, if it was
 */
public record AuthorizationCode(
        Authorization authorization,
        String redirectUri,
        Optional<String> challenge,
        Optional<String> nonce,
        Instant expires,
        Optional<Given> given) {

    /** OpenID Connect API, {@code code}. */
    public static final Duration LIFE = Duration.ofSeconds(300);

    /**
     * What a code was redeemed for.
     *
     * @param refreshToken id of the refresh token; empty where there is none
     * @param jti of the access token
     */
    public record Given(Optional<String> refreshToken, String jti) {}
}
