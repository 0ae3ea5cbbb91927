package dev.ostiary.conformance.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Policies;
import dev.ostiary.conformance.harness.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
@DisplayName("A server that was given a list of passwords that others have")
class BreachedPasswordsTest {

    private @Nullable Path list;
    private @Nullable Server server;

    @BeforeAll
    void start() throws IOException {
        list = Files.createTempFile("breached", ".txt");
        Files.writeString(
                list,
                String.join(
                        "\r\n",
                        Stream.of(Directory.PASSWORD, "other-1", "other-2")
                                .map(BreachedPasswordsTest::line)
                                .sorted()
                                .toList()));
        server = Server.start("--breached-passwords", list.toString());
    }

    @AfterAll
    void stop() throws IOException {
        if (server != null) {
            server.close();
        }
        if (list != null) {
            Files.deleteIfExists(list);
        }
    }

    private static String line(String password) {
        try {
            return HexFormat.of()
                            .withUpperCase()
                            .formatHex(
                                    MessageDigest.getInstance("SHA-1")
                                            .digest(password.getBytes(UTF_8)))
                    + ":3";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Org org() {
        Server here = Objects.requireNonNull(server);
        Org org = here.newOrg();
        here.defaultOrg()
                .http()
                .put("/ostiary/v1/orgs/" + org.id() + "/settings", "{\"test\":true}")
                .expect(200);
        return org;
    }

    private static String under(Org org, String name, String protection) {
        String login = name + "@example.com";
        String user = Directory.id(new Directory(org).active(login));
        String group = Directory.id(new Directory(org).group(name));
        org.http().put("/api/v1/groups/" + group + "/users/" + user).expect(204);
        new Policies(org)
                .password(
                        group,
                        name,
                        "{\"password\":{\"breachedProtection\":" + protection + "}}",
                        "{\"passwordChange\":{\"access\":\"ALLOW\"}}");
        return login;
    }

    private static Answer signIn(Org org, String login) {
        return org.nobody()
                .post(
                        "/api/v1/authn",
                        Json.object().put("username", login).put("password", Directory.PASSWORD))
                .expect(200);
    }

    private static int found(Org org, String login) {
        JsonNode events =
                org.http()
                        .get(
                                "/api/v1/logs?limit=100&filter=eventType%20eq%20%22"
                                        + "security.breached_credential.detected%22")
                        .expect(200)
                        .json();
        return (int)
                Json.list(events).stream()
                        .filter(event -> event.toString().contains("\"" + login + "\""))
                        .count();
    }

    @Test
    @DisplayName(
            "expires a password of the list at once, where the policy says so, and tells the log")
    void atOnce() {
        Org org = org();
        String login = under(org, "at-once", "{\"expireAfterDays\":0}");
        assertThat(found(org, login)).isZero();

        assertThat(signIn(org, login).text("status")).isEqualTo("PASSWORD_EXPIRED");

        assertThat(found(org, login)).isEqualTo(1);
    }

    @Test
    @DisplayName("expires it some days after it was found; it is found once")
    void later() {
        Org org = org();
        String login = under(org, "later", "{\"expireAfterDays\":3}");

        assertThat(signIn(org, login).text("status")).isEqualTo("SUCCESS");
        org.http().post("/ostiary/v1/clock", "{\"advance\":\"P2D\"}").expect(200);
        assertThat(signIn(org, login).text("status")).isEqualTo("SUCCESS");
        org.http().post("/ostiary/v1/clock", "{\"advance\":\"P2D\"}").expect(200);
        assertThat(signIn(org, login).text("status")).isEqualTo("PASSWORD_EXPIRED");

        assertThat(found(org, login)).isEqualTo(1);
    }

    @Test
    @DisplayName("signs the user out everywhere when it is found, where the policy says so")
    void signsOut() {
        Org org = org();
        String login = "out@example.com";
        new Directory(org).active(login);
        String session =
                org.nobody()
                        .post(
                                "/api/v1/sessions",
                                Json.object()
                                        .put(
                                                "sessionToken",
                                                signIn(org, login).text("sessionToken")))
                        .expect(200)
                        .text("id");
        String user = org.http().get("/api/v1/users/" + login).expect(200).text("id");
        String group = Directory.id(new Directory(org).group("out"));
        org.http().put("/api/v1/groups/" + group + "/users/" + user).expect(204);
        new Policies(org)
                .password(
                        group,
                        "out",
                        "{\"password\":{\"breachedProtection\":"
                                + "{\"expireAfterDays\":9,\"logoutEnabled\":true}}}",
                        "{}");
        org.http().get("/api/v1/sessions/" + session).expect(200);

        signIn(org, login);

        org.http().get("/api/v1/sessions/" + session).expect(404);
    }

    @Test
    @DisplayName("does nothing in an org whose policy does not ask for it")
    void notAsked() {
        Org org = org();
        String login = "not-asked@example.com";
        new Directory(org).active(login);

        assertThat(signIn(org, login).text("status")).isEqualTo("SUCCESS");

        assertThat(found(org, login)).isZero();
    }
}
