package dev.ostiary.conformance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Await;
import dev.ostiary.conformance.harness.Http;
import dev.ostiary.conformance.harness.Server;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Kills a server that imports from an identity source in the background. */
@Tag("deep")
@DisplayName("P37 P38 kill -9 under an import from an identity source")
class IdentitySourceKillTest {

    private static final int LOADS = 30;
    private static final int EACH = 200;

    @Test
    @Timeout(300)
    @DisplayName("the next start goes on with it: every user is there once, and told of once")
    void goesOn() {
        try (Server server = Server.start("--quiet")) {
            Http http = server.defaultOrg().http();
            String source =
                    http.post(
                                    "/api/v1/apps",
                                    """
                                    {"name": "custom_identity_source", "label": "HR",
                                     "signOnMode": "BOOKMARK", "settings": {"app": {}}}""")
                            .expect(200)
                            .text("id");
            String sessions = "/api/v1/identity-sources/" + source + "/sessions";
            String session = sessions + "/" + http.post(sessions).expect(200).text("id");
            for (int load = 0; load < LOADS; load++) {
                http.post(session + "/bulk-upsert", users(load)).expect(202);
            }
            http.post(session + "/start-import").expect(200);
            server.kill();
            server.restart();
            Http again = server.defaultOrg().http();
            assertThat(Await.until(Duration.ofMinutes(3), () -> status(again, session)))
                    .as(() -> "the import comes to its end: " + server.said())
                    .isTrue();

            List<String> created = created(again);
            assertThat(created).hasSize(LOADS * EACH);
            assertThat(new HashSet<>(created)).hasSameSizeAs(created);
        }
    }

    private static boolean status(Http http, String session) {
        return http.get(session).expect(200).text("status").equals("COMPLETED");
    }

    private static String users(int load) {
        return IntStream.range(0, EACH)
                .mapToObj(n -> "source-" + load + "-" + n + "@example.com")
                .map(
                        login ->
                                """
                                {"externalId":"%1$s","profile":{"userName":"%1$s","email":"%1$s",\
                                "firstName":"Ada","lastName":"Lee"}}"""
                                        .formatted(login))
                .collect(Collectors.joining(",", "{\"entityType\":\"USERS\",\"profiles\":[", "]}"));
    }

    /** Whom the log says to have been made by the import. */
    private static List<String> created(Http http) {
        List<String> created = new ArrayList<>();
        String next = "/api/v1/logs?limit=1000&filter=eventType+eq+%22system.import.user.create%22";
        while (true) {
            Answer page = http.get(next).expect(200);
            if (page.json().isEmpty()) {
                return created;
            }
            page.json().forEach(event -> created.add(event.at("/target/1/id").asString()));
            next = page.link("next").orElseThrow();
        }
    }
}
