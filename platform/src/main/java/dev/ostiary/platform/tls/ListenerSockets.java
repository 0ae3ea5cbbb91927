package dev.ostiary.platform.tls;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Lays TLS over the sockets that a listener has accepted, and hangs up on those whose handshake
 * does not come to an end, which no idle limit of the listener covers. There is no thread for that:
 * whoever comes next sees to it, and where nobody comes, nobody needs the room. Thread-safe.
 */
final class ListenerSockets extends SSLSocketFactory {

    /** How long a handshake may take. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    /** A handshake that was going on when somebody last looked. */
    private record Handshake(Socket accepted, SSLSocket secured, long since) {

        /** Which protocol is spoken above TLS, if only that none was named, is known at its end. */
        boolean isOver() {
            return secured.getApplicationProtocol() != null || accepted.isClosed();
        }
    }

    private final SSLSocketFactory sockets;
    private final SSLParameters enabled;
    private final LongSupplier nanoTime;

    /** In the order of their beginning. */
    private final Deque<Handshake> handshakes = new ConcurrentLinkedDeque<>();

    /**
     * @param nanoTime as {@link System#nanoTime}
     * @param enabled changed by nobody afterwards
     */
    ListenerSockets(SSLSocketFactory sockets, SSLParameters enabled, LongSupplier nanoTime) {
        this.sockets = sockets;
        this.enabled = enabled;
        this.nanoTime = nanoTime;
    }

    @Override
    public Socket createSocket(Socket accepted, @Nullable InputStream consumed, boolean autoClose)
            throws IOException {
        endOverdue();
        SSLSocket secured = (SSLSocket) sockets.createSocket(accepted, consumed, autoClose);
        secured.setSSLParameters(enabled);
        handshakes.add(new Handshake(accepted, secured, nanoTime.getAsLong()));
        return secured;
    }

    private void endOverdue() throws IOException {
        long now = nanoTime.getAsLong();
        for (Handshake oldest = handshakes.poll(); oldest != null; oldest = handshakes.poll()) {
            if (!oldest.isOver()) {
                if (now - oldest.since < PATIENCE.toNanos()) {
                    handshakes.addFirst(oldest);
                    return;
                }
                oldest.accepted.close();
            }
        }
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return enabled.getCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return sockets.getSupportedCipherSuites();
    }

    @Override
    public Socket createSocket(Socket socket, String host, int port, boolean autoClose) {
        throw clientsOnly();
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw clientsOnly();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) {
        throw clientsOnly();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw clientsOnly();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
        throw clientsOnly();
    }

    private static UnsupportedOperationException clientsOnly() {
        return new UnsupportedOperationException("a listener connects to nobody");
    }
}
