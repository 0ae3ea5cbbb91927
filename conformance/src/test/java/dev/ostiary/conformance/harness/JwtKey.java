package dev.ostiary.conformance.harness;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.node.ObjectNode;

/** A key of a client, with which it signs JWTs (RFC 7515). Immutable and thread-safe. */
public final class JwtKey {

    private static final Base64.Encoder BASE_64 = Base64.getUrlEncoder().withoutPadding();
    private static final int EC_BYTES = 32;
    private static final int GCM_TAG_BITS = 128;

    private final KeyPair pair;
    private final String algorithm;
    private final String id = UUID.randomUUID().toString();

    private JwtKey(KeyPair pair, String algorithm) {
        this.pair = pair;
        this.algorithm = algorithm;
    }

    /** A fresh key that signs by RS256. */
    public static JwtKey rsa() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return new JwtKey(generator.generateKeyPair(), "RS256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A fresh key that signs by ES256. */
    public static JwtKey ec() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return new JwtKey(generator.generateKeyPair(), "ES256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What it is called among its client's keys. */
    public String id() {
        return id;
    }

    /** Its public half (RFC 7517). */
    public ObjectNode publicJwk() {
        ObjectNode jwk = Json.object();
        switch (pair.getPublic()) {
            case RSAPublicKey rsa ->
                    jwk.put("kty", "RSA")
                            .put("e", number(rsa.getPublicExponent(), 0))
                            .put("n", number(rsa.getModulus(), 0));
            case ECPublicKey ec ->
                    jwk.put("kty", "EC")
                            .put("crv", "P-256")
                            .put("x", number(ec.getW().getAffineX(), EC_BYTES))
                            .put("y", number(ec.getW().getAffineY(), EC_BYTES));
            default -> throw new IllegalStateException("no such key");
        }
        return jwk;
    }

    /** The same as a client registers it. */
    public ObjectNode registered() {
        return publicJwk().put("kid", id).put("use", "sig").put("alg", algorithm);
    }

    /** The same as whoever encrypts for it is to know it. */
    public ObjectNode forEncryption() {
        return publicJwk().put("kid", id).put("use", "enc");
    }

    /**
     * What somebody has encrypted for this key, in the compact form (RFC 7516, 5.2): its key by
     * RSA-OAEP, its content by A256GCM.
     *
     * @param hash that OAEP uses, such as {@code SHA-256}
     */
    public String opened(String token, String hash) {
        String[] parts = token.split("\\.");
        Base64.Decoder decoder = Base64.getUrlDecoder();
        try {
            Cipher oaep = Cipher.getInstance("RSA/ECB/OAEPPadding");
            oaep.init(
                    Cipher.DECRYPT_MODE,
                    pair.getPrivate(),
                    new OAEPParameterSpec(
                            hash, "MGF1", new MGF1ParameterSpec(hash), PSource.PSpecified.DEFAULT));
            byte[] key = oaep.doFinal(decoder.decode(parts[1]));
            Cipher gcm = Cipher.getInstance("AES/GCM/NoPadding");
            gcm.init(
                    Cipher.DECRYPT_MODE,
                    new SecretKeySpec(key, "AES"),
                    new GCMParameterSpec(GCM_TAG_BITS, decoder.decode(parts[2])));
            gcm.updateAAD(parts[0].getBytes(StandardCharsets.US_ASCII));
            gcm.update(decoder.decode(parts[3]));
            return new String(gcm.doFinal(decoder.decode(parts[4])), StandardCharsets.US_ASCII);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A JWT that says who signed it by the key's id. */
    public String assertion(ObjectNode claims) {
        return sign(Json.object().put("alg", algorithm).put("kid", id), claims);
    }

    /** A proof of possession of this key (RFC 9449, 4.2). */
    public String proof(ObjectNode claims) {
        ObjectNode header = Json.object().put("typ", "dpop+jwt").put("alg", algorithm);
        header.set("jwk", publicJwk());
        return sign(header, claims);
    }

    /** A JWT with this header. */
    public String sign(ObjectNode header, ObjectNode claims) {
        String signed = encoded(Json.text(header)) + "." + encoded(Json.text(claims));
        try {
            Signature signature =
                    Signature.getInstance(
                            algorithm.equals("RS256")
                                    ? "SHA256withRSA"
                                    : "SHA256withECDSAinP1363Format");
            signature.initSign(pair.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + BASE_64.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The private half in PEM (PKCS #8), as SDKs take it. */
    public String pem() {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(pair.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }

    /** The hash of a text as JWTs have it. */
    public static String sha256(String text) {
        try {
            return BASE_64.encodeToString(
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String text) {
        return BASE_64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Unsigned, of this many bytes at least. */
    private static String number(BigInteger value, int bytes) {
        byte[] raw = value.toByteArray();
        int sign = raw.length > 1 && raw[0] == 0 ? 1 : 0;
        int length = raw.length - sign;
        byte[] padded = new byte[Math.max(bytes, length)];
        System.arraycopy(raw, sign, padded, padded.length - length, length);
        return BASE_64.encodeToString(Arrays.copyOf(padded, padded.length));
    }
}
