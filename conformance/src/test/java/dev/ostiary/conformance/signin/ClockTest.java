package dev.ostiary.conformance.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Http;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(SuiteServer.class)
@DisplayName("The clock of an org that is there to be tested with")
class ClockTest {

    private static final String CLOCK = "/ostiary/v1/clock";
    private static final String ME = "/api/v1/sessions/me";

    private final Server server;

    ClockTest(Server server) {
        this.server = server;
    }

    private Org testOrg() {
        Org org = server.newOrg();
        server.defaultOrg()
                .http()
                .put("/ostiary/v1/orgs/" + org.id() + "/settings", "{\"test\":true}")
                .expect(200);
        return org;
    }

    private static Answer advance(Org org, String by) {
        return org.http().post(CLOCK, Json.object().put("advance", by));
    }

    @Test
    @DisplayName("given any other org: nobody moves it")
    void notElsewhere() {
        Org org = server.newOrg();

        advance(org, "PT1H").expect(403, "E0000006");
        org.nobody().post(CLOCK, "{\"advance\":\"PT1H\"}").expect(403, "E0000005");
        Org tested = testOrg();
        advance(tested, "tomorrow").expect(400, "E0000001");
        advance(tested, "-PT1H").expect(400, "E0000001");
        advance(tested, "P4000D").expect(400, "E0000001");
    }

    @Test
    @DisplayName("a session ends two hours on, unless it is refreshed")
    void sessions() {
        Org org = testOrg();
        SignIns users = new SignIns(org);
        String login = users.active();
        Http left = users.with(users.cookie(login));
        Http used = users.with(users.cookie(login));

        advance(org, "PT1H59M").expect(200);
        left.get(ME).expect(200);
        used.post(ME + "/lifecycle/refresh").expect(200);
        advance(org, "PT2M").expect(200);

        left.get(ME).expect(404, "E0000007");
        used.get(ME).expect(200);
    }

    @Test
    @DisplayName("session tokens, state tokens and recovery links end in their time")
    void tokens() {
        Org org = testOrg();
        SignIns users = new SignIns(org);
        String session = users.sessionToken(users.active());
        String state = users.signIn(users.expired()).expect(200).text("stateToken");
        String recovery =
                org.http()
                        .post(
                                "/api/v1/authn/recovery/password",
                                Json.object().put("username", users.active()))
                        .expect(200)
                        .text("recoveryToken");

        advance(org, "PT4M59S").expect(200);
        users.move("", state).expect(200);
        advance(org, "PT2S").expect(200);
        org.nobody()
                .post("/api/v1/sessions", Json.object().put("sessionToken", session))
                .expect(401, "E0000004");
        users.move("", state).expect(200);
        advance(org, "PT5M").expect(200);
        users.move("", state).expect(401, "E0000011");
        advance(org, "PT1H").expect(200);
        org.nobody()
                .post("/api/v1/authn/recovery/token", Json.object().put("recoveryToken", recovery))
                .expect(401, "E0000011");
    }

    @Test
    @DisplayName("what happens is dated by it, also in the log, and in no other org")
    void dates() {
        Org org = testOrg();
        Org other = testOrg();
        SignIns users = new SignIns(org);

        Answer moved = advance(org, "P30D").expect(200);
        String login = users.active();
        users.signIn(login).expect(200);

        assertThat(moved.text("ahead")).isEqualTo("PT720H");
        Instant there = Instant.parse(moved.text("time"));
        JsonNode user = users.user(login);
        assertThat(Instant.parse(user.get("created").asString())).isAfterOrEqualTo(there);
        assertThat(Instant.parse(user.get("lastLogin").asString())).isAfterOrEqualTo(there);
        JsonNode event =
                Json.list(org.http().get("/api/v1/logs?limit=1000").expect(200).json()).stream()
                        .filter(each -> each.toString().contains(login))
                        .findFirst()
                        .orElseThrow();
        assertThat(Instant.parse(event.get("published").asString())).isAfterOrEqualTo(there);
        String created = new Directory(other).active(users.login()).get("created").asString();
        assertThat(Instant.parse(created)).isBefore(there.minus(Duration.ofDays(29)));
    }
}
