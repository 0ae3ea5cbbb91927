package dev.ostiary.server.cli;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.problem.ApiException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * Speaks to the running server as its operator, by what that server wrote into its data directory;
 * or to any other as whoever has an API token of it.
 */
public final class OperatorClient {

    private final String url;
    private final String authorization;
    private final Optional<String> host;
    private final HttpClient http;

    private OperatorClient(
            String url, String authorization, Optional<String> host, HttpClient http) {
        this.url = url;
        this.authorization = authorization;
        this.host = host;
        this.http = http;
    }

    /**
     * The client of the server that keeps its data here.
     *
     * @param org the org to speak to, or null for the default one
     * @throws Failure if no server runs there
     */
    public static OperatorClient of(Path data, @Nullable String org) {
        Path file = data.resolve("running.json");
        try {
            JsonNode running = Json.parse(Files.readAllBytes(file));
            int port = running.get("port").intValue();
            String base = running.get("baseDomain").stringValue();
            String host = org == null ? "localhost:" + port : org + "." + base + ":" + port;
            return new OperatorClient(
                    "https://localhost:" + port,
                    "Ostiary " + running.get("operatorSecret").stringValue(),
                    Optional.of(host),
                    running.has("certificate")
                            ? client(
                                    PinnedCertificate.in(
                                            Path.of(running.get("certificate").stringValue())))
                            : client(Path.of(running.get("caCertificate").stringValue())));
        } catch (NoSuchFileException e) {
            throw new Failure(
                    ExitCode.SERVER_UNREACHABLE,
                    "no server runs on " + data + ": start one with ./ostiary serve");
        } catch (IOException | GeneralSecurityException e) {
            throw new Failure(ExitCode.FAILED, file + " cannot be read: " + e.getMessage());
        }
    }

    /**
     * A client of an org anywhere, by an API token of it.
     *
     * @param ca the CA to trust; the machine's where there is none
     */
    public static OperatorClient at(String url, String token, Optional<Path> ca) {
        String base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        if (!base.matches("https://[^/?#]+")) {
            throw new Failure(ExitCode.USAGE, url + " is no URL of an org (https://HOST:PORT)");
        }
        try {
            HttpClient http = ca.isPresent() ? client(ca.get()) : client();
            return new OperatorClient(base, "SSWS " + token, Optional.empty(), http);
        } catch (IOException | GeneralSecurityException e) {
            throw new Failure(ExitCode.FAILED, "the CA cannot be read: " + e.getMessage());
        }
    }

    /**
     * A client of an org anywhere, by an API token of it, that trusts what the machine trusts.
     *
     * @param ca a CA to trust beside those
     */
    public static OperatorClient anywhere(String url, String token, Optional<Path> ca) {
        OperatorClient plain = at(url, token, Optional.empty());
        if (ca.isEmpty()) {
            return plain;
        }
        try {
            return new OperatorClient(
                    plain.url, plain.authorization, plain.host, client(withMachines(ca.get())));
        } catch (IOException | GeneralSecurityException e) {
            throw new Failure(ExitCode.FAILED, "the CA cannot be read: " + e.getMessage());
        }
    }

    private static KeyStore withMachines(Path ca) throws IOException, GeneralSecurityException {
        TrustManagerFactory machine =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        machine.init((KeyStore) null);
        KeyStore trusted = trusting(ca);
        int number = 0;
        for (TrustManager each : machine.getTrustManagers()) {
            if (each instanceof X509TrustManager known) {
                for (X509Certificate issuer : known.getAcceptedIssuers()) {
                    trusted.setCertificateEntry("machine" + number++, issuer);
                }
            }
        }
        return trusted;
    }

    /** The same org, by an API token. */
    public OperatorClient as(String token) {
        return new OperatorClient(url, "SSWS " + token, host, http);
    }

    /** Where it speaks to, as links of its answers begin. */
    public String base() {
        return host.map(name -> "https://" + name).orElse(url);
    }

    static HttpClient client(Path ca) throws IOException, GeneralSecurityException {
        return client(trusting(ca));
    }

    private static KeyStore trusting(Path ca) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream in = Files.newInputStream(ca)) {
            trusted.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        return trusted;
    }

    private static HttpClient client(KeyStore trusted) throws GeneralSecurityException {
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        return client(trust.getTrustManagers());
    }

    private static HttpClient client(TrustManager... trusted) throws GeneralSecurityException {
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, trusted.length == 0 ? null : trusted, null);
        return HttpClient.newBuilder()
                .sslContext(tls)
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }

    /**
     * One request.
     *
     * @param body JSON, or empty for none
     * @return the answer's JSON; null for an empty one
     * @throws Failure if the server refuses, with its words
     */
    public @Nullable JsonNode send(String method, String path, String body) {
        HttpResponse<byte[]> answer = exchange(method, path, body);
        return answer.body().length == 0 ? null : Json.parse(answer.body());
    }

    /** As {@link #send(String, String, String)}, with a body of what is written. */
    @Nullable JsonNode send(String method, String path, Consumer<JsonGenerator> body) {
        return send(method, path, new String(Json.bytes(body), StandardCharsets.UTF_8));
    }

    /**
     * The path of the server's own operations on an org.
     *
     * @throws Failure if no org can have this name, so that it cannot lead elsewhere either
     */
    static String pathOfOrg(String name) {
        if (!name.matches("[A-Za-z0-9-]+")) {
            throw new Failure(ExitCode.USAGE, name + " is no name of an org");
        }
        return "/ostiary/v1/orgs/" + name;
    }

    /**
     * Everything in a list, page after page.
     *
     * @throws Failure if the server refuses, with its words
     */
    List<JsonNode> pages(String path) {
        List<JsonNode> all = new ArrayList<>();
        for (String page = path; !page.isEmpty(); ) {
            HttpResponse<byte[]> answer = exchange("GET", page, "");
            Json.parse(answer.body()).forEach(all::add);
            page = next(answer.headers().allValues("Link"));
        }
        return all;
    }

    /** The path of the page that follows; empty if none does. */
    private static String next(List<String> links) {
        for (String link : links) {
            if (link.endsWith("; rel=\"next\"")) {
                URI url = URI.create(link.substring(1, link.indexOf('>')));
                return url.getRawPath() + "?" + url.getRawQuery();
            }
        }
        return "";
    }

    /** A page of something that is no JSON. */
    BulkClient.Part page(String path) {
        HttpResponse<byte[]> answer = exchange("GET", path, "");
        String next = next(answer.headers().allValues("Link"));
        return new BulkClient.Part(
                answer.body(), next.isEmpty() ? Optional.empty() : Optional.of(next));
    }

    /** A request that is yet to be completed. */
    public HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url + path))
                        .header("Authorization", authorization)
                        .timeout(Duration.ofMinutes(2));
        host.ifPresent(name -> request.header("Host", name));
        return request;
    }

    /** Sends such requests. */
    public HttpClient http() {
        return http;
    }

    private HttpResponse<byte[]> exchange(String method, String path, String body) {
        HttpRequest request =
                request(path)
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                body.isEmpty()
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body))
                        .build();
        try {
            HttpResponse<byte[]> answer =
                    http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() >= 400) {
                throw new Failure(ExitCode.FAILED, words(answer.body()));
            }
            return answer;
        } catch (IOException e) {
            throw new Failure(
                    ExitCode.SERVER_UNREACHABLE,
                    "the server does not answer at " + url + ": is it running?");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(ExitCode.FAILED, "interrupted");
        }
    }

    /** What an error says. */
    public static String words(byte[] body) {
        try {
            JsonNode error = Json.parse(body);
            StringBuilder text = new StringBuilder(error.path("errorSummary").asString());
            error.path("errorCauses")
                    .forEach(
                            cause ->
                                    text.append("; ")
                                            .append(cause.path("errorSummary").asString()));
            return text.toString();
        } catch (ApiException e) {
            return new String(body, StandardCharsets.UTF_8);
        }
    }
}
