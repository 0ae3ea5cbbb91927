package dev.ostiary.platform.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/** A request as Helidon has it. */
final class HelidonIncoming implements Incoming {

    private static final byte[] NOTHING = {};

    private final ServerRequest request;
    private boolean broken;

    HelidonIncoming(ServerRequest request) {
        this.request = request;
    }

    @Override
    public String method() {
        Method method = request.prologue().method();
        return method.text();
    }

    @Override
    public String rawPath() {
        return request.prologue().uriPath().rawPath();
    }

    @Override
    public String rawQuery() {
        return request.prologue().query().rawValue();
    }

    @Override
    public List<String> headers(String name) {
        HeaderName header = HeaderNames.create(name);
        return request.headers().contains(header)
                ? request.headers().get(header).allValues()
                : List.of();
    }

    @Override
    public String authority() {
        return request.authority();
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
            byte[] body = in.readNBytes(limit + 1);
            return body.length > limit ? Optional.empty() : Optional.of(body);
        } catch (UncheckedIOException e) {
            broken = true;
            throw e.getCause();
        } catch (RuntimeException e) {
            // Helidon tells of chunks that are none by exceptions of several kinds
            broken = true;
            throw new IOException("the body cannot be read", e);
        }
    }

    /**
     * Whether the body's end was not found: what follows on the connection must not be taken for a
     * request (RFC 9112, section 11.2).
     */
    boolean isBroken() {
        return broken;
    }
}
