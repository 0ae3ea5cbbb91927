package dev.ostiary.platform.http;

import dev.ostiary.platform.http.ErrorWriter.Written;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import java.util.function.Supplier;

/**
 * Answers to what is no request yet: broken request lines, heads over the limit, failures while
 * writing.
 */
final class BelowPipeline implements DirectHandler {

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
        Written written =
                status.code() >= 500
                        ? errors.unexpected()
                        : errors.refused(
                                status.code(),
                                "The request could not be read: " + status.reasonPhrase());
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
