package dev.ostiary.conformance.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Policies;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(SuiteServer.class)
@DisplayName("What an authenticator is set to")
class AllowedForTest {

    private static final String ASKING =
            "{\"access\":\"ALLOW\",\"requireFactor\":true,\"factorPromptMode\":\"ALWAYS\"}";

    private final Org org;
    private final SignIns users;

    AllowedForTest(Server server) {
        this.org = server.newOrg();
        this.users = new SignIns(org);
    }

    private void set(String key, String settings) {
        for (JsonNode each : org.http().get("/api/v1/authenticators").expect(200).json()) {
            if (each.path("key").asString().equals(key)) {
                org.http()
                        .put(
                                "/api/v1/authenticators/" + each.path("id").asString(),
                                "{\"key\":\"%s\",\"name\":\"%s\",\"settings\":%s}"
                                        .formatted(key, each.path("name").asString(), settings))
                        .expect(200);
            }
        }
    }

    private String groupOf(String login) {
        String group = Directory.id(new Directory(org).group("of " + login));
        org.http()
                .put("/api/v1/groups/" + group + "/users/" + Directory.id(users.user(login)))
                .expect(204);
        return group;
    }

    /** Somebody of whom a factor is asked, and who has mail and a question. */
    private String asked() {
        String login = users.recoverable();
        new Policies(org).signOn(groupOf(login), login, ASKING);
        String factors = "/api/v1/users/" + login + "/factors";
        org.http()
                .post(
                        factors,
                        "{\"factorType\":\"question\",\"provider\":\"OKTA\",\"profile\":{\"question\":\"disliked_food\",\"answer\":\"mayonnaise\"}}")
                .expect(200);
        org.http()
                .post(
                        factors + "?activate=true",
                        "{\"factorType\":\"email\",\"provider\":\"OKTA\"}")
                .expect(200);
        return login;
    }

    private JsonNode offered(Answer required) {
        assertThat(required.text("status")).isEqualTo("MFA_REQUIRED");
        return required.json().at("/_embedded/factors");
    }

    @Test
    @DisplayName("recovery: it is none of the ways at sign-in any more, named or not")
    void recovery() {
        String login = asked();
        JsonNode both = offered(users.signIn(login).expect(200));
        assertThat(Json.texts(both, "factorType")).containsExactlyInAnyOrder("question", "email");
        String mail =
                Json.list(both).stream()
                        .filter(each -> each.path("factorType").asString().equals("email"))
                        .findFirst()
                        .orElseThrow()
                        .path("id")
                        .asString();

        set("okta_email", "{\"allowedFor\":\"recovery\"}");

        Answer required = users.signIn(login).expect(200);
        assertThat(Json.texts(offered(required), "factorType")).containsExactly("question");
        users.move("/factors/" + mail + "/verify", required.text("stateToken"))
                .expect(404, "E0000007");
        assertThat(recovers(login)).isTrue();
        set("okta_email", "{\"allowedFor\":\"any\"}");
        assertThat(offered(users.signIn(login).expect(200))).hasSize(2);
    }

    private boolean recovers(String login) {
        int before = org.http().get("/ostiary/v1/outbox?to=" + login).expect(200).json().size();
        org.nobody()
                .post(
                        "/api/v1/authn/recovery/password",
                        Json.object().put("username", login).put("factorType", "EMAIL"))
                .expect(200);
        return org.http().get("/ostiary/v1/outbox?to=" + login).expect(200).json().size() > before;
    }

    @Test
    @DisplayName("sso: it brings nobody back who forgot the password; the answer is as ever")
    void signOn() {
        String login = users.recoverable();
        assertThat(recovers(login)).isTrue();

        set("okta_email", "{\"allowedFor\":\"sso\"}");

        assertThat(recovers(login)).isFalse();
        set("okta_email", "{\"allowedFor\":\"any\"}");
        assertThat(recovers(login)).isTrue();
    }

    @Test
    @DisplayName("how long a code by mail lives")
    void lifetime() {
        set("okta_email", "{\"allowedFor\":\"any\",\"tokenLifetimeInMinutes\":42}");
        String login = asked();
        Answer required = users.signIn(login).expect(200);
        for (JsonNode each : offered(required)) {
            if (each.path("factorType").asString().equals("email")) {
                users.move(
                                "/factors/" + each.path("id").asString() + "/verify",
                                required.text("stateToken"))
                        .expect(200);
            }
        }

        assertThat(
                        org.http()
                                .get("/ostiary/v1/outbox?limit=1&to=" + login)
                                .expect(200)
                                .json()
                                .toString())
                .contains("42");
    }
}
