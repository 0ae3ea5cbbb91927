package dev.ostiary.server.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Trusts a server that shows exactly the operator's own certificate, whatever names it bears: the
 * commands reach the server over loopback, which that certificate need not name.
 */
final class PinnedCertificate extends X509ExtendedTrustManager {

    private final Path file;
    private final List<? extends Certificate> known;

    private PinnedCertificate(Path file, List<? extends Certificate> known) {
        this.file = file;
        this.known = known;
    }

    /** The first certificate of a PEM file. */
    static PinnedCertificate in(Path file) throws IOException, CertificateException {
        try (InputStream in = Files.newInputStream(file)) {
            return new PinnedCertificate(
                    file,
                    List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(in)));
        }
    }

    private void check(X509Certificate[] chain) throws CertificateException {
        if (chain.length == 0 || known.isEmpty() || !chain[0].equals(known.getFirst())) {
            throw new CertificateException("the server shows another certificate than " + file);
        }
    }

    @Override
    public void checkServerTrusted(
            X509Certificate[] chain, String authType, @Nullable Socket socket)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(
            X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(
            X509Certificate[] chain, String authType, @Nullable Socket socket)
            throws CertificateException {
        throw new CertificateException("no client is asked for a certificate");
    }

    @Override
    public void checkClientTrusted(
            X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("no client is asked for a certificate");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType)
            throws CertificateException {
        throw new CertificateException("no client is asked for a certificate");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
