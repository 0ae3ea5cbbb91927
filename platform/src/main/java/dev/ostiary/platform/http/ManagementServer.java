package dev.ostiary.platform.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerResponse;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Health and metrics for the operator: plain HTTP, on loopback unless the operator says otherwise,
 * apart from the API's ports.
 */
public final class ManagementServer implements AutoCloseable {

    private final WebServer server;

    /**
     * Opens the port.
     *
     * @param port the port, or 0 for a free one
     * @param metrics the metrics as Prometheus reads them
     * @param ready whether requests can be served now
     * @throws PortUnavailable if it is taken, or this account may not open it
     */
    public ManagementServer(
            InetAddress address, int port, Supplier<String> metrics, BooleanSupplier ready) {
        PortUnavailable.unlessFree(new InetSocketAddress(address, port));
        this.server =
                WebServer.builder()
                        .address(address)
                        .port(port)
                        .shutdownHook(false)
                        .addRouting(
                                HttpRouting.builder()
                                        .get(
                                                "/metrics",
                                                (request, response) ->
                                                        text(response, 200, metrics.get()))
                                        .get(
                                                "/health/live",
                                                (request, response) ->
                                                        text(response, 200, "live\n"))
                                        .get(
                                                "/health/ready",
                                                (request, response) -> ready(response, ready)))
                        .build()
                        .start();
    }

    /** The port that is open. */
    public int port() {
        return server.port();
    }

    private static void ready(ServerResponse response, BooleanSupplier ready) {
        if (ready.getAsBoolean()) {
            text(response, 200, "ready\n");
        } else {
            text(response, 503, "not ready\n");
        }
    }

    private static void text(ServerResponse response, int status, String text) {
        response.status(status)
                .header(HeaderNames.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")
                .send(text);
    }

    @Override
    public void close() {
        server.stop();
    }
}
