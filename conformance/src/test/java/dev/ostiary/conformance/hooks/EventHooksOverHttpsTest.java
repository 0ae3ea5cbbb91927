package dev.ostiary.conformance.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Await;
import dev.ostiary.conformance.harness.Certifier;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.HookReceiver;
import dev.ostiary.conformance.harness.HookReceiver.Say;
import dev.ostiary.conformance.harness.Http;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@ExtendWith(SuiteServer.class)
@DisplayName("An event hook")
class EventHooksOverHttpsTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String MADE = "user.lifecycle.create";

    private final Server server;
    private final Org org;
    private final Http http;
    private final Directory directory;

    EventHooksOverHttpsTest(Server server, Org org) {
        this.server = server;
        this.org = org;
        this.http = org.http();
        this.directory = new Directory(org);
    }

    @Test
    @DisplayName("gets the events that it subscribed to, once it is verified, in the envelope")
    void delivery() {
        try (HookReceiver receiver = HookReceiver.open()) {
            ObjectNode body = HookBodies.eventHook("All users", receiver.url("/hook"), MADE);
            JsonNode made = http.post("/api/v1/eventHooks", body).expect(200).json();
            String path = "/api/v1/eventHooks/" + made.get("id").asString();
            assertThat(made.get("verificationStatus").asString()).isEqualTo("UNVERIFIED");
            assertThat(made.toString()).doesNotContain("s3cret");
            directory.staged("before@example.com");
            JsonNode verified = http.post(path + "/lifecycle/verify").expect(200).json();
            assertThat(verified.get("verificationStatus").asString()).isEqualTo("VERIFIED");

            String user = Directory.id(directory.staged("hooked@example.com"));
            directory.group("Not subscribed to");

            assertThat(receiver.hasPosts(1)).isTrue();
            HookReceiver.Told told = receiver.posts().getFirst();
            assertThat(told.authorization()).isEqualTo("s3cret");
            assertThat(told.other()).isEqualTo("other value");
            JsonNode json = told.json();
            assertThat(json.propertyNames())
                    .containsExactly(
                            "eventType",
                            "eventTypeVersion",
                            "cloudEventsVersion",
                            "source",
                            "eventId",
                            "data",
                            "eventTime",
                            "contentType");
            assertThat(json.get("eventType").asString()).isEqualTo("com.okta.event_hook");
            assertThat(json.get("source").asString()).isEqualTo(org.url() + path);
            JsonNode event = json.at("/data/events/0");
            assertThat(event.at("/target/0/id").asString()).isEqualTo(user);
            JsonNode logged =
                    http.get("/api/v1/logs?q=" + event.get("uuid").asString()).expect(200).json();
            assertThat(logged.isEmpty() || logged.get(0).equals(event)).isTrue();
            assertThat(receiver.eventTypes()).containsOnly(MADE);

            http.post(path + "/lifecycle/deactivate").expect(200);
            directory.staged("unheard@example.com");
            http.post(path + "/lifecycle/activate").expect(200);
            directory.staged("heard@example.com");
            assertThat(Await.until(LONG, () -> receiver.eventTypes().size() >= 2)).isTrue();
            assertThat(receiver.eventTypes()).hasSize(2);
            http.post(path + "/lifecycle/deactivate").expect(200);
            http.delete(path).expect(204);
        }
    }

    @Test
    @DisplayName("P40 hears nothing of another org")
    void otherOrg() {
        Org other = server.newOrg();
        try (HookReceiver receiver = HookReceiver.open()) {
            HookBodies.verified(
                    other.http(), HookBodies.eventHook("Other", receiver.url("/hook"), MADE));
            directory.staged("not-theirs@example.com");
            String theirs = Directory.id(new Directory(other).staged("theirs@example.com"));
            assertThat(receiver.hasPosts(1)).isTrue();
            assertThat(receiver.posts()).hasSize(1);
            assertThat(receiver.posts().getFirst().json().at("/data/events")).hasSize(1);
            assertThat(
                            receiver.posts()
                                    .getFirst()
                                    .json()
                                    .at("/data/events/0/target/0/id")
                                    .asString())
                    .isEqualTo(theirs);
        }
    }

    @Test
    @DisplayName("with a filter gets only what passes it")
    void filtered() {
        try (HookReceiver receiver = HookReceiver.open()) {
            ObjectNode body = HookBodies.eventHook("Ada", receiver.url("/hook"), MADE);
            ObjectNode filter = ((ObjectNode) body.get("events")).putObject("filter");
            filter.putArray("eventFilterMap")
                    .addObject()
                    .put("event", MADE)
                    .putObject("condition")
                    .put(
                            "expression",
                            "event.target.?[alternateId eq 'passes@example.com'].size() > 0");
            HookBodies.verified(http, body);
            directory.staged("does-not-pass@example.com");
            directory.staged("passes@example.com");
            assertThat(receiver.hasPosts(1)).isTrue();
            assertThat(receiver.posts().getFirst().json().at("/data/events")).hasSize(1);
        }
    }

    @Test
    @DisplayName("is told once more after an error of its own, then the log says that it failed")
    void retried() {
        try (HookReceiver receiver = HookReceiver.open()) {
            receiver.answers(told -> new Say(503, ""));
            String id =
                    HookBodies.verified(
                            http, HookBodies.eventHook("Broken", receiver.url("/hook"), MADE));
            directory.staged("broken@example.com");
            assertThat(receiver.hasPosts(2)).isTrue();
            assertThat(Await.until(LONG, () -> failures(id).size() == 1)).isTrue();
            assertThat(failures(id).getFirst().at("/outcome/reason").asString()).contains("503");
            List<HookReceiver.Told> posts = receiver.posts();
            assertThat(posts).hasSize(2);
            assertThat(posts.get(0).json().get("eventId"))
                    .isEqualTo(posts.get(1).json().get("eventId"));

            receiver.answers(told -> new Say(404, ""));
            directory.staged("refused@example.com");
            assertThat(receiver.hasPosts(3)).isTrue();
            assertThat(Await.until(LONG, () -> failures(id).size() == 2)).isTrue();
            assertThat(receiver.posts()).hasSize(3);
            receiver.answers(told -> new Say(204, ""));
            directory.staged("taken@example.com");
            assertThat(receiver.hasPosts(4)).isTrue();
        }
    }

    private List<JsonNode> failures(String hook) {
        return http.get("/api/v1/logs?limit=1000&filter=eventType%20eq%20%22event_hook.delivery%22")
                .expect(200)
                .json()
                .valueStream()
                .filter(event -> event.at("/target/0/id").asString().equals(hook))
                .toList();
    }

    @Test
    @DisplayName(
            "is not verified by a service that proves nothing, or whose certificate is strange")
    void notVerified() {
        try (HookReceiver receiver = HookReceiver.open();
                HookReceiver strange = HookReceiver.openWith(new Certifier())) {
            receiver.answers(told -> new Say(200, "{\"verification\":\"something else\"}"));
            verificationFails(receiver.url("/other"), "did not send back the challenge");
            verificationFails(strange.url("/hook"), "no trusted TLS connection");
            assertThat(strange.everything()).isEmpty();
            receiver.answers(told -> new Say(302, ""));
            verificationFails(receiver.url("/other"), "status 302");
            assertThat(receiver.everything()).noneMatch(told -> told.path().contains("redirected"));
        }
    }

    private void verificationFails(String uri, String why) {
        String id =
                http.post("/api/v1/eventHooks", HookBodies.eventHook("Fails", uri, MADE))
                        .expect(200)
                        .text("id");
        String path = "/api/v1/eventHooks/" + id;
        JsonNode error = http.post(path + "/lifecycle/verify").expect(400, "E0000001").json();
        assertThat(error.at("/errorCauses/0/errorSummary").asString()).contains(why);
        assertThat(http.get(path).expect(200).text("verificationStatus")).isEqualTo("UNVERIFIED");
    }

    @Test
    @DisplayName(
            "whose channel changes is verified anew, and keeps a secret that is not said again")
    void replaced() {
        try (HookReceiver receiver = HookReceiver.open()) {
            ObjectNode body = HookBodies.eventHook("Changes", receiver.url("/hook"), MADE);
            String id = HookBodies.verified(http, body);
            String path = "/api/v1/eventHooks/" + id;
            ((ObjectNode) body.at("/channel/config/authScheme")).remove("value");
            body.put("name", "Changed");
            JsonNode renamed = http.put(path, body).expect(200).json();
            assertThat(renamed.get("verificationStatus").asString()).isEqualTo("VERIFIED");
            directory.staged("secret@example.com");
            assertThat(receiver.hasPosts(1)).isTrue();
            assertThat(receiver.posts().getFirst().authorization()).isEqualTo("s3cret");
            ((ObjectNode) body.at("/channel/config")).put("uri", receiver.url("/hook/2"));
            JsonNode moved = http.put(path, body).expect(200).json();
            assertThat(moved.get("verificationStatus").asString()).isEqualTo("UNVERIFIED");
        }
    }

    @Test
    @DisplayName("P6 is refused with every cause")
    void refused() {
        ObjectNode body = HookBodies.eventHook("", "http://example.com", "no.such.event", MADE);
        JsonNode causes =
                http.post("/api/v1/eventHooks", body)
                        .expect(400, "E0000001")
                        .json()
                        .get("errorCauses");
        assertThat(causes.toString()).contains("name:").contains("channel.config.uri:");
        body.put("name", "Good");
        ((ObjectNode) body.at("/channel/config")).put("uri", "https://example.com/hook");
        ObjectNode filter = ((ObjectNode) body.get("events")).putObject("filter");
        filter.putArray("eventFilterMap")
                .addObject()
                .put("event", "group.lifecycle.create")
                .putObject("condition")
                .put("expression", "event.");
        assertThat(
                        http.post("/api/v1/eventHooks", body)
                                .expect(400, "E0000001")
                                .json()
                                .get("errorCauses")
                                .toString())
                .contains("no.such.event")
                .contains("events.filter.eventFilterMap[0].event")
                .contains("events.filter.eventFilterMap[0].condition.expression");
        String active =
                http.post(
                                "/api/v1/eventHooks",
                                HookBodies.eventHook("Kept", "https://example.com/hook", MADE))
                        .expect(200)
                        .text("id");
        http.delete("/api/v1/eventHooks/" + active).expect(403, "E0000107");
        assertThat(
                        http.get("/api/v1/eventHooks/who0000000000000000x")
                                .expect(404, "E0000007")
                                .json()
                                .get("errorSummary")
                                .asString())
                .isEqualTo("Not found: Resource not found: who0000000000000000x (Webhook)");
        assertThat(Json.text(http.get("/api/v1/eventHooks").expect(200).json()))
                .contains(active)
                .doesNotContain("s3cret");
    }
}
