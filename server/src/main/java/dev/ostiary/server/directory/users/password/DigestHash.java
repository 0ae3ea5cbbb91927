package dev.ostiary.server.directory.users.password;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * One plain digest over salt and password, as imported from systems that knew no better. It is
 * replaced by our own hash at the first sign-in.
 *
 * <p>The documentation says that a salt is sent in base64, and its own examples for MD5, SHA-1 and
 * SHA-512 are made of the decoded bytes. The one for SHA-256 is made of the salt's text as sent
 * ({@code MPu13OmY}, password {@code test}), and the official Java client's own SHA-512 import
 * sends a salt that is no base64 at all ({@code aSalt}) and expects it to be taken. So a salt is
 * kept as the text that was sent, and a password matches if it does with either reading; that opens
 * no door, since nobody can find a second text for a given digest.
 *
 * @param algorithm which digest
 * @param order where the salt stood
 * @param salt base64 of the text that was sent as the salt; empty without salt
 * @param value base64
 */
record DigestHash(Algorithm algorithm, Order order, String salt, String value)
        implements PasswordHash {

    /** The digests that the documentation of imports names. */
    enum Algorithm {
        MD5("md5", "MD5", 16),
        SHA_1("sha1", "SHA-1", 20),
        SHA_256("sha256", "SHA-256", 32),
        SHA_512("sha512", "SHA-512", 64);

        private final String id;
        private final String wire;
        private final int bytes;

        Algorithm(String id, String wire, int bytes) {
            this.id = id;
            this.wire = wire;
            this.bytes = bytes;
        }

        /** Bytes of a digest. */
        int bytes() {
            return bytes;
        }

        /** The algorithm's name on the wire, which is Java's as well. */
        String wire() {
            return wire;
        }
    }

    /** Where the salt stood when the digest was computed. */
    enum Order {
        PREFIX("prefix"),
        POSTFIX("postfix"),
        NONE("none");

        private final String id;

        Order(String id) {
            this.id = id;
        }
    }

    static DigestHash parse(List<String> parts) {
        Parameters.parts(parts.size(), 5);
        for (Algorithm algorithm : Algorithm.values()) {
            for (Order order : Order.values()) {
                if (parts.get(1).equals(algorithm.id) && parts.get(2).equals("o=" + order.id)) {
                    return new DigestHash(algorithm, order, parts.get(3), parts.get(4));
                }
            }
        }
        throw new IllegalArgumentException("malformed text of a password digest");
    }

    @Override
    public String text() {
        return "$" + algorithm.id + "$o=" + order.id + "$" + salt + "$" + value;
    }

    @Override
    public byte[] expected() {
        return PasswordHash.decode(value);
    }

    @Override
    public byte[] compute(byte[] password, Argon2Memory none) {
        return digest(password, PasswordHash.decode(salt));
    }

    @Override
    public boolean matches(byte[] password, Argon2Memory none) {
        byte[] grains = PasswordHash.decode(salt);
        boolean asSent = MessageDigest.isEqual(expected(), digest(password, grains));
        if (order == Order.NONE) {
            return asSent;
        }
        boolean decoded = MessageDigest.isEqual(expected(), digest(password, decoded(grains)));
        return asSent || decoded;
    }

    private static byte[] decoded(byte[] text) {
        try {
            return PasswordHash.decode(new String(text, UTF_8));
        } catch (IllegalArgumentException noBase64) {
            return text;
        }
    }

    private byte[] digest(byte[] password, byte[] grains) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm.wire);
            switch (order) {
                case PREFIX -> {
                    digest.update(grains);
                    digest.update(password);
                }
                case POSTFIX -> {
                    digest.update(password);
                    digest.update(grains);
                }
                case NONE -> digest.update(password);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK lacks " + algorithm.wire, e);
        }
    }

    @Override
    public boolean isHeavy() {
        return false;
    }
}
