package dev.ostiary.server.systemlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.event.LogClient;
import dev.ostiary.platform.event.RequestContext;
import dev.ostiary.platform.event.UserAgent;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(TestDatabase.class)
class EventShapeTest {

    private final LogGround log;

    EventShapeTest(DatabaseAccess access) {
        log = new LogGround(access);
    }

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    @DisplayName("P16 P38 given a request's event, when it is read, then it is whole and in order")
    void whole() {
        RequestContext context =
                RequestContext.web(
                        "req-1",
                        "/api/v1/users",
                        "activate=true",
                        new LogClient(
                                "192.0.2.7",
                                new UserAgent("curl/8", "Unknown", "UNKNOWN"),
                                null,
                                "Unknown",
                                null,
                                null));
        RequestContext.bind(context)
                .run(() -> log.write(log.ground.acme, "user.lifecycle.create", "00u1"));

        JsonNode event = log.ask(log.ground.acme, "").events().getFirst();

        assertThat(names(event))
                .containsExactly(
                        "actor",
                        "client",
                        "device",
                        "authenticationContext",
                        "displayMessage",
                        "eventType",
                        "outcome",
                        "published",
                        "securityContext",
                        "severity",
                        "debugContext",
                        "legacyEventType",
                        "transaction",
                        "uuid",
                        "version",
                        "request",
                        "target");
        assertThat(event.get("actor").toString())
                .isEqualTo(
                        "{\"id\":\"unknown\",\"type\":\"User\",\"alternateId\":\"unknown\","
                                + "\"displayName\":\"unknown\",\"detailEntry\":null}");
        assertThat(event.get("target").toString())
                .isEqualTo(
                        "[{\"id\":\"00u1\",\"type\":\"User\",\"alternateId\":null,"
                                + "\"displayName\":null,\"detailEntry\":null}]");
        assertThat(event.get("client").toString())
                .isEqualTo(
                        "{\"userAgent\":{\"rawUserAgent\":\"curl/8\",\"os\":\"Unknown\","
                                + "\"browser\":\"UNKNOWN\"},\"zone\":null,\"device\":\"Unknown\","
                                + "\"id\":null,\"ipAddress\":\"192.0.2.7\","
                                + "\"geographicalContext\":null}");
        assertThat(event.get("outcome").toString())
                .isEqualTo("{\"result\":\"SUCCESS\",\"reason\":null}");
        assertThat(event.get("version").stringValue()).isEqualTo("0");
        assertThat(event.get("published").stringValue()).matches("2026-03-01T10:00:00\\.\\d{3}Z");
        assertThat(event.get("debugContext").get("debugData").get("requestId").stringValue())
                .isEqualTo("req-1");
        assertThat(event.get("device").isNull()).isTrue();
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.properties().forEach(property -> names.add(property.getKey()));
        return names;
    }
}
