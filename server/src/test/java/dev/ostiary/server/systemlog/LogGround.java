package dev.ostiary.server.systemlog;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.event.Feed;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.server.fixture.Ground;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The log of a few orgs, written by Tx and read through the family. */
final class LogGround implements AutoCloseable {

    final Ground ground;
    final EventCatalogue events = EventCatalogue.load();
    final SystemLog log;

    LogGround(DatabaseAccess access) {
        ground = new Ground(access);
        log =
                new SystemLog(
                        ground.database,
                        new Feed(ground.database),
                        ground.clock,
                        org -> ground.clock.instant());
    }

    /** A page as a client sees it. */
    record Answer(List<JsonNode> events, String self, Optional<String> next) {

        List<String> types() {
            return events.stream().map(event -> event.get("eventType").stringValue()).toList();
        }

        List<String> targets() {
            return events.stream().map(Answer::target).toList();
        }

        /** The id of an event's first target. */
        static String target(JsonNode event) {
            return event.get("target").get(0).get("id").stringValue();
        }
    }

    /** Writes one event with one target. */
    void write(Org org, String eventType, String target) {
        ground.database.write(
                org.number(),
                tx -> {
                    tx.emit(events.event(eventType).target(target, "User", null, null));
                    return true;
                });
    }

    /** Asks with a query string as it stands in a URL. */
    Answer ask(Org org, String query) {
        Reply reply =
                log.bindings()
                        .getFirst()
                        .handler()
                        .handle(Ground.request(org, "listLogEvents", query));
        List<String> links =
                reply.headers().stream()
                        .filter(header -> header.name().equals("Link"))
                        .map(header -> header.value())
                        .toList();
        return new Answer(
                StreamSupport.stream(Json.parse(reply.body()).spliterator(), false).toList(),
                link(links, "self").orElseThrow(),
                link(links, "next"));
    }

    /** The page behind a link. */
    Answer follow(Org org, String url) {
        return ask(org, url.substring(url.indexOf('?') + 1));
    }

    /** All pages, one after the other. */
    List<JsonNode> all(Org org, String query) {
        List<JsonNode> all = new ArrayList<>();
        Answer answer = ask(org, query);
        all.addAll(answer.events());
        while (answer.next().isPresent() && !answer.events().isEmpty()) {
            answer = follow(org, answer.next().get());
            all.addAll(answer.events());
        }
        return all;
    }

    /** What {@code LogEntry.targetIds} says of an event with this body. */
    static List<@Nullable String> targetIds(JsonNode body) {
        List<@Nullable String> ids = new ArrayList<>();
        for (JsonNode target : body.path("target")) {
            ids.add(target.path("id").stringValue(null));
        }
        return ids;
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static Optional<String> link(List<String> links, String relation) {
        return links.stream()
                .filter(link -> link.endsWith("; rel=\"" + relation + "\""))
                .map(link -> link.substring(1, link.indexOf('>')))
                .findFirst();
    }

    @Override
    public void close() {
        ground.close();
    }
}
