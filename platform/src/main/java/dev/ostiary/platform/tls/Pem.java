package dev.ostiary.platform.tls;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;

/**
 * Certificates and private keys as text (RFC 7468). Keys are read in every form that tools write:
 * PKCS#8, PKCS#1 (RSA) and SEC 1 (EC, also after a block of parameters).
 */
final class Pem {

    /** More than any chain or key needs. */
    private static final long LARGEST = 1 << 20;

    private Pem() {}

    /** All certificates of a file, in its order; at least one. */
    static List<X509Certificate> certificates(Path file) {
        return certificates(text(file), file.toString());
    }

    /** All certificates of a text, in its order; at least one. */
    static List<X509Certificate> certificates(String text, String origin) {
        List<X509Certificate> found = new ArrayList<>();
        for (Object object : objects(text, origin)) {
            if (object instanceof X509CertificateHolder holder) {
                try {
                    found.add(CertificateText.parse(holder.getEncoded()));
                } catch (IOException | GeneralSecurityException e) {
                    throw new TlsFailure(origin + " holds a certificate that cannot be read", e);
                }
            }
        }
        if (found.isEmpty()) {
            throw new TlsFailure(origin + " holds no certificate in PEM form");
        }
        return found;
    }

    /** The private key of a file. */
    static PrivateKey privateKey(Path file) {
        return privateKey(text(file), file.toString());
    }

    /** The private key of a text. */
    static PrivateKey privateKey(String text, String origin) {
        for (Object object : objects(text, origin)) {
            switch (object) {
                case PrivateKeyInfo key -> {
                    return privateKey(key, origin);
                }
                case PEMKeyPair pair -> {
                    return privateKey(pair.getPrivateKeyInfo(), origin);
                }
                case PKCS8EncryptedPrivateKeyInfo encrypted -> throw encrypted(origin);
                case PEMEncryptedKeyPair encrypted -> throw encrypted(origin);
                default -> {}
            }
        }
        throw new TlsFailure(origin + " holds no private key in PEM form");
    }

    private static PrivateKey privateKey(PrivateKeyInfo info, String origin) {
        try {
            return KeyFactory.getInstance(algorithm(info, origin))
                    .generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
        } catch (GeneralSecurityException | IOException e) {
            throw new TlsFailure(origin + " holds a private key that cannot be used", e);
        }
    }

    private static String algorithm(PrivateKeyInfo info, String origin) {
        var oid = info.getPrivateKeyAlgorithm().getAlgorithm();
        if (oid.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
            return "EC";
        }
        if (oid.equals(PKCSObjectIdentifiers.rsaEncryption)) {
            return "RSA";
        }
        if (oid.equals(PKCSObjectIdentifiers.id_RSASSA_PSS)) {
            return "RSASSA-PSS";
        }
        if (oid.equals(EdECObjectIdentifiers.id_Ed25519)) {
            return "Ed25519";
        }
        throw new TlsFailure(origin + " holds a private key of an unknown kind (" + oid + ")");
    }

    private static List<Object> objects(String text, String origin) {
        try (PEMParser parser = new PEMParser(new StringReader(text))) {
            List<Object> all = new ArrayList<>();
            for (Object next = parser.readObject(); next != null; next = parser.readObject()) {
                all.add(next);
            }
            return all;
        } catch (PEMException e) {
            throw new TlsFailure(origin + " is damaged: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new TlsFailure(origin + " is not in PEM form: " + e.getMessage(), e);
        }
    }

    private static String text(Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                throw new TlsFailure(file + " is too large for a certificate or key");
            }
            return Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw new TlsFailure(file + " does not exist", e);
        } catch (AccessDeniedException e) {
            throw new TlsFailure(file + " may not be read by this user", e);
        } catch (IOException e) {
            throw new TlsFailure(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static TlsFailure encrypted(String origin) {
        return new TlsFailure(
                origin + " is protected by a passphrase: give a key without one (openssl pkey)");
    }
}
