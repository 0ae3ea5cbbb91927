package dev.ostiary.platform.http;

import io.helidon.common.tls.Tls;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.ConnectionConfig;
import io.helidon.webserver.ErrorHandling;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http2.Http2Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * The sockets: HTTPS with HTTP/1.1 and HTTP/2 by ALPN, one listener a port, every request on a
 * virtual thread of its own. Bounds what arrives before the Pipeline sees it; what is refused here
 * gets the same error object (P17, P33).
 */
public final class ApiServer implements AutoCloseable {

    /**
     * The most that a request line, or all headers together, may take in bytes (DESIGN, Limits).
     */
    private static final int MAX_HEAD = 256 * 1024;

    private final Pipeline pipeline;
    private final SSLContext tls;
    private final BelowPipeline below;
    private final Map<Integer, WebServer> listeners = new ConcurrentHashMap<>();

    /**
     * @param tls serves the certificates; may change them at any time
     * @param requestIds makes ids for requests that never reach the Pipeline
     */
    public ApiServer(
            Pipeline pipeline, SSLContext tls, ErrorWriter errors, Supplier<String> requestIds) {
        this.pipeline = pipeline;
        this.tls = tls;
        this.below = new BelowPipeline(errors, requestIds);
    }

    /**
     * Opens a port.
     *
     * @param port the port, or 0 for a free one
     * @return the port that is open
     * @throws java.io.UncheckedIOException if it is taken
     */
    public int listen(int port) {
        requireFree(port);
        WebServer server = configure(WebServer.builder()).port(port).build().start();
        listeners.put(server.port(), server);
        return server.port();
    }

    /** Helidon only writes to its log when a port is taken; so the port is tried before. */
    private static void requireFree(int port) {
        try (ServerSocket trial = new ServerSocket()) {
            trial.setReuseAddress(true);
            trial.bind(new InetSocketAddress(port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Closes a port; requests under way are answered first. */
    public void close(int port) {
        WebServer server = listeners.remove(port);
        if (server != null) {
            server.stop();
        }
    }

    /**
     * Closes every port; requests under way are answered first, for as long as the grace period
     * lasts.
     */
    @Override
    public void close() {
        listeners.keySet().forEach(this::close);
    }

    private WebServerConfig.Builder configure(WebServerConfig.Builder builder) {
        return builder.tls(Tls.builder().sslContext(tls).build())
                .shutdownHook(false)
                .shutdownGracePeriod(Duration.ofSeconds(10))
                .connectionConfig(
                        ConnectionConfig.builder().readTimeout(Duration.ofMinutes(2)).build())
                // an answer of several packets must not wait for the client's delayed
                // acknowledgement
                .connectionOptions(socket -> socket.tcpNoDelay(true))
                .idleConnectionTimeout(Duration.ofMinutes(5))
                .backlog(4096)
                .addProtocol(
                        Http1Config.builder()
                                .maxPrologueLength(MAX_HEAD)
                                .maxHeadersSize(MAX_HEAD)
                                .validatePath(false)
                                .build())
                .addProtocol(
                        Http2Config.builder()
                                .maxHeaderListSize(MAX_HEAD)
                                .validatePath(false)
                                .build())
                .errorHandling(ErrorHandling.builder().includeEntity(true).build())
                .directHandlers(below.handlers())
                .addRouting(HttpRouting.builder().any(this::handle));
    }

    private void handle(ServerRequest request, ServerResponse response) {
        send(response, pipeline.answer(new HelidonIncoming(request)));
    }

    private static void send(ServerResponse response, Reply reply) {
        response.status(Status.create(reply.status()));
        HeaderLines.add(response.headers(), reply.headers());
        if (!reply.contentType().isEmpty()) {
            response.headers().set(HeaderNames.CONTENT_TYPE, reply.contentType());
        }
        if (reply.body().length == 0) {
            response.send();
        } else {
            response.send(reply.body());
        }
    }
}
