package dev.ostiary.platform.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * As many connections as there is memory for, over all listeners. Whoever comes when there is no
 * more room takes the place of the connection that has been idle for longest: clients that keep
 * many open and say nothing can neither take all memory nor keep others out. A request that is
 * being answered is answered first. Thread-safe.
 */
final class OpenConnections {

    /** What an idle connection takes of the heap, measured: its buffers, its keys, its thread. */
    private static final int BYTES_EACH = 40 * 1024;

    private final int room;
    private final Set<Held> held = ConcurrentHashMap.newKeySet();

    /**
     * @param room how many connections there may be
     */
    OpenConnections(int room) {
        this.room = room;
    }

    /**
     * Connections may take half the heap.
     *
     * @param heap the most that there is, in bytes
     */
    static OpenConnections within(long heap) {
        return new OpenConnections(Math.clamp(heap / 2 / BYTES_EACH, 64, 1_000_000));
    }

    /** Counts the connections of a protocol. */
    ServerConnectionSelector counting(ServerConnectionSelector protocol) {
        return new Counting(protocol);
    }

    /** Counts a connection while it is handled. */
    ServerConnection counted(ServerConnection connection) {
        return new Held(connection);
    }

    int count() {
        return held.size();
    }

    private void enter(Held connection) {
        held.add(connection);
        if (held.size() > room) {
            held.stream()
                    .filter(other -> other != connection && !other.leaving)
                    .max(Comparator.comparing(Held::idleTime))
                    .ifPresent(Held::leave);
        }
    }

    private final class Counting implements ServerConnectionSelector {

        private final ServerConnectionSelector protocol;

        Counting(ServerConnectionSelector protocol) {
            this.protocol = protocol;
        }

        @Override
        public int bytesToIdentifyConnection() {
            return protocol.bytesToIdentifyConnection();
        }

        @Override
        public Support supports(BufferData data) {
            return protocol.supports(data);
        }

        @Override
        public Set<String> supportedApplicationProtocols() {
            return protocol.supportedApplicationProtocols();
        }

        @Override
        public ServerConnection connection(ConnectionContext context) {
            return counted(protocol.connection(context));
        }
    }

    /** One connection, from its handshake to its end. */
    private final class Held implements ServerConnection, InterruptableTask<Void> {

        private final ServerConnection connection;
        private volatile boolean leaving;

        Held(ServerConnection connection) {
            this.connection = connection;
        }

        @Override
        public void handle(Limit limit) throws InterruptedException {
            enter(this);
            try {
                connection.handle(limit);
            } finally {
                held.remove(this);
            }
        }

        void leave() {
            leaving = true;
            connection.close(false);
        }

        @Override
        public Duration idleTime() {
            return connection.idleTime();
        }

        @Override
        public void close(boolean interrupt) {
            connection.close(interrupt);
        }

        @Override
        public boolean canInterrupt() {
            return connection instanceof InterruptableTask<?> task && task.canInterrupt();
        }
    }
}
