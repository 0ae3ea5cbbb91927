package dev.ostiary.server.apps.credentials;

import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Schema;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import tools.jackson.core.JsonGenerator;

/**
 * A key that signs for an app, as everybody may see it (Apps API, "Application Key Credential
 * object"). Immutable.
 *
 * @param kid its name
 * @param certificate X.509, DER
 */
public record SigningKey(
        String kid, byte[] certificate, Instant created, Instant lastUpdated, Instant expires) {

    /** On the wire. */
    public static final Schema SCHEMA =
            Schema.object("AppSigningKey")
                    .always("kty", Schema.words("RSA"))
                    .always("created", Schema.MOMENT)
                    .always("lastUpdated", Schema.MOMENT)
                    .always("expiresAt", Schema.MOMENT)
                    .always("kid", Schema.TEXT)
                    .always("use", Schema.words("sig"))
                    .always("x5c", Schema.list(Schema.TEXT))
                    .always("x5t#S256", Schema.TEXT)
                    .always("e", Schema.TEXT)
                    .always("n", Schema.TEXT);

    /** Writes it as one object. */
    public void write(JsonGenerator out) {
        RSAPublicKey key = (RSAPublicKey) parsed().getPublicKey();
        out.writeStartObject();
        out.writeStringProperty("kty", "RSA");
        out.writeStringProperty("created", Dates.text(created));
        out.writeStringProperty("lastUpdated", Dates.text(lastUpdated));
        out.writeStringProperty("expiresAt", Dates.text(expires));
        out.writeStringProperty("kid", kid);
        out.writeStringProperty("use", "sig");
        out.writeArrayPropertyStart("x5c");
        out.writeString(base64());
        out.writeEndArray();
        out.writeStringProperty("x5t#S256", thumbprint());
        out.writeStringProperty("e", unsigned(key.getPublicExponent()));
        out.writeStringProperty("n", unsigned(key.getModulus()));
        out.writeEndObject();
    }

    /** The certificate in base64, as {@code x5c} and XML signatures have it. */
    public String base64() {
        return Base64.getEncoder().encodeToString(certificate);
    }

    /** The certificate. */
    public X509Certificate parsed() {
        return parse(certificate);
    }

    static X509Certificate parse(byte[] der) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(der));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("no certificate", e);
        }
    }

    private String thumbprint() {
        try {
            return url(MessageDigest.getInstance("SHA-256").digest(certificate));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** RFC 7518, 2: without a byte for the sign. */
    private static String unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return bytes[0] == 0 && bytes.length > 1
                ? url(Arrays.copyOfRange(bytes, 1, bytes.length))
                : url(bytes);
    }

    private static String url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
