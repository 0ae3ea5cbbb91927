package dev.ostiary.server.systemlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.query.meaning.Known;
import dev.ostiary.platform.query.meaning.Known.Sort;
import dev.ostiary.platform.query.meaning.Promise;
import dev.ostiary.platform.query.meaning.RandomExpressions;
import dev.ostiary.platform.query.meaning.RandomValues;
import dev.ostiary.platform.query.meaning.Trial;
import dev.ostiary.platform.store.LogEntry;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The filter of the log against what it promises to mean, on events of every possible value. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LogMeaningTest {

    private static final int EVENTS = 60;

    private static final List<String> TEXTS =
            List.of(
                    "eventType",
                    "uuid",
                    "version",
                    "severity",
                    "legacyEventType",
                    "displayMessage",
                    "actor.id",
                    "actor.type",
                    "actor.alternateId",
                    "actor.displayName",
                    "client.id",
                    "client.zone",
                    "client.ipAddress",
                    "client.device",
                    "client.userAgent.rawUserAgent",
                    "client.userAgent.os",
                    "client.userAgent.browser",
                    "client.geographicalContext.city",
                    "client.geographicalContext.postalCode",
                    "outcome.result",
                    "outcome.reason",
                    "transaction.id",
                    "transaction.type",
                    "authenticationContext.issuer.id",
                    "authenticationContext.externalSessionId",
                    "target.id",
                    "target.type",
                    "target.alternateId",
                    "target.displayName",
                    "request.ipChain.ip",
                    "request.ipChain.version");

    private static final List<String> NUMBERS =
            List.of(
                    "authenticationContext.authenticationStep",
                    "client.geographicalContext.geolocation.lat",
                    "client.geographicalContext.geolocation.lon");

    private static final List<String> OBJECTS =
            List.of(
                    "actor",
                    "client",
                    "outcome",
                    "target",
                    "transaction",
                    "debugContext",
                    "request",
                    "authenticationContext",
                    "securityContext",
                    "device",
                    "debugContext.debugData",
                    "client.userAgent",
                    "client.geographicalContext",
                    "transaction.detail",
                    "actor.detailEntry",
                    "authenticationContext.issuer",
                    "request.ipChain");

    private static final List<String> ANY =
            List.of(
                    "debugContext.debugData.requestUri",
                    "debugContext.debugData.x",
                    "debugContext.debugData.y.z",
                    "device.os_version",
                    "securityContext.asNumber",
                    "transaction.detail.x",
                    "actor.detailEntry.x",
                    "target.detailEntry.x",
                    "target.changeDetails.from.x");

    private static final List<String> OPEN =
            List.of(
                    "debugContext.debugData.",
                    "device.",
                    "securityContext.",
                    "transaction.detail.",
                    "actor.detailEntry.",
                    "target.detailEntry.",
                    "target.changeDetails.");

    private final LogGround log;
    private final List<JsonNode> events = new ArrayList<>();
    private final List<Known> known;
    private int asked;

    LogMeaningTest(DatabaseAccess access) {
        log = new LogGround(access);
        known =
                Stream.of(
                                TEXTS.stream().map(path -> Known.at(path, Sort.TEXT, false)),
                                NUMBERS.stream().map(path -> Known.at(path, Sort.NUMBER, false)),
                                OBJECTS.stream().map(path -> Known.at(path, Sort.OBJECT, false)),
                                ANY.stream().map(path -> Known.at(path, Sort.ANY, false)),
                                Stream.of(Known.at("published", Sort.DATE, false)))
                        .flatMap(all -> all)
                        .toList();
    }

    @BeforeAll
    void write() {
        Random random = new Random(26);
        for (int n = 0; n < EVENTS; n++) {
            LogEntry event = new Entry(event(random, n));
            log.ground.clock.set(new RandomValues(random).date().plusNanos(123_000));
            log.ground.database.write(
                    log.ground.acme.number(),
                    tx -> {
                        tx.emit(event);
                        return true;
                    });
        }
        log.ground.clock.set(Instant.parse("2026-03-05T00:00:00Z"));
    }

    @AfterAll
    void close() {
        log.close();
    }

    private record Entry(ObjectNode event) implements LogEntry {

        @Override
        public String eventType() {
            return event.path("eventType").stringValue();
        }

        @Override
        public String actorId() {
            return event.path("actor").path("id").stringValue();
        }

        @Override
        public List<@Nullable String> targetIds() {
            return LogGround.targetIds(event);
        }

        @Override
        public String body(UUID uuid, Instant published) {
            return Json.text(
                    event.put("uuid", uuid.toString()).put("published", Dates.text(published)));
        }
    }

    private ObjectNode event(Random random, int number) {
        RandomValues values = new RandomValues(random);
        ObjectNode event = Json.object();
        for (String path : TEXTS) {
            if (!path.startsWith("target") && !path.startsWith("request")) {
                put(event, path, sometimes(random, text(values)));
            }
        }
        NUMBERS.forEach(path -> put(event, path, sometimes(random, number(values))));
        for (String path : ANY) {
            if (!path.startsWith("target")) {
                put(event, path, sometimes(random, values.any()));
            }
        }
        put(event, "securityContext.isProxy", sometimes(random, values.any()));
        each(event, "target", random)
                .forEach(
                        target -> {
                            for (String path : TEXTS) {
                                putIn(target, "target.", path, sometimes(random, text(values)));
                            }
                            for (String path : ANY) {
                                putIn(target, "target.", path, sometimes(random, values.any()));
                            }
                        });
        each(event.putObject("request"), "ipChain", random)
                .forEach(
                        hop -> {
                            for (String path : TEXTS) {
                                putIn(
                                        hop,
                                        "request.ipChain.",
                                        path,
                                        sometimes(random, text(values)));
                            }
                        });
        event.put("eventType", values.text()).put("number", number);
        event.withObjectProperty("actor").put("id", values.text());
        events.add(event);
        return event;
    }

    private static List<ObjectNode> each(ObjectNode into, String name, Random random) {
        ArrayNode array = into.putArray(name);
        List<ObjectNode> all = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            all.add(array.addObject());
        }
        return all;
    }

    private static JsonNode text(RandomValues values) {
        return Json.object().put("v", values.text()).path("v");
    }

    private static JsonNode number(RandomValues values) {
        return Json.object().put("v", values.number()).path("v");
    }

    private static Optional<JsonNode> sometimes(Random random, JsonNode value) {
        return switch (random.nextInt(5)) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(Json.object().putNull("v").path("v"));
            default -> Optional.of(value);
        };
    }

    private static void putIn(
            ObjectNode into, String prefix, String path, Optional<JsonNode> value) {
        if (path.startsWith(prefix)) {
            put(into, path.substring(prefix.length()), value);
        }
    }

    private static void put(ObjectNode into, String path, Optional<JsonNode> value) {
        ObjectNode object = into;
        List<String> names = Arrays.asList(path.split("\\."));
        for (String name : names.subList(0, names.size() - 1)) {
            object = object.withObjectProperty(name);
        }
        String last = names.getLast();
        ObjectNode holder = object;
        value.ifPresent(v -> holder.set(last, v));
    }

    @Test
    @DisplayName("P26 P27 P28 given random filters, then the log finds the events that they mean")
    void filters() {
        hold(3, 600);
    }

    @Test
    @Tag("deep")
    @DisplayName("P26 P27 P28 given 20 000 random filters, then the log finds what they mean")
    void manyFilters() {
        hold(4, 20_000);
    }

    private void hold(long seed, int count) {
        Random random = new Random(seed);
        Map<String, List<String>> examples =
                Map.of("uuid", events.stream().map(e -> e.path("uuid").stringValue()).toList());
        Trial.Outcome outcome =
                new Trial(new Promise(this::known), events, this::found)
                        .run(new RandomExpressions(random, known, examples), count);
        System.out.println("[filters of the log] " + outcome);
        assertThat(outcome.differences()).isEmpty();
        assertThat(outcome.telling()).isGreaterThan(count / 3);
    }

    /** Every name in an open map can be asked for. */
    private Optional<Known> known(String path) {
        return known.stream()
                .filter(one -> one.path().equals(path))
                .findFirst()
                .or(
                        () ->
                                OPEN.stream()
                                        .filter(path::startsWith)
                                        .map(map -> Known.at(path, Sort.ANY, false))
                                        .findFirst());
    }

    /** Asked by time and as followers of the log ask, in turns. */
    private Set<Integer> found(String text) {
        String query =
                "since=2026-02-01T00:00:00Z&limit=1000&filter="
                        + LogGround.encoded(text)
                        + (asked++ % 2 == 0 ? "&until=2026-03-04T00:00:00Z" : "");
        return log.ask(log.ground.acme, query).events().stream()
                .map(event -> event.path("number").intValue())
                .collect(Collectors.toSet());
    }

    @Test
    @DisplayName("P28 given the documented lt or gt, then it says not equal, as ne does")
    void notEqual() {
        Set<Integer> expected =
                events.stream()
                        .filter(event -> !event.at("/client/userAgent/os").asString("").isEmpty())
                        .filter(event -> !event.at("/client/userAgent/os").asString("").equals("a"))
                        .map(event -> event.path("number").intValue())
                        .collect(Collectors.toSet());

        assertThat(found("(client.userAgent.os lt \"a\" or client.userAgent.os gt \"a\")"))
                .isEqualTo(expected);
        assertThat(found("client.userAgent.os ne \"a\"")).isEqualTo(expected);
    }
}
