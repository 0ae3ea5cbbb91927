package dev.ostiary.platform.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** Answers every TLS connection on a loopback port with one byte. */
final class LoopbackServer implements AutoCloseable {

    private final SSLContext tls;
    private final ServerSocket listener;

    LoopbackServer(ServerTls tls) throws IOException {
        this.tls = tls.context();
        listener = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
        Thread.ofVirtual().start(this::serve);
    }

    private void serve() {
        while (!listener.isClosed()) {
            try (Socket accepted = listener.accept();
                    Socket socket = tls.getSocketFactory().createSocket(accepted, null, true)) {
                socket.getOutputStream().write(1);
            } catch (IOException refusedByTheClientOrClosed) {
                // The client tells what went wrong; the next one is served.
            }
        }
    }

    /**
     * Connects as a client that checks the host name and trusts one file only; returns the server's
     * certificate.
     */
    X509Certificate connect(Path trusted, String host, String protocol)
            throws IOException, GeneralSecurityException {
        Socket plain = new Socket();
        plain.connect(
                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), listener.getLocalPort()));
        try (SSLSocket socket =
                (SSLSocket)
                        trusting(trusted)
                                .getSocketFactory()
                                .createSocket(plain, host, listener.getLocalPort(), true)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            parameters.setProtocols(new String[] {protocol});
            if (Character.isLetter(host.charAt(0))) {
                parameters.setServerNames(java.util.List.of(new SNIHostName(host)));
            }
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            if (socket.getInputStream().read() != 1
                    || !socket.getSession().getProtocol().equals(protocol)) {
                throw new IOException("no answer over " + protocol);
            }
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    /** Connects as a client that knows TLS 1.2 with one cipher suite only. */
    void connectWith(Path trusted, String cipherSuite)
            throws IOException, GeneralSecurityException {
        try (SSLSocket socket =
                (SSLSocket)
                        trusting(trusted)
                                .getSocketFactory()
                                .createSocket("127.0.0.1", listener.getLocalPort())) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            socket.setEnabledCipherSuites(new String[] {cipherSuite});
            socket.startHandshake();
        }
    }

    private static SSLContext trusting(Path file) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("trusted", Pem.certificates(file).getFirst());
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
