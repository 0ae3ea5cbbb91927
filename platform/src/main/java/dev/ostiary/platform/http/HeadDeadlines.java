package dev.ostiary.platform.http;

import io.helidon.common.socket.HelidonSocket;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Ends connections whose headers do not come to an end: Helidon bounds the wait for each byte, so
 * that whoever sends one a minute keeps a connection for ever. The request line is its own affair
 * (idle connections), bodies are bounded where they are read. Thread-safe.
 */
final class HeadDeadlines implements Http1ConnectionListener {

    private static final Logger LOG = System.getLogger(HeadDeadlines.class.getName());

    /** How long all headers together may take. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Map<ConnectionContext, Long> begun = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;

    /**
     * @param nanoTime as {@link System#nanoTime}
     */
    HeadDeadlines(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    @Override
    public void prologue(ConnectionContext connection, HttpPrologue prologue) {
        begun.put(connection, nanoTime.getAsLong());
    }

    @Override
    public void headers(ConnectionContext connection, Headers headers) {
        begun.remove(connection);
    }

    /** Ends the connections that are past their time. */
    void sweep() {
        long now = nanoTime.getAsLong();
        begun.forEach(
                (connection, since) -> {
                    if (now - since > PATIENCE.toNanos() && begun.remove(connection, since)) {
                        // closing says goodbye, for which a client may let one wait
                        Thread.ofVirtual().start(() -> end(connection.serverSocket()));
                    }
                });
    }

    private static void end(HelidonSocket socket) {
        try {
            socket.close();
        } catch (UncheckedIOException e) {
            LOG.log(Level.DEBUG, "the client has hung up already", e);
        }
    }
}
