package dev.ostiary.platform.http;

import dev.ostiary.platform.background.Rounds;
import io.helidon.common.tls.Tls;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionConfig;
import io.helidon.webserver.ErrorHandling;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.http2.Http2Config;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * The sockets: HTTPS with HTTP/1.1, and HTTP/2 by ALPN where the operator wants it, one listener a
 * port, every request on a virtual thread of its own. Bounds what arrives before the Pipeline sees
 * it; what is refused here gets the same error object (P17, P33).
 */
public final class ApiServer implements AutoCloseable {

    /**
     * The most that a request line, or all headers together, may take in bytes (DESIGN, Limits).
     */
    private static final int MAX_HEAD = 256 * 1024;

    /** How long a request that is under way may still take when the server is told to stop. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    /** How long Helidon then waits, which breaks off HTTP/2 requests whose body is still coming. */
    private static final Duration STRAGGLERS = Duration.ofSeconds(1);

    private final Pipeline pipeline;
    private final SSLContext tls;
    private final boolean http2;
    private final BelowPipeline below;
    private final Map<Integer, WebServer> listeners = new ConcurrentHashMap<>();
    private final Draining underWay = new Draining();
    private final OpenConnections connections =
            OpenConnections.within(Runtime.getRuntime().maxMemory());
    private final HeadDeadlines heads = new HeadDeadlines(System::nanoTime);
    private final Rounds sweeping =
            new Rounds("head deadlines", Duration.ofSeconds(10), heads::sweep);

    /**
     * @param tls serves the certificates; may change them at any time
     * @param http2 whether clients may choose HTTP/2. Helidon 4.5.0 loops for ever over a header
     *     that is larger than the table of its compression (helidon-io/helidon#10472 describes the
     *     loop), so two frames from anybody would take a processor away: to be left off where
     *     strangers can connect.
     * @param requestIds makes ids for requests that never reach the Pipeline
     */
    public ApiServer(
            Pipeline pipeline,
            SSLContext tls,
            boolean http2,
            ErrorWriter errors,
            Supplier<String> requestIds) {
        this.pipeline = pipeline;
        this.tls = tls;
        this.http2 = http2;
        this.below = new BelowPipeline(errors, requestIds);
        sweeping.start();
    }

    /**
     * Opens a port of HTTPS.
     *
     * @param port the port, or 0 for a free one
     * @return the port that is open
     * @throws PortUnavailable if it is taken, or this account may not open it
     */
    public int listen(int port) {
        WebServerConfig.Builder secure = WebServer.builder();
        if (http2) {
            secure.addProtocol(
                    Http2Config.builder().maxHeaderListSize(MAX_HEAD).validatePath(false).build());
        }
        return open(secure.tls(Tls.builder().sslContext(tls).build()), port);
    }

    /** As {@link #listen}, without TLS: for proxies, as the Pipeline sees to. */
    public int listenPlainly(int port) {
        return open(WebServer.builder(), port);
    }

    private int open(WebServerConfig.Builder builder, int port) {
        PortUnavailable.unlessFree(new InetSocketAddress(port));
        WebServer server = configure(builder).port(port).build().start();
        listeners.put(server.port(), server);
        return server.port();
    }

    /** Closes a port; requests under way are answered first. */
    public void close(int port) {
        WebServer server = listeners.remove(port);
        if (server != null) {
            server.stop();
        }
    }

    /**
     * Closes every port. Requests under way are answered first, for as long as the grace period
     * lasts; whoever comes in the meantime is served too, and told that the connection ends.
     */
    @Override
    public void close() {
        if (!listeners.isEmpty()) {
            underWay.drain(GRACE);
        }
        List<Thread> closers =
                listeners.keySet().stream()
                        .map(port -> Thread.ofVirtual().start(() -> close(port)))
                        .toList();
        for (Thread closer : closers) {
            try {
                closer.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        sweeping.close();
    }

    private WebServerConfig.Builder configure(WebServerConfig.Builder builder) {
        return builder.protocolsDiscoverServices(false)
                .shutdownHook(false)
                .shutdownGracePeriod(STRAGGLERS)
                .connectionConfig(
                        ConnectionConfig.builder().readTimeout(Duration.ofMinutes(2)).build())
                // an answer of several packets must not wait for the client's delayed
                // acknowledgement
                .connectionOptions(socket -> socket.tcpNoDelay(true))
                .idleConnectionTimeout(Duration.ofMinutes(5))
                .backlog(4096)
                // its sockets keep 90 kB of buffers for a connection that says nothing
                .useNio(false)
                .addConnectionSelector(connections.counting(http1()))
                .errorHandling(ErrorHandling.builder().includeEntity(true).build())
                .directHandlers(below.handlers())
                .addRouting(HttpRouting.builder().any(this::handle));
    }

    private Http1ConnectionSelector http1() {
        return Http1ConnectionSelector.builder()
                .config(
                        Http1Config.builder()
                                .maxPrologueLength(MAX_HEAD)
                                .maxHeadersSize(MAX_HEAD)
                                .validatePath(false)
                                .addReceiveListener(heads)
                                .build())
                .build();
    }

    private void handle(ServerRequest request, ServerResponse response) {
        underWay.enter();
        try {
            HelidonIncoming incoming = new HelidonIncoming(request);
            Reply reply = pipeline.answer(incoming);
            boolean last =
                    request.prologue().protocolVersion().startsWith("1")
                            && (underWay.isDraining()
                                    || incoming.isBroken()
                                    || incoming.asksToClose());
            if (last) {
                response.headers().set(HeaderValues.CONNECTION_CLOSE);
            }
            send(response, reply);
            if (last) {
                // The header alone leaves the connection open, and Helidon looks for the rest of a
                // broken body, to answer a second time.
                throw new CloseConnectionException("this was the last answer");
            }
        } finally {
            underWay.leave();
        }
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
