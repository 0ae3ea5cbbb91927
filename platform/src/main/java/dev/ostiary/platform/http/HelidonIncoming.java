package dev.ostiary.platform.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A request as Helidon has it. */
final class HelidonIncoming implements Incoming {

    private static final byte[] NOTHING = {};

    /** How long all of a body may take; each part of it is waited for as ApiServer says. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final ServerRequest request;
    private final RequestTarget target;
    private boolean broken;

    HelidonIncoming(ServerRequest request) {
        this.request = request;
        this.target = RequestTarget.of(request.prologue().uriPath().rawPath(), request.authority());
    }

    @Override
    public String method() {
        Method method = request.prologue().method();
        return method.text();
    }

    @Override
    public String rawPath() {
        return target.path();
    }

    @Override
    public String rawQuery() {
        return request.prologue().query().rawValue();
    }

    @Override
    public List<String> headers(String name) {
        return request.headers()
                .find(HeaderNames.create(name))
                .map(Header::allValues)
                .orElse(List.of());
    }

    @Override
    public String authority() {
        return target.authority();
    }

    @Override
    public String remoteAddress() {
        return request.remotePeer().address() instanceof InetSocketAddress socket
                ? literal(socket.getAddress())
                : "";
    }

    /** The literal without the scope that a link-local IPv6 address carries. */
    private static String literal(InetAddress address) {
        String text = address.getHostAddress();
        int scope = text.indexOf('%');
        return scope < 0 ? text : text.substring(0, scope);
    }

    @Override
    public int localPort() {
        return request.localPeer().port();
    }

    @Override
    public boolean secure() {
        return request.isSecure();
    }

    @Override
    public boolean bodyIsFramed() {
        return request.prologue().protocolVersion().startsWith("2")
                || request.headers().contains(HeaderNames.CONTENT_LENGTH)
                || request.headers().contains(HeaderNames.TRANSFER_ENCODING);
    }

    @Override
    public Optional<byte[]> body(int limit) throws IOException {
        if (!request.content().hasEntity()) {
            return Optional.of(NOTHING);
        }
        if (request.headers().contentLength().orElse(0) > limit) {
            return Optional.empty();
        }
        try (InputStream in = request.content().inputStream()) {
            return read(in, limit);
        } catch (UncheckedIOException e) {
            broken = true;
            throw e.getCause();
        } catch (RuntimeException e) {
            // Helidon tells of chunks that are none by exceptions of several kinds
            broken = true;
            throw new IOException("the body cannot be read", e);
        }
    }

    /** Whether the client wants no further answer on the connection (RFC 9112, section 9.6). */
    boolean asksToClose() {
        return headers("Connection").stream()
                .flatMap(line -> Arrays.stream(line.split(",")))
                .anyMatch(option -> option.strip().equalsIgnoreCase("close"));
    }

    /** A client that sends a byte now and then must not hold a connection for ever. */
    private Optional<byte[]> read(InputStream in, int limit) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        int likely = (int) Math.min(8192, 1 + request.headers().contentLength().orElse(1023));
        ByteArrayOutputStream body = new ByteArrayOutputStream(likely);
        byte[] part = new byte[likely];
        for (int n = in.read(part); n >= 0; n = in.read(part)) {
            body.write(part, 0, n);
            if (body.size() > limit) {
                return Optional.empty();
            }
            if (System.nanoTime() - deadline > 0) {
                broken = true;
                throw new SocketTimeoutException("the body takes too long");
            }
        }
        return Optional.of(body.toByteArray());
    }

    /**
     * Whether the body's end was not found: what follows on the connection must not be taken for a
     * request (RFC 9112, section 11.2).
     */
    boolean isBroken() {
        return broken;
    }
}
