package dev.ostiary.conformance.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** A certificate authority that is not the server's, with RSA keys as such have them. */
public final class Certifier {

    private static final X500Name NAME = new X500Name("CN=Somebody's CA");

    private final SecureRandom random = new SecureRandom();
    private final KeyPair own = newKeys();
    private final X509Certificate certificate = sign("CN=Somebody's CA", own, null);

    /** What a host is served with, in PEM form. */
    public record Issued(String certificate, String privateKey) {}

    /** A certificate for a host, with its key. */
    public Issued issue(String host) {
        KeyPair keys = newKeys();
        return new Issued(
                pem("CERTIFICATE", encoded(sign("CN=" + host, keys, host))),
                pem("PRIVATE KEY", keys.getPrivate().getEncoded()));
    }

    /** The authority's own certificate, in PEM form. */
    public String chain() {
        return pem("CERTIFICATE", encoded(certificate));
    }

    /** Trust in it, and in no other. */
    public Trust trust() {
        try {
            Path file = Files.createTempFile("certifier", ".pem");
            Files.writeString(file, chain());
            Trust trust = Trust.in(file);
            Files.delete(file);
            return trust;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private X509Certificate sign(String subject, KeyPair keys, @Nullable String host) {
        Instant now = Instant.now();
        try {
            X509v3CertificateBuilder builder =
                    new JcaX509v3CertificateBuilder(
                            NAME,
                            new BigInteger(64, random),
                            Date.from(now.minus(Duration.ofHours(1))),
                            Date.from(now.plus(Duration.ofDays(90))),
                            new X500Name(subject),
                            keys.getPublic());
            builder.addExtension(
                    Extension.basicConstraints, true, new BasicConstraints(host == null));
            if (host != null) {
                builder.addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(new GeneralName(GeneralName.dNSName, host)));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(
                                    new JcaContentSignerBuilder("SHA256withRSA")
                                            .build(own.getPrivate())));
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] encoded(X509Certificate made) {
        try {
            return made.getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String type, byte[] content) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(
                        type,
                        Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content),
                        type);
    }
}
