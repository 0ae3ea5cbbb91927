package dev.ostiary.conformance.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Await;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Http;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Launcher.Ended;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@ExtendWith(SuiteServer.class)
@Timeout(300)
@DisplayName("An org from elsewhere is copied through the published API, and compared")
class ImportFromOrgTest {

    private static final int MANY = 450;
    private static final int LINKED = 150;

    private final Server server;

    @TempDir private Path folder;

    ImportFromOrgTest(Server server) {
        this.server = server;
    }

    @Test
    @DisplayName("after an import a comparison says nothing; after one change it says one line")
    void copied() {
        Org source = server.newOrg();
        Org target = server.newOrg();
        new LiveOrg(source).furnish();

        Ended ended = run("import", source, to(target));
        Ended same = run("diff", source, to(target));

        assertThat(ended.code()).as(ended.out() + ended.err()).isZero();
        assertThat(same.out() + same.err()).isEmpty();
        assertThat(same.code()).isZero();
        assertThat(ended.out() + ended.err()).doesNotContain(source.apiToken(), target.apiToken());
        assertThat(target.http().get("/api/v1/users/gone@example.com").text("status"))
                .isEqualTo("DEPROVISIONED");

        JsonNode rule = target.http().get("/api/v1/groups/rules").expect(200).json().path(0);
        assertThat(rule.path("status").asString()).isEqualTo("ACTIVE");

        ObjectNode moved = Json.object();
        moved.putObject("profile").put("city", "Bern");
        target.http().post("/api/v1/users/nadia@example.com", moved).expect(200);
        Ended other = run("diff", source, to(target));
        assertThat(other.code()).isEqualTo(1);
        assertThat(other.out().lines())
                .containsExactly("user nadia@example.com: profile.city - / \"Bern\"");
    }

    @Test
    @DisplayName("every kind of difference is told by names")
    void told() {
        Org source = server.newOrg();
        Org target = server.newOrg();
        new LiveOrg(source).furnish();
        new Directory(target).staged("stranger@example.com");
        new Directory(target).group("Empty");

        Ended ended = run("diff", source, to(target));

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out().lines())
                .contains(
                        "type contractor: only in the source",
                        "realm Partners: only in the source",
                        "linked object manager: only in the source",
                        "rule Who leads: only in the source",
                        "group Sales / \"North\": only in the source",
                        "user stranger@example.com: only in the target",
                        "user boss+1@example.com: only in the source")
                .doesNotContain("group Empty: only in the source")
                .noneMatch(line -> line.contains(target.adminLogin()));
    }

    @Test
    @DisplayName("the operator of the data directory needs no token; the one made for it is gone")
    void ours() {
        Org source = server.newOrg();
        Org target = server.newOrg();
        new LiveOrg(source).furnish();
        String[] here = {"--org", target.name()};

        Ended ended = run("import", source, here);
        Ended same = run("diff", source, here);

        assertThat(ended.code()).as(ended.out() + ended.err()).isZero();
        assertThat(same.out() + same.err()).isEmpty();
        JsonNode tokens = target.http().get("/api/v1/api-tokens").expect(200).json();
        assertThat(Json.texts(tokens, "name")).doesNotContain("import and diff");
        assertThat(server.data().resolve("imports")).isEmptyDirectory();
    }

    @Test
    @DisplayName("a copy that is killed goes on where it was, and has everybody once")
    void killed() throws Exception {
        Org source = server.newOrg();
        Org target = server.newOrg();
        new LiveOrg(source).relation();
        many(source);
        Path kept = folder.resolve("kept");
        Path said = folder.resolve("said");

        Process command =
                server.launcher()
                        .start(
                                words("import", source, keeping(kept, target)),
                                Map.of(),
                                said,
                                said);
        assertThat(Await.until(Duration.ofSeconds(120), () -> parent(kept) >= 20))
                .as("links are read")
                .isTrue();
        command.destroyForcibly().waitFor();
        long stopped = parent(kept);
        Ended ended = run("import", source, keeping(kept, target));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(users(kept))))
                .isEqualTo("rw-------");
        assertThat(stopped).isBetween(20L, (long) MANY);
        assertThat(ended.code()).as(ended.out() + ended.err()).isZero();
        assertThat(ended.out())
                .contains("reading linked objects", "imported " + (MANY + 1) + " users")
                .doesNotContain("reading users");
        Set<String> logins = new HashSet<>();
        long seen = 0;
        for (String next = "/api/v1/users?limit=200"; !next.isEmpty(); ) {
            Answer page = target.http().get(next).expect(200);
            seen += page.json().size();
            logins.addAll(Json.texts(page.json(), "profile.login"));
            next = page.link("next").orElse("");
        }
        assertThat(seen).isEqualTo(MANY + 2);
        assertThat(logins).hasSize(MANY + 2);
        Ended same = run("diff", source, to(target));
        assertThat(same.out()).isEmpty();
        assertThat(same.code()).isZero();
    }

    @Test
    @DisplayName("a copy that is killed while it writes asks for nothing again that it has written")
    void killedWriting() throws Exception {
        Org source = server.newOrg();
        Org target = server.newOrg();
        new LiveOrg(source).furnish();
        many(source);
        for (int n = 1; n < LINKED; n++) {
            source.http()
                    .put(
                            "/api/v1/users/many-"
                                    + n
                                    + "@example.com/linkedObjects/manager/"
                                    + source.http()
                                            .get("/api/v1/users/many-0@example.com")
                                            .expect(200)
                                            .text("id"))
                    .expect(204);
        }
        Path kept = folder.resolve("written");
        Path said = folder.resolve("said-writing");

        Process command =
                server.launcher()
                        .start(
                                words("import", source, keeping(kept, target)),
                                Map.of(),
                                said,
                                said);
        assertThat(Await.until(Duration.ofSeconds(120), () -> parent(kept, "WRITE_LINKS") >= 5))
                .as("links are written")
                .isTrue();
        command.destroyForcibly().waitFor();
        long stopped = parent(kept, "WRITE_LINKS");
        Ended ended = run("import", source, keeping(kept, target));

        assertThat(ended.code()).as(ended.out() + ended.err()).isZero();
        assertThat(ended.out())
                .doesNotContain("writing users", "writing type", "reading")
                .containsPattern("linked \\d+ users");
        long linked = Long.parseLong(ended.out().replaceAll("(?s).*linked (\\d+) users.*", "$1"));
        assertThat(linked).isLessThanOrEqualTo(LINKED + 5 - stopped);
        Ended same = run("diff", source, to(target));
        assertThat(same.out()).isEmpty();
    }

    @Test
    @DisplayName("two commands in one folder: the second ends with one clear line")
    void locked() throws IOException {
        Org source = server.newOrg();
        Org target = server.newOrg();
        Path kept = Files.createDirectory(folder.resolve("locked"));
        try (FileChannel lock =
                FileChannel.open(
                        kept.resolve("lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE)) {
            assertThat(lock.tryLock()).isNotNull();

            Ended ended = run("import", source, keeping(kept, target));

            assertThat(ended.code()).isEqualTo(1);
            assertThat(ended.errorLines())
                    .singleElement()
                    .asString()
                    .contains("another command is copying into " + kept);
        }
        assertThat(run("import", source, keeping(kept, target)).code()).isZero();
    }

    @Test
    @DisplayName("a bad token is one clear line, and nothing is written")
    void refused() {
        Org source = server.newOrg();
        Org target = server.newOrg();
        List<String> words = words("import", source, to(target));
        words.set(words.indexOf(source.apiToken()), "00nonsense");

        Ended ended = server.launcher().run(words.toArray(String[]::new));

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.errorLines())
                .singleElement()
                .asString()
                .startsWith("ostiary: the source refuses the token: ")
                .doesNotContain("00nonsense");
        Ended itself = run("import", source, to(source));
        assertThat(itself.code()).isEqualTo(2);
    }

    private static void many(Org source) {
        Http http = source.http();
        String id =
                http.post("/ostiary/v1/imports", Json.object().put("name", "many"))
                        .expect(201)
                        .text("id");
        StringBuilder lines = new StringBuilder();
        for (int n = 0; n < MANY; n++) {
            ObjectNode user = Directory.newUser("many-" + n + "@example.com");
            lines.append(Json.text(user)).append('\n');
        }
        http.with("Content-Type", "application/x-ndjson")
                .send(
                        "POST",
                        "/ostiary/v1/imports/" + id + "/lines?from=0",
                        lines.toString().getBytes(StandardCharsets.UTF_8))
                .expect(200);
        http.post("/ostiary/v1/imports/" + id + "/finish").expect(200);
    }

    private static long parent(Path kept) {
        return parent(kept, "LINKS");
    }

    private static long parent(Path kept, String part) {
        try {
            JsonNode state = Json.parse(Files.readAllBytes(kept.resolve("state.json")));
            return state.path("part").asString("").equals(part)
                    ? state.path("parent").asLong()
                    : -1;
        } catch (IOException notYet) {
            return -1;
        }
    }

    private static Path users(Path kept) {
        return kept.resolve("users.ndjson");
    }

    private static String[] to(Org target) {
        return new String[] {"--to", target.url(), "--to-token", target.apiToken()};
    }

    private static String[] keeping(Path folder, Org target) {
        List<String> words = new ArrayList<>(List.of(to(target)));
        words.addAll(List.of("--keep", folder.toString()));
        return words.toArray(String[]::new);
    }

    private List<String> words(String command, Org source, String... more) {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                command,
                                "--from",
                                source.url(),
                                "--token",
                                source.apiToken(),
                                "--data",
                                server.data().toString()));
        words.addAll(List.of(more));
        return words;
    }

    private Ended run(String command, Org source, String... more) {
        return server.launcher().run(words(command, source, more).toArray(String[]::new));
    }
}
