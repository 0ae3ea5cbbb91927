package dev.ostiary.conformance.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Http;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Policies;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import dev.ostiary.conformance.harness.Telephone;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@ExtendWith(SuiteServer.class)
@DisplayName("Sign-in with a device that is asked")
class PushSignInTest {

    private final Server server;
    private final Org org;
    private final SignIns users;
    private final String group;

    PushSignInTest(Server server, Org org) {
        this.server = server;
        this.org = org;
        this.users = new SignIns(org);
        this.group = Directory.id(new Directory(org).group("devices " + users.login()));
        new Policies(org)
                .signOn(
                        group,
                        users.login(),
                        "{\"access\":\"ALLOW\",\"requireFactor\":true,"
                                + "\"factorPromptMode\":\"ALWAYS\"}");
    }

    /** Somebody with a device. */
    private record Owner(String login, Telephone telephone) {}

    private Owner owner() {
        String login = users.active();
        String user = Directory.id(users.user(login));
        org.http().put("/api/v1/groups/" + group + "/users/" + user).expect(204);
        return new Owner(login, Telephone.of(org, "/api/v1/users/" + user));
    }

    private Answer verify(Http browser, Owner owner, String state, String query) {
        return browser.post(
                "/api/v1/authn/factors/" + owner.telephone().factor() + "/verify" + query,
                Json.object().put("stateToken", state));
    }

    @Test
    @DisplayName(
            "a number that is to be chosen on it stands with the factor, as often as one looks")
    void number() {
        Owner owner = owner();
        String state = users.signIn(owner.login()).expect(200).text("stateToken");
        Answer asked =
                org.nobody()
                        .post(
                                "/api/v1/authn/factors/" + owner.telephone().factor() + "/verify",
                                Json.object()
                                        .put("stateToken", state)
                                        .put("useNumberMatchingChallenge", true))
                        .expect(200);

        int number = asked.json().at("/_embedded/factor/_embedded/challenge/correctAnswer").asInt();

        assertThat(number).isBetween(10, 99);
        assertThat(asked.json().get("_embedded").has("challenge")).isFalse();
        Answer polled = verify(org.nobody(), owner, state, "").expect(200);
        assertThat(polled.json().at("/_embedded/factor/_embedded/challenge/correctAnswer").asInt())
                .isEqualTo(number);
        Answer looked = users.move("", state).expect(200);
        assertThat(looked.json().at("/_embedded/factor/_embedded/challenge/correctAnswer").asInt())
                .isEqualTo(number);
        owner.telephone().answers(Json.object().put("approve", true).put("number", number));
        assertThat(verify(org.nobody(), owner, state, "").expect(200).text("status"))
                .isEqualTo("SUCCESS");
    }

    @Test
    @DisplayName("a number is asked for unasked where the sign-in is risky, and only there")
    void risky() {
        PushSignInTest there = new PushSignInTest(server, server.newOrg());
        Owner owner = there.owner();
        String calm = there.users.signIn(owner.login()).expect(200).text("stateToken");
        Answer asked = there.verify(there.org.nobody(), owner, calm, "").expect(200);
        assertThat(asked.json().at("/_embedded/factor").has("_embedded")).isFalse();
        owner.telephone().answers(Json.object().put("approve", true));
        there.org
                .http()
                .post("/api/v1/threats/configuration", "{\"action\":\"audit\"}")
                .expect(200);
        for (int i = 0; i < 20; i++) {
            there.users.signIn("nobody-" + i + "@example.com").expect(401);
        }

        String state = there.users.signIn(owner.login()).expect(200).text("stateToken");
        Answer risky = there.verify(there.org.nobody(), owner, state, "").expect(200);

        assertThat(risky.json().at("/_embedded/factor/_embedded/challenge/correctAnswer").asInt())
                .isBetween(10, 99);
    }

    /** Sets when devices ask for a number. */
    private void bind(String required) {
        JsonNode verify =
                Json.list(org.http().get("/api/v1/authenticators").expect(200).json()).stream()
                        .filter(each -> each.get("key").asString().equals("okta_verify"))
                        .findFirst()
                        .orElseThrow();
        ObjectNode body = Json.object().put("key", "okta_verify").put("name", "Okta Verify");
        body.putObject("settings")
                .putObject("channelBinding")
                .put("style", "NUMBER_CHALLENGE")
                .put("required", required);
        org.http().put("/api/v1/authenticators/" + verify.get("id").asString(), body).expect(200);
    }

    @Test
    @DisplayName("a number is asked for at every sign-in, or at none, where the org says so")
    void bound() {
        PushSignInTest there = new PushSignInTest(server, server.newOrg());
        Owner owner = there.owner();
        String challenge = "/_embedded/factor/_embedded/challenge/correctAnswer";
        there.bind("ALWAYS");
        String calm = there.users.signIn(owner.login()).expect(200).text("stateToken");
        Answer asked = there.verify(there.org.nobody(), owner, calm, "").expect(200);
        assertThat(asked.json().at(challenge).asInt()).isBetween(10, 99);
        Answer resent =
                there.users
                        .move("/factors/" + owner.telephone().factor() + "/verify/resend", calm)
                        .expect(200);
        assertThat(resent.json().at(challenge).asInt()).isBetween(10, 99);

        there.bind("NEVER");

        String state = there.users.signIn(owner.login()).expect(200).text("stateToken");
        Answer plain = there.verify(there.org.nobody(), owner, state, "").expect(200);
        assertThat(plain.json().at("/_embedded/factor").has("_embedded")).isFalse();
    }

    @Test
    @DisplayName(
            "autoPush is kept in a cookie with the success, told of that device, and taken back")
    void autoPush() {
        Owner owner = owner();
        String told =
                "_embedded.policy.factorsPolicyInfo."
                        + owner.telephone().factor()
                        + ".autoPushEnabled";
        Answer required = users.signIn(owner.login()).expect(200);
        assertThat(required.text(told)).isEqualTo("false");
        String state = required.text("stateToken");
        Answer asked = verify(org.nobody(), owner, state, "?autoPush=true").expect(200);
        assertThat(asked.text(told)).isEqualTo("false");
        assertThat(asked.lines("Set-Cookie")).noneMatch(line -> line.startsWith("autoPush"));
        owner.telephone().answers(Json.object().put("approve", true));

        Answer in = verify(org.nobody(), owner, state, "?autoPush=true").expect(200);

        assertThat(in.text("status")).isEqualTo("SUCCESS");
        String line =
                in.lines("Set-Cookie").stream()
                        .filter(each -> each.startsWith("autoPush="))
                        .findFirst()
                        .orElseThrow();
        assertThat(line).contains("Secure", "HttpOnly", "SameSite=None");
        Http browser = org.nobody().with("Cookie", line.substring(0, line.indexOf(';')));
        ObjectNode password =
                Json.object().put("username", owner.login()).put("password", Directory.PASSWORD);
        Answer again = browser.post("/api/v1/authn", password).expect(200);
        assertThat(again.text(told)).isEqualTo("true");
        verify(browser, owner, again.text("stateToken"), "?autoPush=false").expect(200);
        owner.telephone().answers(Json.object().put("approve", true));
        Answer back = verify(browser, owner, again.text("stateToken"), "?autoPush=false");
        assertThat(back.expect(200).lines("Set-Cookie"))
                .anyMatch(each -> each.startsWith("autoPush=;") && each.endsWith("Max-Age=0"));
    }
}
