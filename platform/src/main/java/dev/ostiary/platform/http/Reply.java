package dev.ostiary.platform.http;

import dev.ostiary.platform.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/**
 * What goes back: status, headers and a finished body. Immutable; the body array is not to be
 * changed.
 *
 * @param status HTTP status
 * @param headers further headers, one line each
 * @param contentType media type of the body; empty where there is none
 * @param body the bytes; empty for none
 */
public record Reply(int status, List<Header> headers, String contentType, byte[] body) {

    private static final byte[] NO_BYTES = {};

    /** The media type of every JSON answer (P5). */
    public static final String JSON = "application/json";

    /** The media type of a page. */
    public static final String HTML = "text/html; charset=utf-8";

    /**
     * A JSON answer; what {@code writing} writes is rendered at once, so that a failure of it is
     * still an error answer. One that refuses may echo what it was sent: in it, what begins markup
     * is escaped (P18).
     */
    public static Reply json(int status, Consumer<JsonGenerator> writing) {
        return new Reply(
                status,
                List.of(),
                JSON,
                status < 400 ? Json.bytes(writing) : Json.escapedBytes(writing));
    }

    /** {@code 200} with JSON. */
    public static Reply ok(Consumer<JsonGenerator> writing) {
        return json(200, writing);
    }

    /** {@code 200} with a JSON array of these items, in their order. */
    public static <T> Reply list(
            Iterable<? extends T> items, BiConsumer<? super T, JsonGenerator> writing) {
        return ok(
                out -> {
                    out.writeStartArray();
                    items.forEach(item -> writing.accept(item, out));
                    out.writeEndArray();
                });
    }

    /**
     * {@code 200} with an empty object, as many lifecycle operations answer (WIRE, "Status codes of
     * writes").
     */
    public static Reply okEmptyObject() {
        return ok(
                out -> {
                    out.writeStartObject();
                    out.writeEndObject();
                });
    }

    /** {@code 204}. */
    public static Reply noContent() {
        return empty(204);
    }

    /** A status and nothing else. */
    public static Reply empty(int status) {
        return new Reply(status, List.of(), "", NO_BYTES);
    }

    /** A text that is no JSON. */
    public static Reply text(int status, String contentType, byte[] body) {
        return new Reply(status, List.of(), contentType, body);
    }

    /** The same as an answer to HEAD: it says how long the body would be, and has none (P9). */
    Reply withoutBody() {
        Reply head = new Reply(status, headers, contentType, NO_BYTES);
        return body.length == 0 ? head : head.with("Content-Length", Integer.toString(body.length));
    }

    /** The same with another header line. */
    public Reply with(String name, String value) {
        return with(List.of(new Header(name, value)));
    }

    /** The same with more header lines. */
    public Reply with(List<Header> more) {
        if (more.isEmpty()) {
            return this;
        }
        List<Header> all = new ArrayList<>(headers);
        all.addAll(more);
        return new Reply(status, List.copyOf(all), contentType, body);
    }
}
