package dev.ostiary.conformance.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A plain client of one base URL. Immutable and thread-safe; requests over HTTP/1.1 unless said
 * otherwise.
 */
public final class Http {

    private final HttpClient client;
    private final String base;
    private final List<String> headers;

    private Http(HttpClient client, String base, List<String> headers) {
        this.client = client;
        this.base = base;
        this.headers = headers;
    }

    /** A client of a URL without a path, such as {@code https://localhost:8443}. */
    public static Http of(String base, SSLContext tls, HttpClient.Version version) {
        HttpClient client =
                HttpClient.newBuilder()
                        .sslContext(tls)
                        .version(version)
                        .connectTimeout(Duration.ofSeconds(10))
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build();
        return new Http(client, base, List.of());
    }

    /** The same connections to another URL. */
    public Http at(String otherBase) {
        return new Http(client, otherBase, headers);
    }

    /** The same with one more header on every request. */
    public Http with(String name, String value) {
        List<String> more = new ArrayList<>(headers);
        more.add(name);
        more.add(value);
        return new Http(client, base, List.copyOf(more));
    }

    /** The same with an API token. */
    public Http token(String token) {
        return with("Authorization", "SSWS " + token);
    }

    /** The base URL. */
    public String base() {
        return base;
    }

    public Answer get(String path) {
        return send("GET", path, null);
    }

    /** Asks with one query parameter, whatever characters it has. */
    public Answer get(String path, String parameter, String text) {
        return get(path + "?" + parameter + "=" + URLEncoder.encode(text, StandardCharsets.UTF_8));
    }

    public Answer delete(String path) {
        return send("DELETE", path, null);
    }

    /** A POST that carries nothing. */
    public Answer post(String path) {
        return send("POST", path, null);
    }

    /** A POST of JSON: a text, or anything that has a tree. */
    public Answer post(String path, Object json) {
        return with("Content-Type", "application/json").send("POST", path, bytes(json));
    }

    /** A PUT that carries nothing. */
    public Answer put(String path) {
        return send("PUT", path, null);
    }

    /** A PUT of JSON: a text, or anything that has a tree. */
    public Answer put(String path, Object json) {
        return with("Content-Type", "application/json").send("PUT", path, bytes(json));
    }

    private static byte[] bytes(Object json) {
        return switch (json) {
            case byte[] raw -> raw;
            case String text -> text.getBytes(StandardCharsets.UTF_8);
            default -> Json.text(json).getBytes(StandardCharsets.UTF_8);
        };
    }

    /**
     * Any request.
     *
     * @param path the path with its query, escaped, or an absolute URL
     * @throws UncheckedIOException if no answer came
     */
    public Answer send(String method, String path, byte @Nullable [] body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(path.startsWith("https:") ? path : base + path))
                        .timeout(Duration.ofSeconds(60))
                        .method(
                                method,
                                body == null
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofByteArray(body));
        if (!headers.isEmpty()) {
            request.headers(headers.toArray(String[]::new));
        }
        try {
            HttpResponse<byte[]> response =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(
                    method + " " + path,
                    response.statusCode(),
                    response.headers().map(),
                    response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted", e));
        }
    }
}
