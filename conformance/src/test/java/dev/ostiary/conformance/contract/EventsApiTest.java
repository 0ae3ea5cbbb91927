package dev.ostiary.conformance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.SuiteServer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(SuiteServer.class)
@DisplayName("The Events API")
class EventsApiTest {

    private static final String EVENTS = "/api/v1/events";

    private final Org org;

    EventsApiTest(Org org) {
        this.org = org;
    }

    @Test
    @DisplayName("P38 what was done stands in it under its older names, as the log maps them")
    void sameLog() {
        Directory directory = new Directory(org);
        String user = Directory.id(directory.active("events@example.com"));
        String group = Directory.id(directory.group("Events"));
        Answer joined = org.http().put("/api/v1/groups/" + group + "/users/" + user).expect(204);

        List<JsonNode> told = events("?filter=" + encoded("target.id eq \"" + user + "\""));
        List<JsonNode> logged =
                list(
                        org.http()
                                .get(
                                        "/api/v1/logs?filter="
                                                + encoded("target.id eq \"" + user + "\"")));

        assertThat(told)
                .extracting(event -> event.at("/action/objectType").asString())
                .containsExactlyElementsOf(
                        logged.stream()
                                .map(event -> event.get("legacyEventType").asString())
                                .toList())
                .containsExactly(
                        "core.user.config.user_creation.success",
                        "core.user.config.user_activated",
                        "core.user_group_member.user_add");
        JsonNode last = told.getLast();
        assertThat(last.get("requestId").asString())
                .isEqualTo(joined.header("X-Okta-Request-Id").orElseThrow());
        assertThat(last.get("eventId").asString()).startsWith("tev").hasSize(38);
        assertThat(last.get("published").asString()).endsWith(".000Z");
        assertThat(last.at("/action/requestUri").asString())
                .isEqualTo("/api/v1/groups/" + group + "/users/" + user);
        assertThat(Json.texts(last.get("actors"), "objectType")).containsExactly("User", "Client");
        assertThat(last.at("/actors/0/login").asString()).isEqualTo(org.adminLogin());
        assertThat(last.at("/actors/1/ipAddress").asString()).isEqualTo("127.0.0.1");
        assertThat(Json.texts(last.get("targets"), "id")).containsExactly(user, group);
    }

    @Test
    @DisplayName("P25 a collector reads it by next, which is always there, and misses nothing")
    void collects() {
        List<String> seen = new ArrayList<>();
        Answer page =
                org.http()
                        .get(
                                EVENTS
                                        + "?limit=2&startDate="
                                        + LocalDate.now(ZoneOffset.UTC).minusDays(2));
        Directory directory = new Directory(org);
        List<String> made = new ArrayList<>();
        for (int n = 0; n < 5; n++) {
            made.add(Directory.id(directory.group("Collected " + n)));
        }
        while (seen.size() < made.size()) {
            page = org.http().get(page.expect(200).link("next").orElseThrow());
            for (JsonNode event : page.json()) {
                if (made.contains(event.at("/targets/0/id").asString())) {
                    seen.add(event.at("/targets/0/id").asString());
                }
            }
        }
        assertThat(seen).isEqualTo(made);
        assertThat(org.http().get(page.link("next").orElseThrow()).expect(200).json()).isEmpty();
    }

    @Test
    @DisplayName("what does not fit together is refused, and so is who may not read the log")
    void refuses() {
        org.http()
                .get(EVENTS + "?startDate=2026-01-01&filter=" + encoded("target.id eq \"x\""))
                .expect(400, "E0000001");
        org.http().get(EVENTS + "?limit=1001").expect(400, "E0000001");
        org.http().get(EVENTS + "?after=nonsense").expect(400, "E0000029");
        org.http().get(EVENTS + "?filter=" + encoded("actor.id eq \"x\"")).expect(400, "E0000031");
        org.nobody().get(EVENTS).expect(403, "E0000005");
        new Directory(org).active("curious@example.com");
        String token =
                org.http()
                        .post(
                                "/ostiary/v1/apiTokens",
                                Json.object().put("user", "curious@example.com").put("name", "no"))
                        .expect(201)
                        .text("token");
        org.nobody().token(token).get(EVENTS).expect(403, "E0000006");
    }

    private List<JsonNode> events(String query) {
        return list(org.http().get(EVENTS + query));
    }

    private static List<JsonNode> list(Answer answer) {
        List<JsonNode> all = new ArrayList<>();
        answer.expect(200).json().forEach(all::add);
        return all;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
