package dev.ostiary.server.oauth.keys;

import dev.ostiary.platform.org.Org;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * Who has signing keys. Immutable.
 *
 * @param name id of an authorization server, or {@link #ORG_NAME}
 */
public record KeyOwner(String name) {

    /** The owner that is the org itself. */
    static final String ORG_NAME = "org";

    /** The authorization server that is the org itself. */
    public static KeyOwner ofOrg() {
        return new KeyOwner(ORG_NAME);
    }

    /** A custom authorization server. */
    public static KeyOwner server(String id) {
        return new KeyOwner(id);
    }

    boolean isOrg() {
        return name.equals(ORG_NAME);
    }

    /**
     * The id of a key: 43 characters of URL-safe base64 (WIRE, "Ids"). It is told before there is a
     * key, and says nothing of it.
     */
    public String kid(Org org, int generation) {
        String text = "signing key " + org.id() + " " + name + " " + generation;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(text));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
