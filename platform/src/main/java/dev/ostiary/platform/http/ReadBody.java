package dev.ostiary.platform.http;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.problem.ApiException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Media types (P5), lengths (P11) and the query; the body is read here and nowhere else, up to its
 * limit.
 */
final class ReadBody implements Step {

    private static final Set<String> JSON_ONLY = Set.of(Reply.JSON);

    @Override
    public Optional<Reply> run(Exchange exchange) {
        Incoming in = exchange.incoming;
        exchange.query(Query.parse(in.rawQuery()));
        if (exchange.operation().document().equals("extra")
                || acceptsJson(in)
                || acceptsOther(exchange, in)) {
            readBody(exchange, in);
            return Optional.empty();
        }
        throw ApiException.of("E0000019");
    }

    private static void readBody(Exchange exchange, Incoming in) {
        if (exchange.verb().needsLength() && !in.bodyIsFramed()) {
            throw new Refused(411, "Length Required");
        }
        if (!exchange.verb().mayHaveBody()) {
            return;
        }
        int most = exchange.binding().map(Binding::mostBytes).orElse(Json.MAX_BYTES);
        byte[] body;
        try {
            body =
                    in.body(most)
                            .orElseThrow(() -> new Refused(413, "The request body is too large."));
        } catch (SocketTimeoutException e) {
            throw new Refused(408, "The request body takes too long.");
        } catch (IOException e) {
            throw new Refused(400, "The request body could not be read.");
        }
        Set<String> types = exchange.binding().map(Binding::bodyTypes).orElse(JSON_ONLY);
        if (body.length > 0 && !types.contains(mediaType(in.header("Content-Type").orElse("")))) {
            throw ApiException.of("E0000021");
        }
        exchange.body(body);
    }

    private static String mediaType(String contentType) {
        int semicolon = contentType.indexOf(';');
        String type = semicolon < 0 ? contentType : contentType.substring(0, semicolon);
        return type.strip().toLowerCase(Locale.ROOT);
    }

    /** Whether the client asks for something else that the operation answers. */
    private static boolean acceptsOther(Exchange exchange, Incoming in) {
        Set<String> others =
                exchange.binding().map(binding -> binding.form().alsoAs()).orElse(Set.of());
        String own = exchange.binding().filter(Binding::isPage).map(page -> "text/html").orElse("");
        for (String range : String.join(",", in.headers("Accept")).split(",")) {
            String type = mediaType(range);
            if (others.contains(type) || type.equals(own)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether some range of {@code Accept} covers JSON with a weight above zero (RFC 9110, section
     * 12.5.1).
     */
    private static boolean acceptsJson(Incoming in) {
        String accept = String.join(",", in.headers("Accept"));
        if (accept.equals(Reply.JSON) || accept.isBlank()) {
            return true;
        }
        for (String range : accept.split(",")) {
            String type = mediaType(range);
            boolean covers =
                    type.equals("*/*") || type.equals("application/*") || type.equals(Reply.JSON);
            if (covers && !range.replace(" ", "").matches(".*;q=0(\\.0*)?(;.*)?")) {
                return true;
            }
        }
        return false;
    }
}
