package dev.ostiary.server.apps.credentials;

import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.problem.ApiException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;

/** The certificate that a client publishes: DER, in base64 if a header says so, or PEM. */
final class PublishedCertificate {

    private PublishedCertificate() {}

    /**
     * The certificate of a body.
     *
     * @throws ApiException {@code E0000001} if it is none
     */
    static X509Certificate of(Request request) {
        byte[] body = request.body();
        boolean base64 =
                request.header("Content-Transfer-Encoding").orElse("").equalsIgnoreCase("base64");
        try {
            byte[] encoded = base64 ? Base64.getMimeDecoder().decode(body) : body;
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(encoded));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw ApiException.validation("certificate", "The certificate could not be read.");
        }
    }

    /**
     * @throws ApiException {@code E0000001} if it is for another key than the request's
     */
    static void requireMatch(X509Certificate certificate, byte[] request) {
        try {
            byte[] wanted =
                    new PKCS10CertificationRequest(request).getSubjectPublicKeyInfo().getEncoded();
            if (!Arrays.equals(wanted, certificate.getPublicKey().getEncoded())) {
                throw ApiException.validation(
                        "certificate", "The certificate does not match the CSR.");
            }
        } catch (IOException e) {
            throw new IllegalStateException("the request is damaged", e);
        }
    }

    static byte[] der(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("what was read can be written", e);
        }
    }
}
