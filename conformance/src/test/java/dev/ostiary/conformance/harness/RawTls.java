package dev.ostiary.conformance.harness;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A TLS socket that sends exactly the bytes it is told to, for requests that no library would send,
 * and reads HTTP/1.1 answers that have a {@code Content-Length} or end with the connection.
 */
public final class RawTls implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;

    private final SSLSocket socket;

    private RawTls(SSLSocket socket) {
        this.socket = socket;
    }

    /** Connects; the handshake is done when this returns. */
    public static RawTls open(SSLContext tls, int port) {
        try {
            SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket("localhost", port);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.startHandshake();
            return new RawTls(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Connects to this machine by another name, which it asks for (SNI) and checks. */
    public static RawTls open(SSLContext tls, String host, int port) {
        try {
            Socket plain = new Socket(InetAddress.getLoopbackAddress(), port);
            SSLSocket socket =
                    (SSLSocket) tls.getSocketFactory().createSocket(plain, host, port, true);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.startHandshake();
            return new RawTls(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The certificate that the peer has shown, which the context trusts. */
    public X509Certificate certificate() {
        try {
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        } catch (SSLPeerUnverifiedException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Sends characters as ISO 8859-1 bytes. A peer that has hung up already may still have
     * answered, so that is no failure.
     */
    public RawTls send(String text) {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends bytes. */
    public RawTls send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            return this;
        } catch (IOException e) {
            refusedWhileSending = e;
            return this;
        }
    }

    private @Nullable IOException refusedWhileSending;

    /** Reads one answer. */
    public Answer read() {
        try {
            InputStream in = socket.getInputStream();
            String statusLine = line(in);
            if (!statusLine.startsWith("HTTP/1.1 ")) {
                throw new IOException("no answer but: '" + statusLine + "'");
            }
            int status = Integer.parseInt(statusLine.substring(9, 12));
            Map<String, List<String>> headers = new LinkedHashMap<>();
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                int colon = line.indexOf(':');
                headers.computeIfAbsent(
                                line.substring(0, colon).toLowerCase(Locale.ROOT),
                                name -> new ArrayList<>())
                        .add(line.substring(colon + 1).strip());
            }
            List<String> length = headers.get("content-length");
            byte[] body =
                    length == null
                            ? status == 204 ? new byte[0] : in.readAllBytes()
                            : in.readNBytes(Integer.parseInt(length.getFirst()));
            return new Answer("raw request", status, headers, body);
        } catch (IOException e) {
            if (refusedWhileSending != null) {
                e.addSuppressed(refusedWhileSending);
            }
            throw new UncheckedIOException(e);
        }
    }

    /** Whether nothing follows what was read: waits for the peer to hang up, or to say more. */
    public boolean isAtEnd() {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException stillOpen) {
            return false;
        } catch (IOException hungUp) {
            return true;
        }
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException(
                        "the connection ended after '"
                                + line.toString(StandardCharsets.ISO_8859_1)
                                + "'");
            }
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
