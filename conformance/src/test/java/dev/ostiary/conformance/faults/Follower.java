package dev.ostiary.conformance.faults;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Http;
import dev.ostiary.conformance.harness.Json;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import tools.jackson.databind.JsonNode;

/**
 * A client that follows the log as the documentation says: it polls the {@code next} link of the
 * page before, whatever happens.
 */
final class Follower {

    private static final String START = "/api/v1/logs?sortOrder=ASCENDING&limit=100";

    private final Http http;
    private final CopyOnWriteArrayList<String> odd = new CopyOnWriteArrayList<>();
    private final List<Seen> events = new ArrayList<>();
    private final AtomicBoolean enough = new AtomicBoolean();
    private final Thread thread;
    private String next = START;

    /**
     * An event, as far as a comparison needs it.
     *
     * @param uuid its own id
     * @param type its type
     * @param targets the ids of its targets
     */
    record Seen(String uuid, String type, List<String> targets) {}

    private Follower(Http http) {
        this.http = http;
        this.thread = Thread.ofVirtual().name("follower").unstarted(this::follow);
    }

    /** Follows in the background until {@link #stop}. */
    static Follower start(Http http) {
        Follower follower = new Follower(http);
        follower.thread.start();
        return follower;
    }

    /** Follows from the beginning to the end as it is now. */
    static Follower readAll(Http http) {
        Follower follower = new Follower(http);
        follower.drain();
        return follower;
    }

    private void follow() {
        while (!enough.get()) {
            poll();
        }
    }

    private boolean poll() {
        try {
            Answer page = http.get(next);
            if (page.status() != 200) {
                note(page);
                return false;
            }
            List<JsonNode> found = Json.list(page.json());
            found.forEach(
                    event ->
                            events.add(
                                    new Seen(
                                            event.get("uuid").asString(),
                                            event.get("eventType").asString(),
                                            Json.texts(event.path("target"), "id"))));
            next =
                    page.link("next")
                            .orElseThrow(() -> new AssertionError("no next link on " + page));
            return !found.isEmpty();
        } catch (UncheckedIOException down) {
            return false;
        }
    }

    /** A server that has just lost its database says 5xx; anything else is worth a word. */
    private void note(Answer page) {
        if (page.status() < 500) {
            odd.add(page.toString());
        }
    }

    /** Lets it read to the end and stops it. */
    void stop() throws InterruptedException {
        enough.set(true);
        thread.join();
        drain();
    }

    private void drain() {
        boolean more = true;
        while (more) {
            more = poll();
        }
    }

    /** Every event in the order in which it was seen. */
    List<Seen> events() {
        return List.copyOf(events);
    }

    /** What it was told that no follower should be told. */
    List<String> odd() {
        return List.copyOf(odd);
    }
}
