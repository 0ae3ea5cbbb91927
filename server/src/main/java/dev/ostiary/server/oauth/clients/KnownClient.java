package dev.ostiary.server.oauth.clients;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/**
 * A client, and the secrets that prove it. Immutable; never shown.
 *
 * @param secrets the active ones
 */
public record KnownClient(OAuthClient client, List<String> secrets) {

    public KnownClient {
        secrets = List.copyOf(secrets);
    }

    /**
     * Whether a text is one of the secrets: all are compared, each in constant time (RFC 6749,
     * 2.3.1).
     */
    public boolean isProvenBy(String text) {
        byte[] given = text.getBytes(StandardCharsets.UTF_8);
        boolean proven = false;
        for (String secret : secrets) {
            proven |= MessageDigest.isEqual(secret.getBytes(StandardCharsets.UTF_8), given);
        }
        return proven;
    }

    /** Says nothing of the secrets. */
    @Override
    public String toString() {
        return "KnownClient[" + client.id() + "]";
    }
}
