package dev.ostiary.conformance.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Policies;
import dev.ostiary.conformance.harness.SuiteServer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@ExtendWith(SuiteServer.class)
@DisplayName("An enrolment policy")
class EnrolmentPolicyTest {

    private static final String ASKING =
            "{\"access\":\"ALLOW\",\"requireFactor\":true,\"factorPromptMode\":\"ALWAYS\"}";
    private static final String QUESTION_REQUIRED =
            """
            {"okta_question":{"enroll":{"self":"REQUIRED"}},
             "okta_email":{"enroll":{"self":"OPTIONAL"}},
             "okta_otp":{"enroll":{"self":"NOT_ALLOWED"}}}""";
    private static final String QUESTION =
            "{\"factorType\":\"question\",\"provider\":\"OKTA\",\"profile\":{\"question\":\"disliked_food\",\"answer\":\"mayonnaise\"}}";

    private final Org org;
    private final SignIns users;
    private final Policies policies;

    EnrolmentPolicyTest(Org org) {
        this.org = org;
        this.users = new SignIns(org);
        this.policies = new Policies(org);
    }

    private String group(String login) {
        String group = Directory.id(new Directory(org).group("of " + login));
        org.http()
                .put("/api/v1/groups/" + group + "/users/" + Directory.id(users.user(login)))
                .expect(204);
        return group;
    }

    private Answer enrol(String state, String factor) {
        ObjectNode body = Json.parse(factor).asObject();
        return org.nobody().post("/api/v1/authn/factors", body.put("stateToken", state));
    }

    @Test
    @DisplayName("at the next sign-in: nobody passes by what is required, or has what is not named")
    void login() {
        String login = users.active();
        policies.enrolment(group(login), login, QUESTION_REQUIRED, "LOGIN");

        Answer enroll = users.signIn(login).expect(200);

        assertThat(enroll.text("status")).isEqualTo("MFA_ENROLL");
        JsonNode factors = enroll.json().at("/_embedded/factors");
        assertThat(Json.texts(factors, "factorType")).containsExactly("question", "email");
        assertThat(Json.texts(factors, "enrollment")).containsExactly("REQUIRED", "OPTIONAL");
        assertThat(enroll.json().at("/_links").has("skip")).isFalse();
        String state = enroll.text("stateToken");
        users.move("/skip", state).expect(403, "E0000079");
        enrol(state, "{\"factorType\":\"token:software:totp\",\"provider\":\"OKTA\"}")
                .expect(400, "E0000001");
        assertThat(enrol(state, QUESTION).expect(200).text("status")).isEqualTo("SUCCESS");
        assertThat(users.signIn(login).expect(200).text("status")).isEqualTo("SUCCESS");
    }

    @Test
    @DisplayName("itself may be about a network: elsewhere the next policy decides")
    void network() {
        String login = users.active();
        String policy =
                policies.enrolment(group(login), login, QUESTION_REQUIRED, "LOGIN").policy();
        assertThat(users.signIn(login).expect(200).text("status")).isEqualTo("MFA_ENROLL");
        String zone =
                org.http()
                        .post(
                                "/api/v1/zones",
                                "{\"type\":\"IP\",\"name\":\"far away\",\"gateways\":"
                                        + "[{\"type\":\"CIDR\",\"value\":\"203.0.113.0/24\"}]}")
                        .expect(200)
                        .text("id");
        ObjectNode body =
                (ObjectNode) org.http().get("/api/v1/policies/" + policy).expect(200).json();
        body.withObject("/conditions/network")
                .put("connection", "ZONE")
                .putArray("include")
                .add(zone);

        Answer replaced = org.http().put("/api/v1/policies/" + policy, body).expect(200);

        assertThat(replaced.json().at("/conditions/network/include/0").asString()).isEqualTo(zone);
        assertThat(users.signIn(login).expect(200).text("status")).isEqualTo("SUCCESS");
    }

    @Test
    @DisplayName("knows the telephone by the name of its documentation, and tells that of now")
    void olderName() {
        String login = users.active();

        String policy =
                policies.authenticators(
                                group(login),
                                login,
                                "[{\"key\":\"okta_phone\",\"enroll\":{\"self\":\"OPTIONAL\"}}]")
                        .policy();

        JsonNode kept = org.http().get("/api/v1/policies/" + policy).expect(200).json();
        assertThat(kept.at("/settings/authenticators/0/key").asString()).isEqualTo("phone_number");
    }

    @Test
    @DisplayName("once a factor is asked for: what is required beside the one that was proven")
    void challenge() {
        String login = users.active();
        String group = group(login);
        policies.enrolment(group, login, QUESTION_REQUIRED, "CHALLENGE");
        String mail =
                org.http()
                        .post(
                                "/api/v1/users/" + login + "/factors?activate=true",
                                "{\"factorType\":\"email\",\"provider\":\"OKTA\"}")
                        .expect(200)
                        .text("id");
        assertThat(users.signIn(login).expect(200).text("status")).isEqualTo("SUCCESS");

        policies.signOn(group, login, ASKING);
        Answer required = users.signIn(login).expect(200);
        assertThat(required.text("status")).isEqualTo("MFA_REQUIRED");
        String state = required.text("stateToken");
        users.move("/factors/" + mail + "/verify", state).expect(200);
        String code =
                org.http()
                        .get("/ostiary/v1/outbox?limit=1&to=" + login)
                        .expect(200)
                        .json()
                        .at("/0/variables/verificationToken")
                        .asString();
        Answer enroll = users.move("/factors/" + mail + "/verify", state, "passCode", code);

        assertThat(enroll.expect(200).text("status")).isEqualTo("MFA_ENROLL");
        assertThat(enroll.json().at("/_links").has("skip")).isFalse();
        assertThat(enrol(state, QUESTION).expect(200).text("status")).isEqualTo("SUCCESS");
    }

    @Test
    @DisplayName("never, where a factor is asked for that is not there: nobody comes in")
    void never() {
        String login = users.active();
        String group = group(login);
        policies.enrolment(group, login, QUESTION_REQUIRED, "NEVER");
        assertThat(users.signIn(login).expect(200).text("status")).isEqualTo("SUCCESS");

        policies.signOn(group, login, ASKING);

        users.signIn(login).expect(401, "E0000004");
        assertThat(
                        users.events("policy.evaluate_sign_on", login)
                                .getLast()
                                .at("/outcome/result")
                                .asString())
                .isEqualTo("DENY");
    }

    @Test
    @DisplayName("what is optional is offered to whoever opted in, after the first, and skipped")
    void optional() {
        String login = users.active();
        policies.enrolment(group(login), login, QUESTION_REQUIRED, "LOGIN");
        ObjectNode body = Json.object().put("username", login).put("password", Directory.PASSWORD);
        body.putObject("options").put("multiOptionalFactorEnroll", true);
        Answer enroll = org.nobody().post("/api/v1/authn", body).expect(200);

        Answer more = enrol(enroll.text("stateToken"), QUESTION).expect(200);

        assertThat(more.text("status")).isEqualTo("MFA_ENROLL");
        assertThat(Json.texts(more.json().at("/_embedded/factors"), "factorType"))
                .containsExactly("email");
        assertThat(more.json().at("/_links").has("skip")).isTrue();
        assertThat(users.move("/skip", more.text("stateToken")).expect(200).text("status"))
                .isEqualTo("SUCCESS");
    }

    @Test
    @DisplayName("by authenticators: a phone that is required is one by SMS or by call")
    void authenticators() {
        String login = users.active();
        String group = group(login);
        ObjectNode policy = Json.object().put("type", "MFA_ENROLL").put("name", login);
        policy.putObject("conditions")
                .putObject("people")
                .putObject("groups")
                .putArray("include")
                .add(group);
        policy.putObject("settings")
                .put("type", "AUTHENTICATORS")
                .putArray("authenticators")
                .addObject()
                .put("key", "phone_number")
                .putObject("enroll")
                .put("self", "REQUIRED");
        String made = org.http().post("/api/v1/policies", policy).expect(200).text("id");
        org.http()
                .post(
                        "/api/v1/policies/" + made + "/rules",
                        "{\"type\":\"MFA_ENROLL\",\"name\":\"rule\",\"actions\":{\"enroll\":{\"self\":\"LOGIN\"}}}")
                .expect(200);

        Answer enroll = users.signIn(login).expect(200);

        assertThat(Json.texts(enroll.json().at("/_embedded/factors"), "factorType"))
                .containsExactly("sms", "call");
        org.http()
                .post(
                        "/api/v1/users/" + login + "/factors?activate=true",
                        "{\"factorType\":\"sms\",\"provider\":\"OKTA\",\"profile\":{\"phoneNumber\":\"+1-555-415-1337\"}}")
                .expect(200);
        assertThat(users.signIn(login).expect(200).text("status")).isEqualTo("SUCCESS");
    }
}
