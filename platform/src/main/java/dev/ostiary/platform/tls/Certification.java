package dev.ostiary.platform.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Makes keys and the certificates for them (RFC 5280): ECDSA on P-256.
 *
 * <p>Apart from {@link LocalAuthority}, which only reads its files at most starts, so that those
 * starts load none of the library that writes certificates.
 */
final class Certification {

    private static final Duration LIFE = Duration.ofDays(3650);

    /** What browsers accept at most. */
    private static final Duration LEAF_LIFE = Duration.ofDays(397);

    /** Clients' clocks are not all right. */
    private static final Duration SLACK = Duration.ofHours(1);

    private static final String SIGNATURE = "SHA256withECDSA";

    private final SecureRandom random;

    Certification(SecureRandom random) {
        this.random = random;
    }

    /** A new key with a certificate of an authority's for these hosts. */
    Identity leaf(Identity authority, Collection<HostName> hosts, Instant now) {
        X509Certificate certificate = authority.leaf();
        KeyPair pair = newKey();
        Instant wanted = now.plus(LEAF_LIFE);
        Instant last = certificate.getNotAfter().toInstant();
        try {
            JcaX509ExtensionUtils extensions = new JcaX509ExtensionUtils();
            X509v3CertificateBuilder builder =
                    new JcaX509v3CertificateBuilder(
                            certificate,
                            serial(),
                            Date.from(now.minus(SLACK)),
                            Date.from(wanted.isBefore(last) ? wanted : last),
                            new X500Principal("CN=Ostiary server"),
                            pair.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(
                    Extension.extendedKeyUsage,
                    false,
                    new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    extensions.createAuthorityKeyIdentifier(certificate.getPublicKey()));
            builder.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    extensions.createSubjectKeyIdentifier(pair.getPublic()));
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(
                            hosts.stream().map(Certification::name).toArray(GeneralName[]::new)));
            return new Identity(pair.getPrivate(), List.of(sign(builder, authority.key())));
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new TlsFailure("no certificate can be made for " + hosts, e);
        }
    }

    /** A new key with a certificate that it vouches for itself, as an authority. */
    Identity authority(Instant now) {
        KeyPair pair = newKey();
        byte[] tag = new byte[3];
        random.nextBytes(tag);
        X500Name name =
                new X500Name(
                        "CN=Ostiary local CA " + HexFormat.of().withUpperCase().formatHex(tag));
        try {
            PublicKey publicKey = pair.getPublic();
            X509v3CertificateBuilder builder =
                    new JcaX509v3CertificateBuilder(
                            name,
                            serial(),
                            Date.from(now.minus(SLACK)),
                            Date.from(now.plus(LIFE)),
                            name,
                            publicKey);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(
                    Extension.keyUsage,
                    true,
                    new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            builder.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createSubjectKeyIdentifier(publicKey));
            return new Identity(pair.getPrivate(), List.of(sign(builder, pair.getPrivate())));
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new TlsFailure("the local authority cannot be made", e);
        }
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key)
            throws IOException, GeneralSecurityException, OperatorCreationException {
        var signer = new JcaContentSignerBuilder(SIGNATURE).build(key);
        return CertificateText.parse(builder.build(signer).getEncoded());
    }

    private KeyPair newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new TlsFailure("this Java has no P-256 keys", e);
        }
    }

    /** Positive, and of at most 20 octets (RFC 5280, 4.1.2.2). */
    private BigInteger serial() {
        return new BigInteger(127, random).setBit(126);
    }

    private static GeneralName name(HostName host) {
        return new GeneralName(
                host.isAddress() ? GeneralName.iPAddress : GeneralName.dNSName, host.text());
    }
}
