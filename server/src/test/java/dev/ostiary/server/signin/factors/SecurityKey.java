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
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import tools.jackson.databind.node.ObjectNode;

/**
 * A security key and the browser that asks it (Web Authentication, level 2): one credential of
 * ES256, attested by nobody, with a signature counter.
 */
final class SecurityKey {

    private static final int PRESENT = 0x01;
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
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        data.writeBytes(head(PRESENT | ATTESTED));
        data.writeBytes(new byte[16]);
        data.writeBytes(ByteBuffer.allocate(2).putShort((short) id.length).array());
        data.writeBytes(id);
        data.writeBytes(coseKey());
        ByteArrayOutputStream object = new ByteArrayOutputStream();
        object.write(0xa3);
        text(object, "fmt");
        text(object, "none");
        text(object, "attStmt");
        object.write(0xa0);
        text(object, "authData");
        bytes(object, data.toByteArray());
        return Json.text(
                Json.object()
                        .put("attestation", encoded(object.toByteArray()))
                        .put("clientData", encoded(client("webauthn.create", challenge))));
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
