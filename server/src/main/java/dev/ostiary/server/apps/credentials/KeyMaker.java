package dev.ostiary.server.apps.credentials;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/**
 * Makes RSA keys of 2048 bits, certificates that they sign themselves (RFC 5280), and requests for
 * certificates (RFC 2986). Slow: never inside of a transaction. Thread-safe.
 */
public final class KeyMaker {

    private static final int BITS = 2048;
    private static final String SIGNATURE = "SHA256withRSA";

    /** Clients' clocks are not all right. */
    private static final Duration SLACK = Duration.ofMinutes(1);

    private final SecureRandom random;

    public KeyMaker(SecureRandom random) {
        this.random = random;
    }

    /**
     * A key pair with a certificate.
     *
     * @param certificate X.509, DER
     * @param privateKey PKCS#8, DER; secret
     */
    record Made(byte[] certificate, byte[] privateKey, Instant expires) {}

    /** A new key that vouches for itself. */
    Made selfSigned(String orgName, int years, Instant now) {
        KeyPair pair = pair();
        Instant expires = now.atOffset(ZoneOffset.UTC).plusYears(years).toInstant();
        X500Name name =
                new X500NameBuilder(BCStyle.INSTANCE)
                        .addRDN(BCStyle.O, "Ostiary")
                        .addRDN(BCStyle.OU, "SSOProvider")
                        .addRDN(BCStyle.CN, orgName)
                        .build();
        JcaX509v3CertificateBuilder builder =
                new JcaX509v3CertificateBuilder(
                        name,
                        new BigInteger(127, random).setBit(126),
                        Date.from(now.minus(SLACK)),
                        Date.from(expires),
                        name,
                        pair.getPublic());
        try {
            var signer = new JcaContentSignerBuilder(SIGNATURE).build(pair.getPrivate());
            return new Made(
                    builder.build(signer).getEncoded(), pair.getPrivate().getEncoded(), expires);
        } catch (IOException | OperatorCreationException e) {
            throw new IllegalStateException("no certificate can be made", e);
        }
    }

    /**
     * A key pair with a request.
     *
     * @param request PKCS#10, DER
     * @param privateKey PKCS#8, DER; secret
     */
    record Requested(byte[] request, byte[] privateKey) {}

    /** A new key, and the request for a certificate of this subject. */
    Requested request(X500Name subject, List<String> dnsNames) {
        KeyPair pair = pair();
        JcaPKCS10CertificationRequestBuilder builder =
                new JcaPKCS10CertificationRequestBuilder(subject, pair.getPublic());
        try {
            if (!dnsNames.isEmpty()) {
                ExtensionsGenerator extensions = new ExtensionsGenerator();
                extensions.addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(
                                dnsNames.stream()
                                        .map(name -> new GeneralName(GeneralName.dNSName, name))
                                        .toArray(GeneralName[]::new)));
                builder.addAttribute(
                        PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, extensions.generate());
            }
            var signer = new JcaContentSignerBuilder(SIGNATURE).build(pair.getPrivate());
            return new Requested(
                    builder.build(signer).getEncoded(), pair.getPrivate().getEncoded());
        } catch (IOException | OperatorCreationException e) {
            throw new IllegalStateException("no request can be made", e);
        }
    }

    private KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS, random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has RSA", e);
        }
    }
}
