package dev.ostiary.conformance.quirks;

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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

@ExtendWith(SuiteServer.class)
@Timeout(120)
@DisplayName("The switches of an org: default and strict, at once and delayed")
class SwitchesTest {

    private static final String EMOJI = "😀";

    private final Server server;
    private final Org org;
    private final Http operator;
    private final String settings;

    SwitchesTest(Server server, Org org) {
        this.server = server;
        this.org = org;
        this.operator = server.defaultOrg().http();
        this.settings = "/ostiary/v1/orgs/" + org.id() + "/settings";
    }

    @AfterEach
    void back() {
        set("{}");
    }

    private Answer set(String json) {
        return operator.put(settings, json).expect(200);
    }

    private Answer ask(String list, String parameter, String text) {
        return org.http().get("/api/v1/" + list, parameter, text);
    }

    @Test
    @DisplayName("P9 settings are read, replaced, and go back to their defaults when not named")
    void replaced() {
        assertThat(operator.get(settings).expect(200).text("strict")).isEqualTo("false");
        assertThat(operator.get(settings).text("searchDelay")).isEqualTo("0s");

        assertThat(set("{\"strict\":true,\"searchDelay\":\"1500ms\"}").text("searchDelay"))
                .isEqualTo("1500ms");
        assertThat(operator.get(settings).text("strict")).isEqualTo("true");
        assertThat(operator.get("/ostiary/v1/orgs/" + org.name() + "/settings").text("searchDelay"))
                .isEqualTo("1500ms");

        assertThat(set("{\"searchDelay\":\"1m\"}").text("searchDelay")).isEqualTo("60s");
        assertThat(operator.get(settings).text("strict")).isEqualTo("false");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"2\"", "\"-1s\"", "\"11m\"", "\"1h\"", "\"\"", "\"s\"", "2", "\"1e3s\""})
    @DisplayName("P6 a delay that is none is refused by name")
    void badDelay(String delay) {
        Answer answer = operator.put(settings, "{\"searchDelay\":" + delay + "}");

        assertThat(answer.expect(400, "E0000001").errorCauses().getFirst())
                .startsWith("searchDelay:");
    }

    @Test
    @DisplayName(
            "P1 P40 only the operator and the default org set switches; who is not there is 404")
    void guarded() {
        org.http().get(settings).expect(403, "E0000006");
        org.http().put(settings, "{\"strict\":true}").expect(403, "E0000006");
        org.nobody().get(settings).expect(403, "E0000005");
        operator.get("/ostiary/v1/orgs/00oNobodyIsHere12345/settings").expect(404, "E0000007");
        assertThat(operator.get(settings).text("strict")).isEqualTo("false");
    }

    @Test
    @DisplayName("P38 a switch that is set stands in the org's log")
    void logged() {
        set("{\"strict\":true}");

        assertThat(ask("logs", "filter", "eventType eq \"support.org.update\"").expect(200).text())
                .contains(org.id())
                .contains("\"SUCCESS\"");
    }

    @Test
    @DisplayName("./ostiary org set: what is named changes, what is not stays, all is printed")
    void command() {
        assertThat(orgSet("strict=true", "searchDelay=2s").out())
                .isEqualTo("strict=true\nsearchDelay=2s\ntest=false\n");
        assertThat(orgSet("searchDelay=0s").out())
                .isEqualTo("strict=true\nsearchDelay=0s\ntest=false\n");
        assertThat(orgSet().out()).isEqualTo("strict=true\nsearchDelay=0s\ntest=false\n");
        assertThat(operator.get(settings).text("strict")).isEqualTo("true");

        for (String wrong : List.of("strict=maybe", "strict", "nosuch=1", "searchDelay=long")) {
            Ended refused = orgSet(wrong);
            assertThat(refused.code()).as(wrong).isNotZero();
            assertThat(refused.errorLines()).as(wrong).hasSize(1);
        }
    }

    private Ended orgSet(String... switches) {
        List<String> words = new ArrayList<>(List.of("org", "set", org.name()));
        words.addAll(List.of(switches));
        words.addAll(List.of("--data", server.data().toString()));
        return server.launcher().run(words.toArray(String[]::new));
    }

    @Test
    @DisplayName("P8 default: emoji are stored; strict: 400 that names every place")
    void characters() {
        ObjectNode user = Directory.newUser("emoji@example.com");
        user.withObjectProperty("profile").put("nickName", EMOJI).put("displayName", "ab" + EMOJI);
        set("{\"strict\":true}");

        Answer refused = org.http().post("/api/v1/users?activate=false", user);

        assertThat(refused.expect(400, "E0000001").errorCauses())
                .containsExactlyInAnyOrder(
                        "profile.nickName: contains a character of more than three bytes in UTF-8",
                        "profile.displayName: contains a character of more than three bytes in UTF-8");
        org.http().post("/api/v1/groups", Directory.newGroup(EMOJI)).expect(400, "E0000001");

        set("{}");
        Answer made = org.http().post("/api/v1/users?activate=false", user).expect(200);
        assertThat(made.text("profile.nickName")).isEqualTo(EMOJI);
    }

    @Test
    @DisplayName("P8 strict: every character of three bytes is still taken")
    void shortCharacters() {
        set("{\"strict\":true}");
        ObjectNode user = Directory.newUser("short@example.com");
        user.withObjectProperty("profile").put("nickName", "Zoë 漢字 \uFFFD");

        assertThat(
                        org.http()
                                .post("/api/v1/users?activate=false", user)
                                .expect(200)
                                .text("profile.nickName"))
                .isEqualTo("Zoë 漢字 \uFFFD");
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @DisplayName("P28 default: every operator everywhere; strict: only where it is documented")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "users | search | profile.lastName ne \"x\"",
                "users | search | profile.lastName ew \"x\"",
                "users | search | profile.city co \"x\"",
                "users | search | status ne \"STAGED\"",
                "users | filter | status ne \"STAGED\"",
                "users | filter | profile.login sw \"x\"",
                "users | filter | profile.login co \"x\"",
                "users | filter | profile.login pr",
                "users | filter | not (status eq \"STAGED\")",
                "users | filter | lastUpdated ne \"2026-01-01T00:00:00.000Z\"",
                "groups | search | profile.name ne \"x\"",
                "groups | search | profile.name ew \"x\"",
                "groups | search | profile.custom co \"x\"",
                "groups | filter | type ne \"OKTA_GROUP\"",
                "groups | filter | not (type eq \"OKTA_GROUP\")",
                "logs | filter | published gt \"2026-01-01T00:00:00.000Z\"",
                "logs | filter | debugContext.debugData.url co \"/oauth\"",
                "logs | filter | debugContext.debugData.requestUri co \"/oauth\"",
            })
    void undocumented(String list, String parameter, String text) {
        ask(list, parameter, text).expect(200);
        set("{\"strict\":true}");
        ask(list, parameter, text).expect(400, "E0000031");
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @DisplayName("P28 strict: what is documented stays, and lt or gt says not equal")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "users | search | (status lt \"STAGED\" or status gt \"STAGED\")",
                "users | search | profile.lastName co \"x\" and profile.login co \"x\"",
                "users | search | profile.city sw \"x\" or profile.city pr",
                "users | filter | status eq \"STAGED\" or lastUpdated ge \"2026-01-01T00:00:00Z\"",
                "groups | search | profile.name co \"x\" or profile.description co \"x\"",
                "groups | filter | type eq \"OKTA_GROUP\" and lastUpdated gt \"2026-01-01T00:00:00Z\"",
                "logs | filter | actor.id ne \"00uxc78lMKUMVIHLTAXY\"",
                "logs | filter | not (displayMessage co \"x\")",
                "logs | filter | (client.userAgent.os lt \"iOS\" or client.userAgent.os gt \"iOS\")",
            })
    void documented(String list, String parameter, String text) {
        ask(list, parameter, text).expect(200);
        set("{\"strict\":true}");
        ask(list, parameter, text).expect(200);
    }

    @Test
    @DisplayName("P29 default: searches see a write at once; delayed: by id at once, else later")
    void delayed() {
        String search = "profile.lastName eq \"Delayed\"";
        ObjectNode user = Directory.newUser("at-once@example.com");
        user.withObjectProperty("profile").put("lastName", "Delayed");
        org.http().post("/api/v1/users?activate=false", user).expect(200);
        assertThat(ask("users", "search", search).json()).hasSize(1);

        set("{\"searchDelay\":\"4s\"}");
        user.withObjectProperty("profile")
                .put("login", "later@example.com")
                .put("email", "later@example.com");
        String id = org.http().post("/api/v1/users?activate=false", user).expect(200).text("id");
        org.http().post("/api/v1/groups", Directory.newGroup("Delayed")).expect(200);

        org.http().get("/api/v1/users/" + id).expect(200);
        assertThat(ask("users", "search", search).json()).hasSize(1);
        assertThat(ask("users", "filter", search).json()).hasSize(1);
        assertThat(ask("users", "q", "Delayed").json()).hasSize(1);
        assertThat(ask("groups", "q", "Delayed").json()).isEmpty();
        assertThat(
                        Await.until(
                                Duration.ofSeconds(30),
                                () -> ask("users", "search", search).json().size() == 2))
                .isTrue();
        assertThat(ask("users", "filter", search).json()).hasSize(2);
        assertThat(ask("users", "q", "Delayed").json()).hasSize(2);
        assertThat(
                        Await.until(
                                Duration.ofSeconds(30),
                                () -> ask("groups", "q", "Delayed").json().size() == 1))
                .isTrue();
    }

    @Test
    @DisplayName("P40 a switch of one org is none of another")
    void otherOrg() {
        set("{\"strict\":true}");
        Org other = server.newOrg();
        assertThat(Json.text(other.http().get("/api/v1/users?search=status+ne+%22x%22").json()))
                .contains(other.adminLogin());
    }
}
