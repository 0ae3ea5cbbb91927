package dev.ostiary.platform.tls;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;

/** Whether a certificate is in its time. */
final class Validity {

    private Validity() {}

    static void check(X509Certificate certificate, Instant now, Path file) {
        Instant from = certificate.getNotBefore().toInstant();
        Instant until = certificate.getNotAfter().toInstant();
        if (now.isAfter(until)) {
            throw new TlsFailure("the certificate in %s expired at %s".formatted(file, until));
        }
        if (now.isBefore(from)) {
            throw new TlsFailure(
                    "the certificate in %s is valid only from %s".formatted(file, from));
        }
    }
}
