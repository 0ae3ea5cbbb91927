package dev.ostiary.server.oauth.grants;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * What an ID token says of the token or the code that it comes with: the left half of its SHA-256
 * (OpenID Connect Core 1.0, 3.3.2.11).
 */
final class HalfHash {

    private static final int HALF = 16;

    private HalfHash() {}

    static String of(String text) {
        try {
            byte[] all =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(all, HALF));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
