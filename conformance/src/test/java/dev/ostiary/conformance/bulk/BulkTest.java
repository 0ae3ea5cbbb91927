package dev.ostiary.conformance.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Http;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Launcher.Ended;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@ExtendWith(SuiteServer.class)
@Timeout(240)
@DisplayName("Import and export")
class BulkTest {

    private static final String NDJSON = "application/x-ndjson";

    private final Server server;

    @TempDir private Path folder;

    BulkTest(Server server) {
        this.server = server;
    }

    @Test
    @DisplayName("a file of lines becomes groups, users and memberships; the command says how many")
    void lines() throws IOException {
        Org org = server.newOrg();
        Path file =
                file(
                        "lines.ndjson",
                        "{\"kind\":\"group\",\"profile\":{\"name\":\"Sales\"}}",
                        user("lines-1@example.com", ",\"groups\":[\"Sales\"]"),
                        user("lines-2@example.com", ""),
                        "{\"kind\":\"membership\",\"user\":\"lines-2@example.com\",\"group\":\"Sales\"}");

        Ended ended = imported(org, file);

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out())
                .contains(
                        "100 %",
                        "imported 2 users, 1 groups, 2 memberships; updated 0, passed over 0");
        String group =
                org.http()
                        .get("/api/v1/groups?q=Sales")
                        .expect(200)
                        .json()
                        .path(0)
                        .path("id")
                        .asString();
        assertThat(org.http().get("/api/v1/groups/" + group + "/users").expect(200).json().size())
                .isEqualTo(2);
        assertThat(
                        org.http()
                                .get("/api/v1/users", "search", "profile.login sw \"lines-\"")
                                .json()
                                .size())
                .isEqualTo(2);
        Ended again = imported(org, file);
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.out()).contains("line 1: name: ", "line 2: login: ");
        Ended passing = imported(org, file, "--existing", "skip");
        assertThat(passing.out())
                .contains("imported 0 users, 0 groups, 0 memberships; updated 0, passed over 3");
    }

    @Test
    @DisplayName(
            "a dry run tells every bad line and changes nothing; so does a file that is no UTF-8")
    void nothingChanges() throws IOException {
        Org org = server.newOrg();
        int before = users(org);
        Path bad =
                file(
                        "bad.ndjson",
                        user("bad-1@example.com", ""),
                        "nonsense",
                        user("bad-1@example.com", ""),
                        user("bad-2@example.com", ",\"groups\":[\"None\"]"));

        Ended dry = imported(org, bad, "--dry-run");

        assertThat(dry.code()).isEqualTo(1);
        assertThat(dry.out())
                .contains(
                        "line 2: The line is not well-formed JSON",
                        "line 3: login: Line 1 has the same login",
                        "line 4: group: The group 'None' does not exist");
        assertThat(dry.errorLines()).containsExactly("ostiary: 3 bad lines of 4");

        Path foreign = folder.resolve("latin1.ndjson");
        String text = user("first@example.com", "") + "\n" + user("é@example.com", "") + "\n";
        Files.write(foreign, text.getBytes(StandardCharsets.ISO_8859_1));
        Ended refused = imported(org, foreign);
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.out()).contains("line 2: not in UTF-8");

        String id =
                org.http()
                        .post("/ostiary/v1/imports", Json.object().put("name", "latin1"))
                        .expect(201)
                        .text("id");
        Answer answer =
                send(org.http(), id, text.getBytes(StandardCharsets.ISO_8859_1))
                        .expect(400, "E0000003");
        assertThat(answer.errorCauses()).containsExactly("line 2: The line is not in UTF-8");
        assertThat(users(org)).isEqualTo(before);
    }

    private static Answer send(Http http, String id, byte[] body) {
        return http.with("Content-Type", NDJSON)
                .send("POST", "/ostiary/v1/imports/" + id + "/lines?from=0", body);
    }

    @Test
    @DisplayName(
            "columns of a CSV file are attributes, the org's own too, of the type that the schema says")
    void columns() throws IOException {
        Org org = server.newOrg();
        org.http()
                .post(
                        "/api/v1/meta/schemas/user/default",
                        """
                        {"definitions":{"custom":{"id":"#custom","type":"object","properties":{
                          "badge":{"title":"Badge","type":"integer","unique":"UNIQUE_VALIDATED"},
                          "remote":{"title":"Remote","type":"boolean"},
                          "tongues":{"title":"Tongues","type":"array","items":{"type":"string"}}}}}}""")
                .expect(200);
        org.http().post("/api/v1/groups", "{\"profile\":{\"name\":\"Sales\"}}").expect(200);
        Path file =
                file(
                        "people.csv",
                        "login,email,firstName,lastName,badge,remote,tongues,groups,status,password.hash.algorithm,password.hash.value",
                        "csv-1@example.com,csv-1@example.com,\"Ann, the first\",\"L\"\"ee\nLee\",7,true,de; fr,Sales,ACTIVE,MD5,5ebe2294ecd0e0f08eab7690d2a6ee69",
                        "csv-2@example.com,csv-2@example.com,Bob,Lee,,,,,,,");

        Ended wrong = imported(org, file);
        assertThat(wrong.code()).isEqualTo(1);
        assertThat(wrong.out()).contains("line 2: hash.value: ");
        Files.writeString(
                file,
                Files.readString(file)
                        .replace("5ebe2294ecd0e0f08eab7690d2a6ee69", "Xr4ilOzQ4PCOq3aQ0qbuaQ=="));
        Ended ended = imported(org, file);

        assertThat(ended.code()).as(ended.out() + ended.err()).isZero();
        JsonNode ann = org.http().get("/api/v1/users/csv-1@example.com").expect(200).json();
        assertThat(ann.at("/profile/firstName").asString()).isEqualTo("Ann, the first");
        assertThat(ann.at("/profile/lastName").asString()).isEqualTo("L\"ee\nLee");
        assertThat(ann.at("/profile/badge").isIntegralNumber()).isTrue();
        assertThat(ann.at("/profile/remote").isBoolean()).isTrue();
        assertThat(ann.at("/profile/tongues").toString()).isEqualTo("[\"de\",\"fr\"]");
        assertThat(ann.path("status").asString()).isEqualTo("ACTIVE");
        assertThat(org.http().get("/api/v1/users/csv-2@example.com").expect(200).text("status"))
                .isEqualTo("STAGED");
        Path taken =
                file(
                        "taken.csv",
                        "login,email,firstName,lastName,badge",
                        "csv-3@example.com,csv-3@example.com,Cy,Lee,7",
                        "csv-4@example.com,csv-4@example.com,Dee,Lee,8",
                        "csv-5@example.com,csv-5@example.com,Eve,Lee,8",
                        "csv-6@example.com,csv-6@example.com,Flo,Lee,eight");
        Ended refused = imported(org, taken, "--dry-run");
        assertThat(refused.out())
                .contains(
                        "line 2: badge: An object with this field already exists",
                        "line 4: badge: Line 3 has the same value",
                        "line 5: badge: must be an integer");
    }

    @Test
    @DisplayName("what one org exports another imports, and then exports the same")
    void thereAndBack() throws IOException {
        Org from = server.newOrg();
        Org to = server.newOrg();
        new Directory(from).active("here@example.com");
        String group = Directory.id(new Directory(from).group("Here and there"));
        for (Org each : List.of(from, to)) {
            each.http().post("/api/v1/realms", "{\"profile\":{\"name\":\"Partners\"}}").expect(200);
        }
        Path hashed =
                file(
                        "hashed.ndjson",
                        user("partner@example.com", ",\"realm\":{\"name\":\"Partners\"}"),
                        user(
                                "md5@example.com",
                                ",\"groups\":[\"Here and there\"],\"status\":\"SUSPENDED\",\"credentials\":{\"password\":{\"hash\":"
                                        + "{\"algorithm\":\"MD5\",\"salt\":\"salt\",\"saltOrder\":\"POSTFIX\","
                                        + "\"value\":\"Xr4ilOzQ4PCOq3aQ0qbuaQ==\"}}}"),
                        user(
                                "bcrypt@example.com",
                                ",\"credentials\":{\"password\":{\"hash\":{\"algorithm\":\"BCRYPT\",\"workFactor\":10,"
                                        + "\"salt\":\"rwh3vH166HCH/NT9XV5FYu\",\"value\":\"qaMqvAPULkbiQzkTCWo5XDcvzpk8Tna\"}}}"),
                        user(
                                "pbkdf2@example.com",
                                ",\"credentials\":{\"password\":{\"hash\":{\"algorithm\":\"PBKDF2\",\"digestAlgorithm\":\"SHA256_HMAC\","
                                        + "\"iterationCount\":4096,\"keySize\":32,\"salt\":\"c2FsdA==\","
                                        + "\"value\":\"xeR41ZKIyEGqUw22hFxMjZYok6ABzk4RpJY4c6qYE0o=\"}}}"),
                        user(
                                "hook@example.com",
                                ",\"credentials\":{\"password\":{\"hook\":{\"type\":\"default\"}}}"));
        assertThat(imported(from, hashed).code()).isZero();
        from.http().delete("/api/v1/users/" + from.adminLogin());
        Path whole = folder.resolve("whole.ndjson");

        Ended exported =
                run(
                        "export",
                        "--with-passwords",
                        "--out",
                        whole.toString(),
                        "--org",
                        from.name(),
                        "--data",
                        server.data().toString());

        assertThat(exported.code()).as(exported.err()).isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(whole)))
                .isEqualTo("rw-------");
        Path wanted = without(whole, from.adminLogin());
        Ended ended = imported(to, wanted);
        assertThat(ended.code()).as(ended.out() + ended.err()).isZero();
        Path again = folder.resolve("again.ndjson");
        run(
                "export",
                "--with-passwords",
                "--out",
                again.toString(),
                "--org",
                to.name(),
                "--data",
                server.data().toString());
        assertThat(Files.readAllLines(without(again, to.adminLogin())))
                .containsExactlyInAnyOrderElementsOf(Files.readAllLines(wanted));
        ObjectNode passwords = Json.object();
        passwords.putObject("oldPassword").put("value", Directory.PASSWORD);
        passwords.putObject("newPassword").put("value", "anotherOne7Entirely");
        String user = to.http().get("/api/v1/users/here@example.com").expect(200).text("id");
        to.http()
                .post("/api/v1/users/" + user + "/credentials/change_password", passwords)
                .expect(200);
        assertThat(group).isNotBlank();
        assertThat(
                        from.http()
                                .get(
                                        "/api/v1/logs",
                                        "filter",
                                        "eventType eq \"analytics.reports.export.download\"")
                                .json())
                .isNotEmpty();
    }

    @Test
    @DisplayName("P40 hashes are for the operator alone, and other secrets for nobody")
    void secrets() {
        Org org = server.newOrg();
        new Directory(org).active("secret@example.com");

        org.http().get("/ostiary/v1/export?passwords=true").expect(403, "E0000006");
        Ended refused =
                run(
                        "export",
                        "--with-passwords",
                        "--url",
                        org.url(),
                        "--token",
                        org.apiToken(),
                        "--ca",
                        ca());
        assertThat(refused.code()).isEqualTo(1);
        Ended plain = run("export", "--url", org.url(), "--token", org.apiToken(), "--ca", ca());
        assertThat(plain.out()).contains("secret@example.com").doesNotContain("hash", "argon2");
    }

    private static Path without(Path file, String login) throws IOException {
        Path other = file.resolveSibling(file.getFileName() + ".some");
        try (Stream<String> lines = Files.lines(file)) {
            return Files.write(other, lines.filter(line -> !line.contains(login)).toList());
        }
    }

    private static int users(Org org) {
        return org.http().get("/api/v1/users?limit=200").expect(200).json().size();
    }

    private Path file(String name, String... lines) throws IOException {
        return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
    }

    static String user(String login, String more) {
        return """
        {"profile":{"login":"%s","email":"%s","firstName":"Ada","lastName":"Lee"}%s}"""
                .formatted(login, login, more);
    }

    private String ca() {
        return server.data().resolve("tls/ca.pem").toString();
    }

    private Ended imported(Org org, Path file, String... more) {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "import",
                                file.toString(),
                                "--url",
                                org.url(),
                                "--token",
                                org.apiToken(),
                                "--ca",
                                ca()));
        words.addAll(List.of(more));
        return run(words.toArray(String[]::new));
    }

    private Ended run(String... words) {
        return server.launcher().run(words);
    }
}
