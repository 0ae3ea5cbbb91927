package dev.ostiary.platform.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ListenerSocketsTest {

    private final AtomicLong clock = new AtomicLong();
    private ServerSocket listener;
    private ListenerSockets sockets;

    @BeforeEach
    void listen() throws IOException, NoSuchAlgorithmException {
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        SSLContext context = SSLContext.getDefault();
        sockets =
                new ListenerSockets(
                        context.getSocketFactory(), context.getDefaultSSLParameters(), clock::get);
    }

    @AfterEach
    void close() throws IOException {
        listener.close();
    }

    @Test
    @DisplayName(
            "given a handshake takes too long, when the next client comes, then the first is hung up on")
    void overdue() throws IOException {
        try (Socket silent = connect();
                Socket accepted = accept()) {
            clock.addAndGet(ListenerSockets.PATIENCE.toNanos() - 1);
            connectAndHangUp();
            assertThat(accepted.isClosed()).isFalse();

            clock.addAndGet(1);
            connectAndHangUp();

            assertThat(accepted.isClosed()).isTrue();
            assertThat(silent.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    @DisplayName("given a client hung up by itself, then the one that came after it is seen to")
    void gone() throws IOException {
        connectAndHangUp();
        try (Socket silent = connect();
                Socket accepted = accept()) {
            clock.addAndGet(ListenerSockets.PATIENCE.toNanos());

            connectAndHangUp();

            assertThat(accepted.isClosed()).isTrue();
            assertThat(silent.getInputStream().read()).isEqualTo(-1);
        }
    }

    private void connectAndHangUp() throws IOException {
        try (Socket client = connect();
                Socket accepted = accept()) {
            assertThat(accepted.getPort()).isEqualTo(client.getLocalPort());
        }
    }

    private Socket connect() throws IOException {
        return new Socket(listener.getInetAddress(), listener.getLocalPort());
    }

    /** What the listener got from the client that came first, and lays TLS over. */
    private Socket accept() throws IOException {
        Socket accepted = listener.accept();
        sockets.createSocket(accepted, null, true);
        return accepted;
    }
}
