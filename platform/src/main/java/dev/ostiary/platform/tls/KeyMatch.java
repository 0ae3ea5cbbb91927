package dev.ostiary.platform.tls;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;

/** Whether a private key belongs to a certificate: what one signs, the other must verify. */
final class KeyMatch {

    private static final byte[] SAMPLE = {1, 2, 3, 4};

    private KeyMatch() {}

    static void check(PrivateKey key, X509Certificate certificate, Path keyFile, Path certFile) {
        if (!matches(key, certificate)) {
            throw new TlsFailure(
                    "the private key in %s does not belong to the certificate in %s"
                            .formatted(keyFile, certFile));
        }
    }

    static boolean matches(PrivateKey key, X509Certificate certificate) {
        try {
            Signature signature = Signature.getInstance(algorithm(key));
            signature.initSign(key);
            signature.update(SAMPLE);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(SAMPLE);
            return signature.verify(signed);
        } catch (GeneralSecurityException differentKinds) {
            return false;
        }
    }

    private static String algorithm(PrivateKey key) {
        if (key instanceof RSAKey) {
            return "SHA256withRSA";
        }
        return key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "Ed25519";
    }
}
