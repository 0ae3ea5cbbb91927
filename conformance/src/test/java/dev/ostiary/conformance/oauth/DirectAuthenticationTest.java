package dev.ostiary.conformance.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.ClientApp;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Policies;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@ExtendWith(SuiteServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("Direct authentication")
class DirectAuthenticationTest {

    private static final String MFA_OTP = "http://auth0.com/oauth/grant-type/mfa-otp";
    private static final String MFA_OOB = "http://auth0.com/oauth/grant-type/mfa-oob";
    private static final String OTP = "urn:okta:params:oauth:grant-type:otp";
    private static final String OOB = "urn:okta:params:oauth:grant-type:oob";
    private static final String SCOPE = "openid offline_access";

    private final Org org;
    private final Server server;
    private String group = "";

    DirectAuthenticationTest(Org org, Server server) {
        this.org = org;
        this.server = server;
    }

    /** A group of whom a second factor is asked at every sign-in. */
    @BeforeAll
    void policy() {
        group = Directory.id(new Directory(org).group("Two factors"));
        new Policies(org)
                .signOn(
                        group,
                        "Two factors",
                        "{\"access\":\"ALLOW\",\"requireFactor\":true,"
                                + "\"factorPromptMode\":\"ALWAYS\"}");
    }

    private static ClientApp app(Org org, String label, String... grants) {
        return ClientApp.of(
                        org,
                        label,
                        "native",
                        "none",
                        settings -> {
                            var types = settings.putArray("grant_types");
                            types.add("password").add("refresh_token");
                            for (String grant : grants) {
                                types.add(grant);
                            }
                            settings.remove("response_types");
                        })
                .atOrg();
    }

    private static ClientApp app(Org org, String label) {
        return app(org, label, MFA_OTP, MFA_OOB, OTP, OOB);
    }

    private static Answer password(ClientApp app, Holder holder) {
        return app.token(
                Map.of(
                        "grant_type",
                        "password",
                        "username",
                        holder.login(),
                        "password",
                        Directory.PASSWORD,
                        "scope",
                        SCOPE));
    }

    private static String mfaToken(ClientApp app, Holder holder) {
        return password(app, holder).expect(403, "mfa_required").text("mfa_token");
    }

    private static Answer mfaOtp(ClientApp app, String token, String otp) {
        return app.token(
                Map.of("grant_type", MFA_OTP, "mfa_token", token, "otp", otp, "scope", SCOPE));
    }

    private static Answer mfaOob(ClientApp app, String token, String code, String... more) {
        return app.token(
                and(Map.of("grant_type", MFA_OOB, "mfa_token", token, "oob_code", code), more));
    }

    private static Answer otp(ClientApp app, String login, String otp) {
        return app.token(
                Map.of("grant_type", OTP, "login_hint", login, "otp", otp, "scope", SCOPE));
    }

    private static Answer oob(ClientApp app, String code, String... more) {
        return app.token(and(Map.of("grant_type", OOB, "oob_code", code, "scope", "openid"), more));
    }

    private static Answer primary(ClientApp app, String login, String channel) {
        return app.ask(
                "primary-authenticate",
                Map.of("login_hint", login, "channel_hint", channel, "challenge_hint", OOB));
    }

    private static Answer challenge(ClientApp app, String token, String channel) {
        return app.ask(
                "challenge",
                Map.of(
                        "mfa_token",
                        token,
                        "channel_hint",
                        channel,
                        "challenge_types_supported",
                        MFA_OOB));
    }

    private static Map<String, String> and(Map<String, String> said, String... more) {
        Map<String, String> all = new LinkedHashMap<>(said);
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        return all;
    }

    private static String amr(JsonNode tokens) {
        return ClientApp.claims(tokens.get("id_token").asString()).get("amr").toString();
    }

    @Test
    @DisplayName(
            "a step that was begun ends with the password, and with the account's being active")
    void endedSteps() {
        Holder holder = Holder.of(org).in(group);
        Holder.Totp totp = holder.totp();
        ClientApp app = app(org, "Ended steps");
        String user = "/api/v1/users/" + holder.id();
        String byOldPassword = mfaToken(app, holder);
        org.http()
                .post(
                        user,
                        "{\"credentials\":{\"password\":{\"value\":\"" + "An0ther-one-of-mine\"}}}")
                .expect(200);
        mfaOtp(app, byOldPassword, totp.shown(0)).expect(403, "access_denied");
        org.http()
                .post(
                        user,
                        "{\"credentials\":{\"password\":{\"value\":\""
                                + Directory.PASSWORD
                                + "-2\"}}}")
                .expect(200);
        String beforeSuspension =
                app.token(
                                Map.of(
                                        "grant_type",
                                        "password",
                                        "username",
                                        holder.login(),
                                        "password",
                                        Directory.PASSWORD + "-2",
                                        "scope",
                                        SCOPE))
                        .expect(403, "mfa_required")
                        .text("mfa_token");
        org.http().post(user + "/lifecycle/suspend").expect(200);
        org.http().post(user + "/lifecycle/unsuspend").expect(200);
        mfaOtp(app, beforeSuspension, totp.shown(0)).expect(403, "access_denied");
    }

    @Test
    @DisplayName("MFA OTP: the password gets a token to go on with, the one-time password tokens")
    void mfaOtp() {
        Holder holder = Holder.of(org).in(group);
        Holder.Totp totp = holder.totp();
        ClientApp app = app(org, "MFA OTP");
        Answer required = password(app, holder).expect(403, "mfa_required");
        assertThat(required.text("error_description"))
                .isEqualTo(
                        "Verify with an additional authenticator to complete the sign-in process.");
        String token = required.text("mfa_token");
        assertThat(
                        app.ask(
                                        "challenge",
                                        Map.of(
                                                "mfa_token",
                                                token,
                                                "challenge_types_supported",
                                                MFA_OTP))
                                .expect(200)
                                .text("challenge_type"))
                .isEqualTo(MFA_OTP);
        mfaOtp(app, token, totp.wrong()).expect(400, "invalid_grant");
        JsonNode tokens = mfaOtp(app, token, totp.shown(0)).expect(200).json();
        assertThat(ClientApp.claims(tokens.get("id_token").asString()).get("sub").asString())
                .isEqualTo(holder.id());
        assertThat(amr(tokens)).isEqualTo("[\"pwd\",\"otp\",\"mfa\"]");
        assertThat(tokens.get("scope").asString()).isEqualTo(SCOPE);
        app.refresh(tokens.get("refresh_token").asString()).expect(200);
        mfaOtp(app, token, totp.shown(1)).expect(403, "access_denied");
        assertThat(events())
                .contains(
                        "user.authentication.auth_via_mfa",
                        "user.session.start",
                        "app.oauth2.token.grant.id_token");
        assertThat(log()).doesNotContain(token);
    }

    @Test
    @DisplayName("MFA OOB: a device is asked, the client polls until it has answered, once")
    void mfaOob() {
        Holder holder = Holder.of(org).in(group);
        Holder.Phone phone = holder.phone();
        ClientApp app = app(org, "MFA OOB");
        String token = mfaToken(app, holder);
        JsonNode asked = challenge(app, token, "push").expect(200).json();
        assertThat(asked.get("challenge_type").asString()).isEqualTo(MFA_OOB);
        assertThat(asked.get("channel").asString()).isEqualTo("push");
        assertThat(asked.get("binding_method").asString()).isEqualTo("none");
        assertThat(asked.get("interval").asInt()).isEqualTo(5);
        assertThat(asked.get("expires_in").asInt()).isBetween(200, 300);
        String code = asked.get("oob_code").asString();
        mfaOob(app, token, code).expect(400, "authorization_pending");
        mfaOob(app, token, code).expect(400, "slow_down");
        phone.answer(true).expect(200);
        JsonNode tokens = mfaOob(app, token, code).expect(200).json();
        assertThat(amr(tokens)).isEqualTo("[\"pwd\",\"swk\",\"mfa\"]");
        assertThat(tokens.get("scope").asString()).isEqualTo(SCOPE);
        mfaOob(app, token, code).expect(403, "access_denied");
    }

    @Test
    @DisplayName("MFA OOB by SMS: the code that was sent comes back as the binding code")
    void sms() {
        Holder holder = Holder.of(org).in(group);
        String number = holder.number();
        ClientApp app = app(org, "MFA SMS");
        String token = mfaToken(app, holder);
        JsonNode asked = challenge(app, token, "sms").expect(200).json();
        assertThat(asked.get("binding_method").asString()).isEqualTo("prompt");
        assertThat(asked.has("interval")).isFalse();
        String code = asked.get("oob_code").asString();
        mfaOob(app, token, code).expect(400, "invalid_request");
        mfaOob(app, token, code, "binding_code", "000000x").expect(400, "invalid_grant");
        challenge(app, token, "sms").expect(429, "invalid_grant");
        challenge(app, token, "push").expect(403, "access_denied");
        JsonNode tokens =
                mfaOob(app, token, code, "binding_code", holder.sent(number)).expect(200).json();
        assertThat(amr(tokens)).isEqualTo("[\"pwd\",\"sms\",\"mfa\"]");
    }

    @Test
    @DisplayName("OTP: a one-time password is all, once; who is nobody is as wrong as it")
    void otp() {
        Holder holder = Holder.of(org);
        Holder.Totp totp = holder.totp();
        ClientApp app = app(org, "OTP").at(OpenServer.of(org, OTP));
        String shown = totp.shown(0);
        JsonNode tokens = otp(app, holder.login(), shown).expect(200).json();
        assertThat(amr(tokens)).isEqualTo("[\"otp\"]");
        otp(app, holder.login(), shown).expect(400, "invalid_grant");
        Answer wrong = otp(app, holder.login(), totp.wrong()).expect(400, "invalid_grant");
        Answer nobody = otp(app, "nobody@example.com", "123456").expect(400, "invalid_grant");
        Answer without = otp(app, Holder.of(org).login(), "123456").expect(400, "invalid_grant");
        assertThat(nobody.text()).isEqualTo(wrong.text());
        assertThat(without.text()).isEqualTo(wrong.text());
        app.token(Map.of("grant_type", OTP, "otp", shown, "scope", SCOPE))
                .expect(400, "invalid_request");
        otp(app.at(OpenServer.of(org, "password")), holder.login(), totp.shown(1))
                .expect(401, "access_denied");
    }

    @Test
    @DisplayName("OOB: a device is asked for a first factor; a no is told, and ends it")
    void oob() {
        Holder holder = Holder.of(org);
        Holder.Phone phone = holder.phone();
        ClientApp app = app(org, "OOB");
        String code = primary(app, holder.login(), "push").expect(200).text("oob_code");
        oob(app, code).expect(400, "authorization_pending");
        phone.answer(true).expect(200);
        JsonNode tokens = oob(app, code).expect(200).json();
        assertThat(amr(tokens)).isEqualTo("[\"swk\"]");
        assertThat(tokens.has("refresh_token")).isFalse();
        oob(app, code).expect(403, "access_denied");
        String again =
                app.ask(
                                "oob-authenticate",
                                Map.of(
                                        "login_hint",
                                        holder.login(),
                                        "channel_hint",
                                        "push",
                                        "challenge_hint",
                                        OOB))
                        .expect(200)
                        .text("oob_code");
        phone.answer(false).expect(200);
        oob(app, again).expect(400, "invalid_grant");
        primary(app, holder.login(), "sms").expect(403, "access_denied");
        primary(app, holder.login(), "pigeon").expect(400, "invalid_request");
        primary(app, "nobody@example.com", "push").expect(400, "invalid_grant");
        app.ask(
                        "primary-authenticate",
                        Map.of("login_hint", holder.login(), "channel_hint", "push"))
                .expect(400, "invalid_request");
    }

    @Test
    @DisplayName("OOB where a sign-in is risky: the number that the client shows is chosen")
    void numberChallenge() {
        Org attacked = server.newOrg();
        Holder holder = Holder.of(attacked);
        Holder.Phone phone = holder.phone();
        ClientApp app = app(attacked, "Numbers");
        JsonNode calm = primary(app, holder.login(), "push").expect(200).json();
        assertThat(calm.get("binding_method").asString()).isEqualTo("none");
        assertThat(calm.has("binding_code")).isFalse();
        assertThat(phone.questions().get(0).get("numberNeeded").asBoolean()).isFalse();
        phone.answer(true).expect(200);
        attack(attacked);

        JsonNode asked = primary(app, holder.login(), "push").expect(200).json();
        assertThat(asked.get("binding_method").asString()).isEqualTo("transfer");
        int number = Integer.parseInt(asked.get("binding_code").asString());
        assertThat(phone.questions().get(0).get("numberNeeded").asBoolean()).isTrue();
        assertThat(phone.questions().toString()).doesNotContain("\"" + number + "\"");
        phone.answer(true).expect(400, "E0000001");
        oob(app, asked.get("oob_code").asString()).expect(400, "authorization_pending");
        phone.choose(number).expect(200);
        JsonNode tokens = oob(app, asked.get("oob_code").asString()).expect(200).json();
        assertThat(amr(tokens)).isEqualTo("[\"swk\"]");

        JsonNode again = primary(app, holder.login(), "push").expect(200).json();
        phone.choose(Integer.parseInt(again.get("binding_code").asString()) + 1).expect(200);
        oob(app, again.get("oob_code").asString()).expect(400, "invalid_grant");
    }

    @Test
    @DisplayName("OOB in an org that always wants a number, or never: the risk changes nothing")
    void channelBinding() {
        Org bound = server.newOrg();
        Holder holder = Holder.of(bound);
        Holder.Phone phone = holder.phone();
        ClientApp app = app(bound, "Bound");
        String path = "/api/v1/authenticators/" + verify(bound);
        bound.http().put(path, binding("SOMETIMES")).expect(400, "E0000001");

        JsonNode set = bound.http().put(path, binding("ALWAYS")).expect(200).json();
        assertThat(set.at("/settings/channelBinding/style").asString())
                .isEqualTo("NUMBER_CHALLENGE");
        JsonNode calm = primary(app, holder.login(), "push").expect(200).json();
        assertThat(calm.get("binding_method").asString()).isEqualTo("transfer");
        phone.choose(Integer.parseInt(calm.get("binding_code").asString())).expect(200);
        oob(app, calm.get("oob_code").asString()).expect(200);

        bound.http().put(path, binding("NEVER")).expect(200);
        attack(bound);
        JsonNode risky = primary(app, holder.login(), "push").expect(200).json();
        assertThat(risky.get("binding_method").asString()).isEqualTo("none");
        assertThat(risky.has("binding_code")).isFalse();
    }

    private static String verify(Org bound) {
        return Json.list(bound.http().get("/api/v1/authenticators").expect(200).json()).stream()
                .filter(each -> each.get("key").asString().equals("okta_verify"))
                .findFirst()
                .orElseThrow()
                .get("id")
                .asString();
    }

    private static ObjectNode binding(String required) {
        ObjectNode body = Json.object().put("key", "okta_verify").put("name", "Okta Verify");
        body.putObject("settings").putObject("channelBinding").put("required", required);
        return body;
    }

    /** From this address, so that every sign-in from it is risky. */
    private static void attack(Org attacked) {
        attacked.http()
                .post("/api/v1/threats/configuration", "{\"action\":\"audit\",\"excludeZones\":[]}")
                .expect(200);
        for (int i = 0; i < 20; i++) {
            attacked.nobody()
                    .post(
                            "/api/v1/authn",
                            Json.object()
                                    .put("username", "guessed-" + i + "@example.com")
                                    .put("password", "guessed"))
                    .expect(401, "E0000004");
        }
    }

    @Test
    @DisplayName("policies: one factor is not two, and an app's policy asks for more as the org's")
    void policies() {
        Holder strict = Holder.of(org).in(group);
        Holder.Totp totp = strict.totp();
        ClientApp app = app(org, "Policies");
        otp(app, strict.login(), totp.shown(0)).expect(403, "access_denied");
        Holder holder = Holder.of(org);
        Holder.Totp other = holder.totp();
        password(app, holder).expect(200);
        govern(app.id());
        String token = mfaToken(app, holder);
        mfaOtp(app, token, other.shown(0)).expect(200);
        otp(app, holder.login(), other.shown(1)).expect(403, "access_denied");
        password(app, Holder.of(org)).expect(403, "access_denied");
        ClientApp plain = app(org, "No second factor");
        password(plain, strict).expect(403, "mfa_required");
        password(app(org, "Password alone", OTP), strict).expect(400, "invalid_grant");
        ClientApp push = app(org, "Push alone", MFA_OOB);
        password(push, strict).expect(403, "access_denied");
        app.token(
                        Map.of(
                                "grant_type",
                                "password",
                                "username",
                                holder.login(),
                                "password",
                                Directory.PASSWORD,
                                "scope",
                                SCOPE,
                                "grant_types_supported",
                                MFA_OOB))
                .expect(403, "access_denied");
    }

    /** Two factors for an app. */
    private void govern(String appId) {
        String id =
                org.http()
                        .post(
                                "/api/v1/policies",
                                Json.object().put("type", "ACCESS_POLICY").put("name", "Two"))
                        .expect(200)
                        .text("id");
        String rules = "/api/v1/policies/" + id + "/rules";
        JsonNode all = org.http().get(rules).expect(200).json();
        ObjectNode last = (ObjectNode) all.get(all.size() - 1);
        last.set(
                "actions",
                Json.parse(
                        "{\"appSignOn\":{\"access\":\"ALLOW\",\"verificationMethod\":"
                                + "{\"type\":\"ASSURANCE\",\"factorMode\":\"2FA\","
                                + "\"reauthenticateIn\":\"PT12H\"}}}"));
        org.http().put(rules + "/" + last.get("id").asString(), last).expect(200);
        org.http().put("/api/v1/apps/" + appId + "/policies/" + id).expect(204);
    }

    @Test
    @DisplayName("guessing: five wrong ones, then not even the right one is looked at")
    void guessing() {
        Holder holder = Holder.of(org).in(group);
        Holder.Totp totp = holder.totp();
        ClientApp app = app(org, "Guessing");
        String token = mfaToken(app, holder);
        for (int i = 0; i < 5; i++) {
            mfaOtp(app, token, totp.wrong()).expect(400, "invalid_grant");
        }
        mfaOtp(app, token, totp.shown(0)).expect(429, "invalid_grant");
        otp(app, holder.login(), totp.shown(0)).expect(429, "invalid_grant");
        assertThat(Json.list(org.http().get("/api/v1/logs?limit=1000").expect(200).json()))
                .anyMatch(
                        event ->
                                event.get("eventType")
                                                .asString()
                                                .equals("user.authentication.auth_via_mfa")
                                        && event.toString().contains(holder.id())
                                        && event.at("/outcome/result")
                                                .asString()
                                                .equals("FAILURE"));
    }

    @Test
    @DisplayName("guessing counts for the account as wrong passwords do, and locks it")
    void locks() {
        String own = Directory.id(new Directory(org).group("Two tries"));
        new Policies(org)
                .password(
                        own,
                        "Two tries",
                        "{\"password\":{\"lockout\":{\"maxAttempts\":2,\"autoUnlockMinutes\":0}}}",
                        "{}");
        Holder holder = Holder.of(org).in(own);
        Holder.Totp totp = holder.totp();
        ClientApp app = app(org, "Locking");
        otp(app, holder.login(), totp.wrong()).expect(400, "invalid_grant");
        otp(app, holder.login(), totp.wrong()).expect(400, "invalid_grant");
        assertThat(org.http().get("/api/v1/users/" + holder.id()).expect(200).text("status"))
                .isEqualTo("LOCKED_OUT");
        otp(app, holder.login(), totp.shown(0)).expect(403, "access_denied");
    }

    @Test
    @DisplayName("P22 a token, a code and an id are good for what they are, and for nothing else")
    void confusion() {
        Holder holder = Holder.of(org).in(group);
        Holder.Phone phone = holder.phone();
        Holder.Totp totp = holder.totp();
        ClientApp app = app(org, "Confused");
        String token = mfaToken(app, holder);
        String code = challenge(app, token, "push").expect(200).text("oob_code");
        phone.answer(true).expect(200);
        // the password is left out: a code of the second step is none of a first
        oob(app, code).expect(403, "access_denied");
        mfaOob(app, code, token).expect(403, "access_denied");
        mfaOtp(app, code, totp.shown(0)).expect(403, "access_denied");
        String other = mfaToken(app, holder);
        mfaOob(app, other, code).expect(400, "invalid_request");
        org.nobody()
                .post("/api/v1/authn", Json.object().put("stateToken", token))
                .expect(401, "E0000011");
        assertThat(app.isActive(token)).isFalse();
        mfaOob(app, token, code).expect(200);
    }

    @Test
    @DisplayName("another client, another server and another org get nothing of it")
    void elsewhere() {
        Holder holder = Holder.of(org).in(group);
        Holder.Totp totp = holder.totp();
        ClientApp app = app(org, "Mine");
        ClientApp thief = app(org, "Thief's");
        String token = mfaToken(app, holder);
        mfaOtp(thief, token, totp.shown(0)).expect(401, "invalid_client");
        mfaOtp(app.at("/oauth2/default"), token, totp.shown(0)).expect(400, "invalid_request");
        Org far = server.newOrg();
        mfaOtp(app(far, "Far"), token, totp.shown(0)).expect(403, "access_denied");
        app.token(
                        Map.of(
                                "grant_type",
                                MFA_OTP,
                                "mfa_token",
                                token,
                                "otp",
                                totp.shown(0),
                                "scope",
                                "openid profile"))
                .expect(400, "invalid_scope");
        mfaOtp(app, token, totp.shown(0)).expect(200);
    }

    @Test
    @DisplayName("clients that are not registered for a grant, and users that are not theirs")
    void registered() {
        Holder holder = Holder.of(org).in(group);
        holder.phone();
        ClientApp none = app(org, "None", MFA_OTP);
        primary(none, holder.login(), "push").expect(400, "unauthorized_client");
        challenge(none, "nonsense", "push").expect(400, "unauthorized_client");
        otp(none, holder.login(), "123456").expect(400, "unauthorized_client");
        ClientApp app = app(org, "Unassigned");
        challenge(app, "nonsense", "push").expect(403, "access_denied");
        app.ask("challenge", Map.of("mfa_token", "x", "challenge_types_supported", "foo"))
                .expect(400, "invalid_request");
        String everyone =
                org.http().get("/api/v1/groups?q=Everyone").json().get(0).get("id").asString();
        org.http().delete("/api/v1/apps/" + app.id() + "/groups/" + everyone).expect(204);
        primary(app, holder.login(), "push").expect(400, "access_denied");
        password(app, holder).expect(400, "access_denied");
    }

    @Test
    @DisplayName("P39 of twenty who come at once with the same proof one gets tokens")
    void race() throws Exception {
        Holder holder = Holder.of(org).in(group);
        Holder.Phone phone = holder.phone();
        ClientApp app = app(org, "Raced");
        String token = mfaToken(app, holder);
        String code = challenge(app, token, "push").expect(200).text("oob_code");
        phone.answer(true).expect(200);
        List<Answer> answers = atOnce(20, () -> mfaOob(app, token, code));
        assertThat(answers.stream().filter(each -> each.status() == 200)).hasSize(1);
        assertThat(answers.stream().filter(each -> each.status() == 403)).hasSize(19);
    }

    private String log() {
        return org.http().get("/api/v1/logs?limit=1000").expect(200).text();
    }

    private List<String> events() {
        List<String> types = new ArrayList<>();
        for (JsonNode event : org.http().get("/api/v1/logs?limit=1000").expect(200).json()) {
            types.add(event.get("eventType").asString());
        }
        return types;
    }

    private static List<Answer> atOnce(int many, Callable<Answer> call) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(many)) {
            List<Answer> answers = new ArrayList<>();
            for (Future<Answer> each : threads.invokeAll(Collections.nCopies(many, call))) {
                answers.add(each.get());
            }
            return answers;
        }
    }
}
