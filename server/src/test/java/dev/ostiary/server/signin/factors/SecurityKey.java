package dev.ostiary.server.signin.factors;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ostiary.platform.json.Json;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/**
 * A security key and the browser that asks it (Web Authentication, level 2): one credential of
 * ES256, attested by nobody, with a signature counter.
 */
final class SecurityKey {

    private static final int PRESENT = 0x01;
    private static final int VERIFIED = 0x04;
    private static final int COPIED = 0x08;
    private static final int ATTESTED = 0x40;

    private final KeyPair pair;
    private final byte[] id;
    private final String origin;
    private final String relyingParty;
    private int counter;

    /**
     * @param origin of the page that asks
     * @param relyingParty whom the key works for
     */
    SecurityKey(String name, String origin, String relyingParty) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        this.pair = generator.generateKeyPair();
        this.id = sha256(name.getBytes(UTF_8));
        this.origin = origin;
        this.relyingParty = relyingParty;
    }

    /** The same key in a browser that shows another page. */
    private SecurityKey(SecurityKey key, String origin, String relyingParty) {
        this.pair = key.pair;
        this.id = key.id;
        this.counter = key.counter;
        this.origin = origin;
        this.relyingParty = relyingParty;
    }

    SecurityKey at(String page, String party) {
        return new SecurityKey(this, page, party);
    }

    String credentialId() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(id);
    }

    /** The body that activates a factor. */
    String registration(String challenge) throws GeneralSecurityException {
        return registered(challenge, PRESENT, new UUID(0, 0), Optional.empty());
    }

    /** As {@link #registration}; the key knows its holder. */
    String registrationByHolder(String challenge) throws GeneralSecurityException {
        return registered(challenge, PRESENT | VERIFIED, new UUID(0, 0), Optional.empty());
    }

    /** As {@link #registration}; the credential may be on several devices. */
    String registrationOfCopy(String challenge) throws GeneralSecurityException {
        return registered(challenge, PRESENT | COPIED, new UUID(0, 0), Optional.empty());
    }

    /** As {@link #registration}, by a key that says its model. */
    String registrationOf(String challenge, UUID model) throws GeneralSecurityException {
        return registered(challenge, PRESENT, model, Optional.empty());
    }

    /** As {@link #registration}, by a key for which its maker vouches (8.2, packed). */
    String registrationOf(String challenge, UUID model, Maker maker)
            throws GeneralSecurityException {
        return registered(challenge, PRESENT, model, Optional.of(maker));
    }

    /** Who made keys: a certificate and its key. */
    record Maker(X509Certificate certificate, PrivateKey key) {}

    private String registered(String challenge, int flags, UUID model, Optional<Maker> maker)
            throws GeneralSecurityException {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        data.writeBytes(head(flags | ATTESTED));
        data.writeBytes(
                ByteBuffer.allocate(16)
                        .putLong(model.getMostSignificantBits())
                        .putLong(model.getLeastSignificantBits())
                        .array());
        data.writeBytes(ByteBuffer.allocate(2).putShort((short) id.length).array());
        data.writeBytes(id);
        data.writeBytes(coseKey());
        byte[] client = client("webauthn.create", challenge);
        ByteArrayOutputStream object = new ByteArrayOutputStream();
        object.write(0xa3);
        text(object, "fmt");
        text(object, maker.isPresent() ? "packed" : "none");
        text(object, "attStmt");
        if (maker.isPresent()) {
            statement(object, maker.get(), data.toByteArray(), client);
        } else {
            object.write(0xa0);
        }
        text(object, "authData");
        bytes(object, data.toByteArray());
        return Json.text(
                Json.object()
                        .put("attestation", encoded(object.toByteArray()))
                        .put("clientData", encoded(client)));
    }

    private static void statement(
            ByteArrayOutputStream out, Maker maker, byte[] data, byte[] client)
            throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(maker.key());
        signature.update(data);
        signature.update(sha256(client));
        out.write(0xa3);
        text(out, "alg");
        out.write(0x26);
        text(out, "sig");
        bytes(out, signature.sign());
        text(out, "x5c");
        out.write(0x81);
        byte[] certificate = maker.certificate().getEncoded();
        out.write(0x59);
        out.writeBytes(ByteBuffer.allocate(2).putShort((short) certificate.length).array());
        out.writeBytes(certificate);
    }

    /** The body that verifies a factor. */
    String assertion(String challenge) throws GeneralSecurityException {
        counter++;
        return assertionAgain(challenge);
    }

    /** As {@link #assertion}, by a copy of the key whose counter stands still. */
    String assertionAgain(String challenge) throws GeneralSecurityException {
        byte[] data = head(PRESENT);
        byte[] client = client("webauthn.get", challenge);
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(pair.getPrivate());
        signature.update(data);
        signature.update(sha256(client));
        return Json.text(
                Json.object()
                        .put("clientData", encoded(client))
                        .put("authenticatorData", encoded(data))
                        .put("signatureData", encoded(signature.sign())));
    }

    private byte[] head(int flags) throws GeneralSecurityException {
        return ByteBuffer.allocate(37)
                .put(sha256(relyingParty.getBytes(UTF_8)))
                .put((byte) flags)
                .putInt(counter)
                .array();
    }

    private byte[] client(String type, String challenge) {
        ObjectNode client =
                Json.object()
                        .put("type", type)
                        .put("challenge", challenge)
                        .put("origin", origin)
                        .put("crossOrigin", false);
        return Json.text(client).getBytes(UTF_8);
    }

    /** RFC 9053, 7.1.1: an EC2 key of ES256 on P-256. */
    private byte[] coseKey() {
        ECPublicKey key = (ECPublicKey) pair.getPublic();
        ByteArrayOutputStream cose = new ByteArrayOutputStream();
        cose.writeBytes(new byte[] {(byte) 0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21});
        bytes(cose, coordinate(key.getW().getAffineX()));
        cose.write(0x22);
        bytes(cose, coordinate(key.getW().getAffineY()));
        return cose.toByteArray();
    }

    private static byte[] coordinate(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] fixed = new byte[32];
        int length = Math.min(32, bytes.length);
        System.arraycopy(bytes, bytes.length - length, fixed, 32 - length, length);
        return fixed;
    }

    private static void text(ByteArrayOutputStream out, String text) {
        out.write(0x60 | text.length());
        out.writeBytes(text.getBytes(UTF_8));
    }

    private static void bytes(ByteArrayOutputStream out, byte[] bytes) {
        out.write(0x58);
        out.write(bytes.length);
        out.writeBytes(bytes);
    }

    private static String encoded(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] sha256(byte[] bytes) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-256").digest(bytes);
    }
}
