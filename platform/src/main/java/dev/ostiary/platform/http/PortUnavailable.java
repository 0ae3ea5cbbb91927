package dev.ostiary.platform.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** A port that cannot be opened; the message names it and says why. */
public final class PortUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int port;

    private PortUnavailable(int port, String message, IOException cause) {
        super(message, cause);
        this.port = port;
    }

    /** The port. */
    public int port() {
        return port;
    }

    /** Helidon only writes to its log when a port is taken; so the port is tried before. */
    static void unlessFree(InetSocketAddress address) {
        try (ServerSocket trial = new ServerSocket()) {
            trial.setReuseAddress(true);
            trial.bind(address);
        } catch (IOException e) {
            int port = address.getPort();
            boolean denied = String.valueOf(e.getMessage()).startsWith("Permission denied");
            throw new PortUnavailable(
                    port,
                    denied
                            ? "port " + port + " may not be opened by this account"
                            : "port " + port + " is taken",
                    e);
        }
    }
}
