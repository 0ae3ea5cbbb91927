package dev.ostiary.conformance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Await;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Http;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Server;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Kills a server that moves users in the background. */
@Tag("deep")
@DisplayName("P37 P38 kill -9 under a run of realm assignments")
class RealmRunKillTest {

    private static final int USERS = 1000;
    private static final String OPERATIONS = "/api/v1/realm-assignments/operations";

    @Test
    @Timeout(240)
    @DisplayName("the next start goes on with the run: every user is moved, and told of once")
    void goesOn() {
        try (Server server = Server.start("--quiet")) {
            Http http = server.defaultOrg().http();
            users(http);
            String realm = assigned(http);
            http.post(OPERATIONS, "{\"assignmentId\":\"ALL\"}").expect(201);
            server.kill();
            server.restart();
            Http again = server.defaultOrg().http();
            assertThat(Await.until(Duration.ofMinutes(2), () -> run(again).has("completed")))
                    .as(() -> "the run comes to its end: " + server.said())
                    .isTrue();

            assertThat(run(again).path("status").asString()).isEqualTo("COMPLETED");
            List<String> moved = moved(again);
            assertThat(moved).hasSizeGreaterThanOrEqualTo(USERS);
            assertThat(new HashSet<>(moved)).hasSameSizeAs(moved);
            assertThat(run(again).path("numUserMoved").asLong()).isEqualTo(moved.size());
            assertThat(again.get("/api/v1/users/" + moved.getLast()).expect(200).text("realmId"))
                    .isEqualTo(realm);
        }
    }

    private static void users(Http http) {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            IntStream.range(0, USERS)
                    .forEach(
                            n ->
                                    threads.submit(
                                            () ->
                                                    http.post(
                                                                    "/api/v1/users?activate=false",
                                                                    Directory.newUser(
                                                                            "moves-"
                                                                                    + n
                                                                                    + "@example.com"))
                                                            .expect(200)));
        }
    }

    /** The realm that an active assignment leads everybody to. */
    private static String assigned(Http http) {
        String realm =
                http.post("/api/v1/realms", "{\"profile\":{\"name\":\"Everybody\"}}")
                        .expect(200)
                        .text("id");
        ObjectNode body = Json.object().put("name", "To everybody");
        body.putObject("actions").putObject("assignUserToRealm").put("realmId", realm);
        String id = http.post("/api/v1/realm-assignments", body).expect(201).text("id");
        http.post("/api/v1/realm-assignments/" + id + "/lifecycle/activate").expect(204);
        return realm;
    }

    private static JsonNode run(Http http) {
        return http.get(OPERATIONS).expect(200).json().get(0);
    }

    /** Whom the log says to have been moved. */
    private static List<String> moved(Http http) {
        List<String> moved = new ArrayList<>();
        String next = "/api/v1/logs?limit=1000&filter=eventType+eq+%22user.realm.update%22";
        while (true) {
            Answer page = http.get(next).expect(200);
            if (page.json().isEmpty()) {
                return moved;
            }
            page.json().forEach(event -> moved.add(event.at("/target/0/id").asString()));
            next = page.link("next").orElseThrow();
        }
    }
}
