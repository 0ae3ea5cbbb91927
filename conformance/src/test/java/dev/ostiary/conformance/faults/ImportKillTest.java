package dev.ostiary.conformance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Await;
import dev.ostiary.conformance.harness.Http;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Kills the importing command, then the server, then the database, and goes on each time. */
@Tag("deep")
@DisplayName("P37 P38 kill -9 during an import")
class ImportKillTest {

    private static final int USERS = 30_000;
    private static final int MEMBERS = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir private Path folder;

    @Test
    @Timeout(400)
    @DisplayName("loses nothing, repeats nothing: every user once, each with its one event")
    void killed() throws Exception {
        try (Server server = Server.start("--quiet")) {
            Http http = server.defaultOrg().http();
            Path file = file();

            Process command = importing(server, file);
            int first = awaitLines(http, 1);
            command.destroyForcibly().waitFor();
            int stopped = position(http);

            command = importing(server, file);
            int second = awaitLines(http, stopped + 1);
            server.kill();
            server.restart();
            int third = awaitLines(http, second + 1);
            server.killDatabase();
            Await.until(PATIENCE, () -> serves(server));
            assertThat(command.waitFor(240, TimeUnit.SECONDS)).as("ends").isTrue();
            if (command.exitValue() != 0) {
                // what the server could not say while its database was gone, the next run hears
                command = importing(server, file);
                assertThat(command.waitFor(240, TimeUnit.SECONDS)).as("ends").isTrue();
            }

            assertThat(command.exitValue()).as(Files.readString(folder.resolve("said"))).isZero();
            System.out.println("[import kills] at lines " + first + ", " + second + ", " + third);
            everyoneOnce(server.defaultOrg().http());
        }
    }

    private Path file() throws IOException {
        StringBuilder lines =
                new StringBuilder("{\"kind\":\"group\",\"profile\":{\"name\":\"Imported\"}}\n");
        for (int n = 0; n < USERS; n++) {
            String login = "import-" + n + "@example.com";
            lines.append("{\"profile\":{\"login\":\"").append(login);
            lines.append("\",\"email\":\"").append(login);
            lines.append("\",\"firstName\":\"Ada\",\"lastName\":\"Lee\"}");
            lines.append(n % (USERS / MEMBERS) == 0 ? ",\"groups\":[\"Imported\"]}\n" : "}\n");
        }
        return Files.writeString(folder.resolve("users.ndjson"), lines);
    }

    private Process importing(Server server, Path file) {
        return server.launcher()
                .start(
                        List.of(
                                "import",
                                file.toString(),
                                "--url",
                                server.url(),
                                "--token",
                                server.defaultOrg().apiToken(),
                                "--ca",
                                server.data().resolve("tls/ca.pem").toString()),
                        Map.of(),
                        folder.resolve("said"),
                        folder.resolve("said"));
    }

    /** Waits until so many lines are in; how many are by then. */
    private static int awaitLines(Http http, int least) {
        assertThat(Await.until(PATIENCE, () -> position(http) >= least)).as("goes on").isTrue();
        return position(http);
    }

    private static int position(Http http) {
        try {
            JsonNode imports = http.get("/ostiary/v1/imports?limit=1").json();
            return imports.path(0).path("position").asInt(0);
        } catch (UncheckedIOException notYet) {
            return 0;
        }
    }

    private static boolean serves(Server server) {
        try {
            if (!server.isAlive()) {
                server.restart();
            }
            return server.defaultOrg().http().get("/api/v1/users?limit=1").status() == 200;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    private static void everyoneOnce(Http http) {
        JsonNode job = http.get("/ostiary/v1/imports?limit=1").expect(200).json().path(0);
        assertThat(job.path("status").asString()).isEqualTo("FINISHED");
        assertThat(job.path("users").asInt()).isEqualTo(USERS);
        Map<String, Integer> created = new HashMap<>();
        int joined = 0;
        int groups = 0;
        int ends = 0;
        for (Follower.Seen event : Follower.readAll(http).events()) {
            switch (event.type()) {
                case "user.lifecycle.create" ->
                        created.merge(event.targets().getFirst(), 1, Integer::sum);
                case "group.user_membership.add" -> joined++;
                case "group.lifecycle.create" -> groups++;
                case "system.import.start", "system.import.complete" -> ends++;
                default -> {}
            }
        }
        Set<String> ids = new HashSet<>();
        String next = "/api/v1/users?limit=200";
        while (!next.isEmpty()) {
            var page = http.get(next).expect(200);
            for (JsonNode user : page.json()) {
                if (Json.at(user, "profile.login").asString().startsWith("import-")) {
                    ids.add(user.path("id").asString());
                    assertThat(created.get(user.path("id").asString())).isEqualTo(1);
                }
            }
            next = page.link("next").orElse("");
        }
        assertThat(ids).hasSize(USERS);
        assertThat(joined).isEqualTo(MEMBERS);
        assertThat(groups).isEqualTo(1);
        assertThat(ends).isEqualTo(2);
    }
}
