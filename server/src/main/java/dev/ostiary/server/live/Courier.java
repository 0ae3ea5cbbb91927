package dev.ostiary.server.live;

import dev.ostiary.server.cli.ExitCode;
import dev.ostiary.server.cli.Failure;
import dev.ostiary.server.cli.OperatorClient;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Carries requests to an org and its answers back: waits where a rate limit wants it to (Rate
 * limits, "X-Rate-Limit headers"), asks again where nothing or a failure of the server came, and
 * takes no answer beyond a bound. Not thread-safe.
 */
final class Courier {

    private static final long MOST_BYTES = 64L << 20;
    private static final int ATTEMPTS = 8;
    private static final int MOST_PAUSES = 120;
    private static final int LONGEST_PAUSE = 65;

    private final String name;
    private final OperatorClient client;
    private final Pauses pauses;

    /**
     * @param name what messages call the org
     */
    Courier(String name, OperatorClient client, Pauses pauses) {
        this.name = name;
        this.client = client;
        this.pauses = pauses;
    }

    /** Lets time pass. */
    @FunctionalInterface
    interface Pauses {
        void seconds(long seconds) throws InterruptedException;
    }

    /**
     * Asks until there is an answer that says something.
     *
     * @throws Failure if there is none; at once for what must not be done twice
     */
    HttpResponse<byte[]> exchange(String method, String path, String body) {
        int failed = 0;
        for (int paused = 0; ; ) {
            String why;
            try {
                HttpResponse<byte[]> answer = once(method, path, body);
                int status = answer.statusCode();
                if (status == 429 && paused++ < MOST_PAUSES) {
                    pause(untilReset(answer));
                    continue;
                }
                if (status < 500 || status == 501) {
                    heed(answer);
                    return answer;
                }
                why = "answers " + status;
            } catch (IOException | TimeoutException e) {
                why = "does not answer (" + e.getClass().getSimpleName() + ")";
            }
            failed++;
            if (failed == ATTEMPTS || method.equals("POST")) {
                throw new Failure(
                        ExitCode.SERVER_UNREACHABLE,
                        name + " " + why + " at " + client.base() + "; the same command goes on");
            }
            pause(1L << Math.min(failed - 1, 5));
        }
    }

    private HttpResponse<byte[]> once(String method, String path, String body)
            throws IOException, TimeoutException {
        HttpRequest request =
                client.request(path)
                        .header("Content-Type", "application/json")
                        .header("Accept", "application/json")
                        .method(
                                method,
                                body.isEmpty()
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body))
                        .build();
        try {
            return client.http()
                    .sendAsync(
                            request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES))
                    .get(3, TimeUnit.MINUTES);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException lost) {
                throw lost;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    /** The last request that a window has was this one: the next one waits for the next window. */
    private void heed(HttpResponse<byte[]> answer) {
        if (answer.headers().firstValue("X-Rate-Limit-Remaining").filter("0"::equals).isPresent()) {
            pause(untilReset(answer));
        }
    }

    /** Both moments are the server's, so its clock may be any. */
    private static long untilReset(HttpResponse<byte[]> answer) {
        try {
            long reset = answer.headers().firstValueAsLong("X-Rate-Limit-Reset").orElse(0);
            long now =
                    answer.headers()
                            .firstValue("Date")
                            .map(
                                    date ->
                                            ZonedDateTime.parse(
                                                            date,
                                                            DateTimeFormatter.RFC_1123_DATE_TIME)
                                                    .toEpochSecond())
                            .orElse(reset);
            return Math.clamp(reset - now + 1, 1, LONGEST_PAUSE);
        } catch (NumberFormatException | DateTimeParseException e) {
            return LONGEST_PAUSE;
        }
    }

    private void pause(long seconds) {
        try {
            pauses.seconds(seconds);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static Failure interrupted() {
        Thread.currentThread().interrupt();
        return new Failure(ExitCode.FAILED, "interrupted");
    }
}
