package dev.ostiary.platform.http;

import dev.ostiary.platform.http.ErrorWriter.Written;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Answers to what is no request yet: broken request lines, heads over the limit, failures while
 * writing.
 */
final class BelowPipeline implements DirectHandler {

    /**
     * What Helidon's parser says of headers over the limit; it has no status of their own for them.
     */
    private static final String HEAD_TOO_LARGE = "Header size exceeded";

    private static final Status TOO_LARGE = Status.create(431, "Request Header Fields Too Large");

    /**
     * What else it says without a status of its own: codings that nobody here knows (RFC 9112,
     * section 6.1), and HTTP/1.0.
     */
    private static final Map<String, Status> MEANT =
            Map.of(
                    HEAD_TOO_LARGE,
                    TOO_LARGE,
                    "Unsupported request transfer encoding",
                    Status.NOT_IMPLEMENTED_501,
                    "HTTP 1.0 is not supported, consider using HTTP 1.1",
                    Status.create(505, "HTTP Version Not Supported"));

    private final ErrorWriter errors;
    private final Supplier<String> requestIds;

    BelowPipeline(ErrorWriter errors, Supplier<String> requestIds) {
        this.errors = errors;
        this.requestIds = requestIds;
    }

    DirectHandlers handlers() {
        DirectHandlers.Builder builder = DirectHandlers.builder();
        for (EventType type : EventType.values()) {
            builder.addHandler(type, this);
        }
        return builder.build();
    }

    @Override
    public TransportResponse handle(
            TransportRequest request,
            EventType type,
            Status status,
            ServerResponseHeaders headers,
            String message) {
        Status told = MEANT.getOrDefault(message, status);
        Written written =
                told.code() == 500
                        ? errors.unexpected()
                        : errors.refused(
                                told.code(),
                                "The request could not be read: " + told.reasonPhrase());
        Reply reply =
                SecurityHeaders.add(
                        Reply.text(written.status(), Reply.JSON, written.body()),
                        true,
                        requestIds.get());
        TransportResponse.Builder response =
                TransportResponse.builder()
                        .headers(headers)
                        .status(Status.create(written.status()))
                        .entity(written.body());
        for (Header header : reply.headers()) {
            response.header(HeaderNames.create(header.name()), header.value());
        }
        return response.header(HeaderNames.CONTENT_TYPE, Reply.JSON).keepAlive(false).build();
    }
}
