package dev.ostiary.conformance.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.SuiteServer;
import dev.ostiary.conformance.harness.Telephone;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the System Log says beside the outcome: how somebody signed in, and in which session. */
@ExtendWith(SuiteServer.class)
@DisplayName("P16 The events of a sign-in")
class SignInLogTest {

    private static final String FACTOR = "user.authentication.auth_via_mfa";
    private static final String START = "user.session.start";

    private final Org org;
    private final EventGround ground;
    private final SignIns users;

    SignInLogTest(Org org) {
        this.org = org;
        this.ground = new EventGround(org);
        this.users = ground.users();
    }

    @Test
    @DisplayName("say that a password was proven, or was not, as any other factor")
    void password() {
        String login = users.active();
        users.signIn(login, "wrong").expect(401);
        users.signIn(login).expect(200);

        for (JsonNode event : users.events(FACTOR, login)) {
            assertThat(how(event)).isEqualTo("FACTOR_PROVIDER OKTA_CREDENTIAL_PROVIDER -");
            assertThat(debug(event, "factor")).isEqualTo("PASSWORD_AS_FACTOR");
            assertThat(debug(event, "factorIntent")).isEqualTo("LOGIN");
            assertThat(debug(event, "threatSuspected")).isEqualTo("false");
        }
        assertThat(users.events(FACTOR, login)).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "sms, SMS_FACTOR, FACTOR_PROVIDER OKTA_CREDENTIAL_PROVIDER SMS",
        "call, CALL_FACTOR, FACTOR_PROVIDER OKTA_CREDENTIAL_PROVIDER -",
        "email, EMAIL_FACTOR, FACTOR_PROVIDER OKTA_CREDENTIAL_PROVIDER EMAIL",
        "question, SECURITY_QUESTION, FACTOR_PROVIDER OKTA_CREDENTIAL_PROVIDER -"
    })
    @DisplayName("say what a further factor is, and who made it")
    void factor(String type, String name, String expected) {
        String login = ground.asked();
        String factor = type.equals("question") ? ground.question(login) : sent(login, type);
        String state = users.signIn(login).expect(200).text("stateToken");
        String verify = "/factors/" + factor + "/verify";
        if (!type.equals("question")) {
            users.move(verify, state).expect(200);
        }
        users.move(verify, state, type.equals("question") ? "answer" : "passCode", "wrong")
                .expect(403);

        JsonNode event = last(users.events(FACTOR, login));
        assertThat(how(event)).isEqualTo(expected);
        assertThat(debug(event, "factor")).isEqualTo(name);
    }

    @Test
    @DisplayName("have a session of one request until there is one, and none when nobody comes in")
    void sessions() {
        String login = users.active();
        users.signIn(login, "wrong").expect(401);
        users.cookie(login);

        List<JsonNode> starts = users.events(START, login);

        assertThat(starts).hasSize(3);
        assertThat(session(starts.get(0))).isEmpty();
        assertThat(session(starts.get(1))).startsWith("trs").hasSize(25);
        assertThat(session(starts.get(2))).startsWith("102").hasSize(25);
    }

    @Test
    @DisplayName("tell a device by a hash of the token that a trusted application gave it")
    void devices() {
        String login = users.active();
        String other = users.active();
        on(login, "laptop");
        on(other, "laptop");
        on(login, "tablet");

        List<JsonNode> starts = users.events(START, login);

        assertThat(debug(starts.getFirst(), "dtHash")).matches("[0-9a-f]{64}");
        assertThat(debug(users.events(START, other).getFirst(), "dtHash"))
                .isEqualTo(debug(starts.getFirst(), "dtHash"));
        assertThat(debug(starts.getLast(), "dtHash"))
                .isNotEqualTo(debug(starts.getFirst(), "dtHash"));
    }

    private void on(String login, String deviceToken) {
        ObjectNode body = Json.object().put("username", login).put("password", Directory.PASSWORD);
        body.putObject("context").put("deviceToken", deviceToken);
        org.http().post("/api/v1/authn", body).expect(200);
    }

    @Test
    @DisplayName("say of a password that expires whether another one is set, and sessions end")
    void expires() {
        String login = users.active();
        org.http()
                .post(
                        ground.path(login)
                                + "/lifecycle/expire_password_with_temp_password?revokeSessions=true")
                .expect(200);

        JsonNode event = last(users.events("user.account.expire_password", login));

        assertThat(debug(event, "tempPasswordSet")).isEqualTo("true");
        assertThat(debug(event, "sessionRevocation")).isEqualTo("true");
    }

    @Test
    @DisplayName("name the session that ends as the one that began")
    void ends() {
        String login = users.active();
        String cookie = users.cookie(login);
        users.with(cookie).delete("/api/v1/sessions/me").expect(204);

        JsonNode end = last(users.events("user.session.end", login));

        assertThat(session(end)).isEqualTo(session(last(users.events(START, login))));
        assertThat(debug(end, "endedSessionId")).isEqualTo(session(end));
    }

    @ParameterizedTest
    @CsvSource({"true, OV_RESPONSE_APPROVE", "false, OV_RESPONSE_DENY"})
    @DisplayName("say what a device said")
    void device(boolean yes, String said) {
        String login = ground.asked();
        Telephone telephone = Telephone.of(org, ground.path(login));
        String state = users.signIn(login).expect(200).text("stateToken");
        users.move("/factors/" + telephone.factor() + "/verify", state).expect(200);
        telephone.answers(Json.object().put("approve", yes));

        JsonNode event = last(users.events(FACTOR, login));

        assertThat(debug(event, "pushOnlyResponseType")).isEqualTo(said);
        assertThat(debug(event, "pushWithNumberChallengeResponseType"))
                .isEqualTo("OV_WITH_CHALLENGE_RESPONSE_NOT_APPLICABLE");
    }

    private String sent(String login, String type) {
        String profile =
                type.equals("email") ? "" : ",\"profile\":{\"phoneNumber\":\"+15554151410\"}";
        return ground.factor(
                login, "{\"factorType\":\"" + type + "\",\"provider\":\"OKTA\"" + profile + "}");
    }

    private static JsonNode last(List<JsonNode> events) {
        return events.getLast();
    }

    private static String how(JsonNode event) {
        JsonNode context = event.get("authenticationContext");
        return context.get("authenticationProvider").asString("-")
                + " "
                + context.get("credentialProvider").asString("-")
                + " "
                + context.get("credentialType").asString("-");
    }

    private static String session(JsonNode event) {
        return event.at("/authenticationContext/externalSessionId").asString("");
    }

    private static String debug(JsonNode event, String name) {
        return event.at("/debugContext/debugData/" + name).asString("");
    }
}
