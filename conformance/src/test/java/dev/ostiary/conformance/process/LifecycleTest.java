package dev.ostiary.conformance.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Await;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Http;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.RawTls;
import dev.ostiary.conformance.harness.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

@Timeout(180)
@DisplayName("A server from its first start to its last")
class LifecycleTest {

    @Test
    @DisplayName(
            "first start, restart, SIGTERM under a request, kill -9: data, tokens, orgs and their ports stay")
    void lives() throws IOException {
        try (Server server = Server.start()) {
            firstStartLeavesItsFacts(server);
            Org second = server.newOrg();
            JsonNode user = new Directory(server.defaultOrg()).active("stays@example.com");
            JsonNode other = new Directory(second).staged("stays-too@example.com");

            stopsWhileSomebodyIsServed(server);
            server.restart();
            stillThere(server, second, user, other);

            ProcessHandle orphan = server.databaseProcess();
            server.kill();
            assertThat(orphan.isAlive()).as("the database outlives a killed server").isTrue();
            server.restart();
            stillThere(server, second, user, other);

            ProcessHandle database = server.databaseProcess();
            assertThat(server.stop()).as("SIGTERM ends a server as it should").isIn(0, 143);
            assertThat(Await.until(Duration.ofSeconds(10), () -> !database.isAlive()))
                    .as("the database is stopped")
                    .isTrue();
        }
    }

    private static void firstStartLeavesItsFacts(Server server) throws IOException {
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(
                                        server.data().resolve("first-run.json"))))
                .isEqualTo("rw-------");
        JsonNode facts = Json.parse(Files.readString(server.data().resolve("first-run.json")));
        assertThat(facts.propertyNames())
                .containsExactlyInAnyOrder(
                        "orgUrl", "apiToken", "adminLogin", "adminPassword", "caCertificate");
        String log = Files.readString(server.log());
        facts.forEachEntry(
                (key, value) -> {
                    if (!key.equals("caCertificate")) {
                        assertThat(log)
                                .as(key + " is printed once")
                                .containsOnlyOnce(line(value.asString()));
                    }
                });
        assertThat(
                        server.defaultOrg()
                                .http()
                                .get("/api/v1/users/me")
                                .expect(200)
                                .text("profile.login"))
                .isEqualTo(facts.get("adminLogin").asString());
    }

    /** A value as it stands at the end of a printed line. */
    private static String line(String value) {
        return " " + value + "\n";
    }

    /**
     * A request whose body is still under way when the signal comes is read to its end, done and
     * answered.
     */
    private static void stopsWhileSomebodyIsServed(Server server) {
        Org dev = server.defaultOrg();
        String body = Directory.newUser("last-in@example.com").toString();
        int half = body.length() / 2;
        ProcessHandle database = server.databaseProcess();
        try (RawTls raw = RawTls.open(server.trust().context(), server.port())) {
            raw.send(
                    "POST /api/v1/users?activate=false HTTP/1.1\r\nHost: localhost:"
                            + server.port()
                            + "\r\nAuthorization: SSWS "
                            + dev.apiToken()
                            + "\r\nContent-Type: application/json\r\nContent-Length: "
                            + body.length()
                            + "\r\n\r\n"
                            + body.substring(0, half));
            assertThat(dev.http().get("/api/v1/users/me").status()).isEqualTo(200);
            server.tellToStop();
            assertThat(
                            Await.until(
                                    Duration.ofSeconds(5),
                                    () -> dev.nobody().get("/health/ready").status() == 503))
                    .as("nobody should be sent here any more")
                    .isTrue();
            Answer newcomer = dev.http().get("/api/v1/users/me").expect(200);
            assertThat(newcomer.header("Connection")).hasValue("close");
            raw.send(body.substring(half)).read().expect(200);
        }
        assertThat(server.exitCode()).isIn(0, 143);
        assertThat(accepts(server)).as("its port is closed").isFalse();
        assertThat(Await.until(Duration.ofSeconds(10), () -> !database.isAlive()))
                .as("the database is stopped")
                .isTrue();
    }

    private static boolean accepts(Server server) {
        try {
            RawTls.open(server.trust().context(), server.port()).close();
            return true;
        } catch (UncheckedIOException refused) {
            return false;
        }
    }

    private static void stillThere(Server server, Org second, JsonNode user, JsonNode other) {
        Http dev = server.defaultOrg().http();
        assertThat(dev.get("/api/v1/users/" + Directory.id(user)).expect(200).text("profile.login"))
                .isEqualTo("stays@example.com");
        dev.get("/api/v1/users/last-in@example.com").expect(200);
        assertThat(
                        second.http()
                                .get("/api/v1/users/" + Directory.id(other))
                                .expect(200)
                                .text("profile.login"))
                .isEqualTo("stays-too@example.com");
        second.http().get("/api/v1/users/" + Directory.id(user)).expect(404, "E0000007");
    }
}
