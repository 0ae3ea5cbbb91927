package dev.ostiary.server.hooks.keys;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;

/** RSA keys of 2048 bits, by the JDK. Thread-safe if the source of randomness is. */
final class RsaKeys {

    private static final int BITS = 2048;

    private final SecureRandom random;

    RsaKeys(SecureRandom random) {
        this.random = random;
    }

    /**
     * A new pair.
     *
     * @param n modulus, base64url (RFC 7518, 6.3.1.1)
     * @param e exponent, base64url
     * @param privateKey PKCS #8; secret
     */
    record Pair(String n, String e, byte[] privateKey) {}

    /** A new name: a random UUID (RFC 9562, version 4). */
    String name() {
        long high = random.nextLong() & ~0xF000L | 0x4000L;
        long low = random.nextLong() >>> 2 | 1L << 63;
        return new UUID(high, low).toString();
    }

    /** Takes a tenth of a second or more: not to be done in a transaction. */
    Pair make() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS, random);
            KeyPair pair = generator.generateKeyPair();
            RSAPublicKey half = (RSAPublicKey) pair.getPublic();
            return new Pair(
                    unsigned(half.getModulus()),
                    unsigned(half.getPublicExponent()),
                    pair.getPrivate().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has RSA", e);
        }
    }

    /** A signature with RSASSA-PKCS1-v1_5 and SHA-256: {@code RS256}. */
    static byte[] sign(byte[] privateKey, byte[] content) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(
                    KeyFactory.getInstance("RSA")
                            .generatePrivate(new PKCS8EncodedKeySpec(privateKey)));
            signature.update(content);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a hook key does not sign", e);
        }
    }

    private static String unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] magnitude = bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(magnitude);
    }
}
