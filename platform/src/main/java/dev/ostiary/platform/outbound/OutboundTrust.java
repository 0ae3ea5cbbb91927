package dev.ostiary.platform.outbound;

import dev.ostiary.platform.background.Deferred;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Whose certificates are good: the usual authorities', and those that the operator names. */
public final class OutboundTrust {

    private OutboundTrust() {}

    /**
     * The trust of calls, made when the first is made.
     *
     * @param more PEM file with further authorities, which is read now
     * @throws OutboundTrustFailure if the file cannot be read, or holds no certificate
     */
    public static Supplier<SSLContext> of(Optional<Path> more) {
        Deferred<SSLContext> trust = new Deferred<>(() -> read(more));
        if (more.isPresent()) {
            trust.get();
        }
        return trust;
    }

    private static SSLContext read(Optional<Path> more) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            TrustManagerFactory trust =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(more.isPresent() ? withUsual(more.get()) : null);
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new OutboundTrustFailure(
                    more.map(file -> file + " holds no certificates: ").orElse("") + e.getMessage(),
                    e);
        }
    }

    private static KeyStore withUsual(Path more) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        int n = 0;
        for (X509Certificate usual : usual()) {
            store.setCertificateEntry("usual-" + n++, usual);
        }
        try (InputStream in = Files.newInputStream(more)) {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (certificates.isEmpty()) {
                throw new IOException("it is empty");
            }
            for (Certificate certificate : certificates) {
                store.setCertificateEntry("more-" + n++, certificate);
            }
        }
        return store;
    }

    private static X509Certificate[] usual() throws GeneralSecurityException {
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        return Arrays.stream(factory.getTrustManagers())
                .filter(X509TrustManager.class::isInstance)
                .map(X509TrustManager.class::cast)
                .findFirst()
                .orElseThrow()
                .getAcceptedIssuers();
    }
}
