package dev.ostiary.platform.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
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
import java.time.InstantSource;
import java.util.Collection;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
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
 * The certificate authority of one server: made at its first start, trusted by whoever imports its
 * certificate, and good for that server's own names only by the secrecy of its key, which is sealed
 * on disk. Certificates follow RFC 5280; keys are ECDSA on P-256.
 */
final class LocalAuthority {

    static final String CERTIFICATE = "ca.pem";
    static final String KEY = "ca.key.sealed";

    private static final Duration LIFE = Duration.ofDays(3650);

    /** What browsers accept at most. */
    private static final Duration LEAF_LIFE = Duration.ofDays(397);

    /** Clients' clocks are not all right. */
    private static final Duration SLACK = Duration.ofHours(1);

    private static final String SIGNATURE = "SHA256withECDSA";

    private final PrivateKey key;
    private final X509Certificate certificate;
    private final InstantSource clock;
    private final SecureRandom random;

    private LocalAuthority(
            PrivateKey key, X509Certificate certificate, InstantSource clock, SecureRandom random) {
        this.key = key;
        this.certificate = certificate;
        this.clock = clock;
        this.random = random;
    }

    /** The authority in a directory, made where there is none. */
    static LocalAuthority in(
            Path directory, KeySealer sealer, InstantSource clock, SecureRandom random) {
        Path certificateFile = directory.resolve(CERTIFICATE);
        Path keyFile = directory.resolve(KEY);
        try {
            if (!Files.exists(certificateFile)) {
                return make(directory, sealer, clock, random);
            }
            X509Certificate certificate = Pem.certificates(certificateFile).getFirst();
            if (!Files.exists(keyFile)) {
                throw new TlsFailure(
                        "%s is missing: restore it, or delete %s for a new authority, which clients must then trust anew"
                                .formatted(keyFile, certificateFile));
            }
            PrivateKeyInfo info =
                    PrivateKeyInfo.getInstance(sealer.open(Files.readAllBytes(keyFile)));
            PrivateKey key = Pem.privateKey(info, keyFile);
            KeyMatch.check(key, certificate, keyFile, certificateFile);
            Validity.check(certificate, clock.instant(), certificateFile);
            return new LocalAuthority(key, certificate, clock, random);
        } catch (IOException e) {
            throw new TlsFailure("the authority in " + directory + " cannot be used: " + e, e);
        }
    }

    /** A new key with a certificate for these hosts. */
    Identity issue(Collection<HostName> hosts) {
        KeyPair pair = newKey(random);
        Instant now = clock.instant();
        Instant wanted = now.plus(LEAF_LIFE);
        Instant last = certificate.getNotAfter().toInstant();
        try {
            JcaX509ExtensionUtils extensions = new JcaX509ExtensionUtils();
            X509v3CertificateBuilder builder =
                    new JcaX509v3CertificateBuilder(
                            certificate,
                            serial(random),
                            Date.from(now.minus(SLACK)),
                            Date.from(wanted.isBefore(last) ? wanted : last),
                            new javax.security.auth.x500.X500Principal("CN=Ostiary server"),
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
                            hosts.stream()
                                    .map(HostName::inCertificate)
                                    .toArray(GeneralName[]::new)));
            return new Identity(pair.getPrivate(), List.of(sign(builder, key)));
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new TlsFailure("no certificate can be made for " + hosts, e);
        }
    }

    X509Certificate certificate() {
        return certificate;
    }

    private static LocalAuthority make(
            Path directory, KeySealer sealer, InstantSource clock, SecureRandom random)
            throws IOException {
        KeyPair pair = newKey(random);
        X509Certificate certificate = selfSigned(pair, clock.instant(), random);
        Drafts drafts = Drafts.in(directory);
        // The certificate last: whoever sees it may trust it, and its key is safe by then.
        drafts.write(KEY, sealer.seal(pair.getPrivate().getEncoded()), "rw-------");
        try {
            drafts.write(
                    CERTIFICATE,
                    Pem.certificate(certificate)
                            .getBytes(java.nio.charset.StandardCharsets.US_ASCII),
                    "rw-r--r--");
        } catch (GeneralSecurityException e) {
            throw new TlsFailure("the authority's certificate cannot be written", e);
        }
        return new LocalAuthority(pair.getPrivate(), certificate, clock, random);
    }

    private static X509Certificate selfSigned(KeyPair pair, Instant now, SecureRandom random) {
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
                            serial(random),
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
            return sign(builder, pair.getPrivate());
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new TlsFailure("the local authority cannot be made", e);
        }
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key)
            throws IOException, GeneralSecurityException, OperatorCreationException {
        var signer = new JcaContentSignerBuilder(SIGNATURE).build(key);
        return Pem.parse(builder.build(signer).getEncoded());
    }

    private static KeyPair newKey(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new TlsFailure("this Java has no P-256 keys", e);
        }
    }

    /** Positive, and of at most 20 octets (RFC 5280, 4.1.2.2). */
    private static BigInteger serial(SecureRandom random) {
        return new BigInteger(127, random).setBit(126);
    }
}
