package dev.ostiary.server.apps;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;

/** What an authority elsewhere makes of requests. */
final class Certificates {

    private Certificates() {}

    /**
     * The certificate that a request asks for, in PEM, lasting so many days from the test's time.
     */
    static String signed(String request, int days) {
        try {
            PKCS10CertificationRequest asked =
                    new PKCS10CertificationRequest(Base64.getDecoder().decode(request));
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            KeyPair authority = generator.generateKeyPair();
            Instant now = Instant.parse("2030-01-01T00:00:00Z");
            byte[] der =
                    new X509v3CertificateBuilder(
                                    new X500Name("CN=Authority"),
                                    BigInteger.TEN,
                                    Date.from(now),
                                    Date.from(now.plus(Duration.ofDays(days))),
                                    asked.getSubject(),
                                    asked.getSubjectPublicKeyInfo())
                            .build(
                                    new JcaContentSignerBuilder("SHA256withECDSA")
                                            .build(authority.getPrivate()))
                            .getEncoded();
            return "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder().encodeToString(der)
                    + "\n-----END CERTIFICATE-----\n";
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
