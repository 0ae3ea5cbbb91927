package dev.ostiary.server.oauth.grants;

import dev.ostiary.server.oauth.problem.OAuthErrors;
import dev.ostiary.server.oauth.problem.OAuthException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Proof Key for Code Exchange (RFC 7636), by S256 alone, as the original documents. A challenge
 * that was given is never passed over, and a verifier without one is an error: so nobody takes the
 * proof away on the way (RFC 9700, 4.8.2).
 */
final class CodeVerifier {

    /** RFC 7636, 4.1. */
    private static final Pattern VERIFIER = Pattern.compile("[A-Za-z0-9._~-]{43,128}");

    private CodeVerifier() {}

    /**
     * Believes that whoever redeems a code has asked for it.
     *
     * @throws OAuthException {@code invalid_grant} or {@code invalid_request}
     */
    static void require(Optional<String> challenge, Optional<String> verifier, OAuthErrors errors) {
        if (challenge.isEmpty()) {
            if (verifier.isPresent()) {
                throw errors.of("pkce_missing_challenge_verifier_present");
            }
            return;
        }
        String shown = verifier.orElseThrow(() -> errors.of("pkce_missing_verifier"));
        boolean same =
                VERIFIER.matcher(shown).matches()
                        && MessageDigest.isEqual(
                                challenge.get().getBytes(StandardCharsets.US_ASCII),
                                s256(shown).getBytes(StandardCharsets.US_ASCII));
        if (!same) {
            throw errors.of("pkce_verification_failed");
        }
    }

    /** RFC 7636, 4.6. */
    private static String s256(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
