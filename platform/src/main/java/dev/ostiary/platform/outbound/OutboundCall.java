package dev.ostiary.platform.outbound;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * One call.
 *
 * @param method such as {@code GET} or {@code POST}
 * @param uri an absolute {@code https} one
 * @param headers in their order; none of those that belong to the connection
 * @param contentType of the body
 * @param body what is sent; empty for nothing
 */
public record OutboundCall(
        String method, URI uri, List<Header> headers, String contentType, Optional<byte[]> body) {

    /** A header line. */
    public record Header(String name, String value) {}

    public OutboundCall {
        headers = List.copyOf(headers);
    }

    /** A call without a body. */
    public static OutboundCall get(URI uri, List<Header> headers) {
        return new OutboundCall("GET", uri, headers, "", Optional.empty());
    }

    /** A call with a body. */
    public static OutboundCall post(
            URI uri, List<Header> headers, String contentType, byte[] body) {
        return new OutboundCall("POST", uri, headers, contentType, Optional.of(body));
    }
}
