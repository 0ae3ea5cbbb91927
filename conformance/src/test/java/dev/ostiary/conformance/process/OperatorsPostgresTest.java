package dev.ostiary.conformance.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ostiary.conformance.harness.Await;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Http;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Launcher;
import dev.ostiary.conformance.harness.Launcher.Ended;
import dev.ostiary.conformance.harness.OperatorsPostgres;
import dev.ostiary.conformance.harness.Server;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@Tag("deep")
@Timeout(300)
@DisplayName("The operator's own PostgreSQL")
class OperatorsPostgresTest {

    private static final int DATABASE_TOO_NEW = 13;
    private static final int DATABASE_UNREACHABLE = 14;

    @ParameterizedTest
    @ValueSource(ints = {15, 16, 17, 18})
    @DisplayName(
            "serves a journey, survives the database's restart, and says in a line what is wrong with it")
    void journey(int major, @TempDir Path folder) {
        Optional<Path> programs = OperatorsPostgres.programs(major);
        String reason =
                "skipped: no PostgreSQL "
                        + major
                        + " in /usr/lib/postgresql, and OSTIARY_TEST_POSTGRES_"
                        + major
                        + " names none";
        if (programs.isEmpty()) {
            System.out.println(reason);
        }
        assumeTrue(programs.isPresent(), reason);
        try (OperatorsPostgres postgres = OperatorsPostgres.start(programs.orElseThrow())) {
            try (Server server = Server.start("--db", postgres.url())) {
                Http http = server.defaultOrg().http();
                Directory directory = new Directory(http);
                JsonNode group = directory.group("Operated");
                JsonNode user = directory.active("operated@example.com");
                directory.join(group, user);
                isThere(http, group, user);

                postgres.stop();
                assertThat(http.get("/health/ready").status()).isGreaterThanOrEqualTo(500);
                assertThat(http.get("/api/v1/users?limit=1").status()).isGreaterThanOrEqualTo(500);
                postgres.restart();
                assertThat(
                                Await.until(
                                        Duration.ofSeconds(30),
                                        () -> http.get("/health/ready").status() == 200))
                        .isTrue();
                isThere(http, group, user);
                server.stop();
                server.restart();
                isThere(http, group, user);
            }
            saysWhatIsWrong(postgres, folder);
        }
    }

    private static void isThere(Http http, JsonNode group, JsonNode user) {
        String id = Directory.id(user);
        assertThat(
                        Json.texts(
                                http.get(
                                                "/api/v1/users?search=profile.login%20co%20%22perated%40%22")
                                        .expect(200)
                                        .json(),
                                "id"))
                .containsExactly(id);
        assertThat(
                        Json.texts(
                                http.get("/api/v1/groups/" + Directory.id(group) + "/users")
                                        .expect(200)
                                        .json(),
                                "id"))
                .containsExactly(id);
        assertThat(
                        Json.texts(
                                http.get("/api/v1/logs?filter=target.id%20eq%20%22" + id + "%22")
                                        .expect(200)
                                        .json(),
                                "eventType"))
                .contains("user.lifecycle.create", "group.user_membership.add");
    }

    private static void saysWhatIsWrong(OperatorsPostgres postgres, Path folder) {
        String data = folder.resolve("data").toString();
        Launcher launcher = Launcher.here();
        assertSays(
                launcher.run(
                        "serve",
                        "--port",
                        "0",
                        "--data",
                        data,
                        "--db",
                        postgres.urlWithWrongPassword()),
                DATABASE_UNREACHABLE);
        postgres.stop();
        postgres.sql(
                "ostiary",
                "INSERT INTO flyway_schema_history (installed_rank, version, description, type,"
                        + " script, installed_by, execution_time, success)"
                        + " VALUES (99999, '99999', 'later', 'SQL', 'V99999__later.sql', 'x', 0, true)");
        postgres.restart();
        assertSays(
                launcher.run("serve", "--port", "0", "--data", data, "--db", postgres.url()),
                DATABASE_TOO_NEW);
    }

    private static void assertSays(Ended ended, int code) {
        assertThat(ended.errorLines()).as(ended.err()).hasSize(1);
        assertThat(ended.code()).as(ended.err()).isEqualTo(code);
        assertThat(ended.out() + ended.err()).doesNotContain("hush-hush", "not-a-secret");
    }
}
