package dev.ostiary.server.cli;

import dev.ostiary.platform.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import tools.jackson.databind.JsonNode;

/** A few requests such as clients make, so that the classes behind them are recorded too. */
final class Rehearsal {

    private static final String USER =
            """
            {"profile": {"firstName": "Isaac", "lastName": "Brock", "email": "isaac.brock@example.com",
             "login": "isaac.brock@example.com"}}""";

    private final String url;
    private final String token;
    private final HttpClient http;

    private Rehearsal(String url, String token, HttpClient http) {
        this.url = url;
        this.token = token;
        this.http = http;
    }

    static Rehearsal of(Path data) {
        try {
            JsonNode firstRun = Json.parse(Files.readAllBytes(data.resolve("first-run.json")));
            return new Rehearsal(
                    firstRun.path("orgUrl").asString(),
                    firstRun.path("apiToken").asString(),
                    OperatorClient.client(Path.of(firstRun.path("caCertificate").asString())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    void play() {
        send("POST", "/api/v1/users?activate=false", USER);
        send("GET", "/api/v1/users/isaac.brock@example.com", "");
        send("GET", "/api/v1/users?limit=5", "");
        send("GET", "/api/v1/users?search=profile.lastName%20eq%20%22Brock%22", "");
        send("POST", "/api/v1/groups", "{\"profile\": {\"name\": \"Rehearsal\"}}");
        send("GET", "/api/v1/groups", "");
        send("GET", "/api/v1/logs?limit=5", "");
        send("GET", "/health/ready", "");
    }

    private void send(String method, String path, String body) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url + path))
                        .header("Authorization", "SSWS " + token)
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                body.isEmpty()
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body))
                        .build();
        try {
            http.send(request, HttpResponse.BodyHandlers.discarding());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
