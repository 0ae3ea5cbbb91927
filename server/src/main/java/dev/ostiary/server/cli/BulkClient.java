package dev.ostiary.server.cli;

import dev.ostiary.platform.json.Json;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * Speaks to a server that may be gone for a while: what fails for want of an answer is asked again,
 * for up to a minute. Not thread-safe.
 */
final class BulkClient {

    private static final int ATTEMPTS = 60;
    private static final long PAUSE = 1000;

    private final Supplier<OperatorClient> connecting;
    private OperatorClient client;

    /**
     * @param connecting finds the server; again after it was gone, since it may have moved
     */
    BulkClient(Supplier<OperatorClient> connecting) {
        this.connecting = connecting;
        this.client = connecting.get();
    }

    /** The answer to a chunk: how far the import has come, or why it goes no further. */
    sealed interface Answer {
        /** The import's JSON. */
        record Taken(JsonNode job) implements Answer {}

        /** Lines are bad. */
        record Refused(List<String> causes) implements Answer {}

        /** There was no answer, or none that says anything about the lines: to be asked again. */
        record Nothing(String why) implements Answer {}
    }

    /** One request and its answer as JSON, whatever the server goes through meanwhile. */
    JsonNode ask(String method, String path, String body) {
        for (int attempt = 1; ; attempt++) {
            try {
                JsonNode answer = client.send(method, path, body);
                return answer == null ? Json.object() : answer;
            } catch (Failure e) {
                if (e.code() != ExitCode.SERVER_UNREACHABLE || attempt == ATTEMPTS) {
                    throw e;
                }
                again();
            }
        }
    }

    /** A page of an export, and the path of the next one. */
    record Part(byte[] lines, Optional<String> next) {}

    /** Reads a page, whatever the server goes through meanwhile. */
    Part page(String path) {
        for (int attempt = 1; ; attempt++) {
            try {
                return client.page(path);
            } catch (Failure e) {
                if (e.code() != ExitCode.SERVER_UNREACHABLE || attempt == ATTEMPTS) {
                    throw e;
                }
                again();
            }
        }
    }

    /** Sends lines, and does not wait. */
    CompletableFuture<Answer> send(String path, byte[] lines) {
        HttpRequest request =
                client.request(path)
                        .header("Content-Type", "application/x-ndjson")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(lines))
                        .build();
        return client.http()
                .sendAsync(request, HttpResponse.BodyHandlers.ofByteArray())
                .thenApply(BulkClient::answer)
                .exceptionally(BulkClient::nothing);
    }

    private static Answer answer(HttpResponse<byte[]> answer) {
        int status = answer.statusCode();
        if (status == 200) {
            return new Answer.Taken(Json.parse(answer.body()));
        }
        if (status == 429 || status >= 500) {
            return new Answer.Nothing("the server answered " + status);
        }
        if (status == 400) {
            List<String> causes = new ArrayList<>();
            Json.parse(answer.body())
                    .path("errorCauses")
                    .forEach(cause -> causes.add(cause.path("errorSummary").asString()));
            return new Answer.Refused(causes);
        }
        throw new Failure(ExitCode.FAILED, OperatorClient.words(answer.body()));
    }

    private static Answer nothing(Throwable thrown) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null
                        ? thrown.getCause()
                        : thrown;
        if (cause instanceof IOException) {
            return new Answer.Nothing("the server does not answer");
        }
        if (cause instanceof Failure failure) {
            throw failure;
        }
        throw new CompletionException(cause);
    }

    /** Waits a little, then looks for the server anew. */
    void again() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(ExitCode.FAILED, "interrupted");
        }
        try {
            client = connecting.get();
        } catch (Failure notYet) {
            // it may not have come back; the next request tells
            return;
        }
    }
}
