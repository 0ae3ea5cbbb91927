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
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@ExtendWith(SuiteServer.class)
@DisplayName("A sign-on policy")
class SignOnPolicyTest {

    private static final String EVALUATED = "policy.evaluate_sign_on";
    private static final String ALLOW =
            "{\"access\":\"ALLOW\",\"session\":{\"maxSessionIdleMinutes\":60}}";

    private final Server server;
    private final Org org;
    private final SignIns users;

    SignOnPolicyTest(Server server, Org org) {
        this.server = server;
        this.org = org;
        this.users = new SignIns(org);
    }

    /** A user, and a group of its own for which policies are made. */
    private record Member(String login, String group) {}

    private Member member() {
        return member(users);
    }

    private static Member member(SignIns users) {
        String login = users.active();
        Directory directory = new Directory(users.org());
        String group = Directory.id(directory.group("of " + login));
        users.org()
                .http()
                .put("/api/v1/groups/" + group + "/users/" + Directory.id(users.user(login)))
                .expect(204);
        return new Member(login, group);
    }

    private Policies.Made asking(Member member, String prompt) {
        return new Policies(org)
                .signOn(
                        member.group(),
                        member.login(),
                        "{\"access\":\"ALLOW\",\"requireFactor\":true," + prompt + "}");
    }

    private static String question(Org org, String login) {
        return org.http()
                .post(
                        "/api/v1/users/" + login + "/factors",
                        "{\"factorType\":\"question\",\"provider\":\"OKTA\",\"profile\":{\"question\":\"disliked_food\",\"answer\":\"mayonnaise\"}}")
                .expect(200)
                .text("id");
    }

    @Test
    @DisplayName("that nobody touched lets in, and the log says so, and which one it was")
    void untouched() {
        String login = users.active();

        users.signIn(login).expect(200);

        JsonNode event = users.events(EVALUATED, login).getFirst();
        assertThat(event.at("/outcome/result").asString()).isEqualTo("ALLOW");
        assertThat(event.at("/outcome/reason").asString())
                .isEqualTo("Sign-on policy evaluation resulted in ALLOW");
        assertThat(event.at("/actor/alternateId").asString()).isEqualTo(login);
        assertThat(Json.texts(event.get("target"), "type"))
                .containsExactly("PolicyEntity", "PolicyRule");
        assertThat(Json.texts(event.get("target"), "displayName"))
                .containsExactly("Default Policy", "Default Rule");
        assertThat(event.at("/target/0/detailEntry/policyType").asString()).isEqualTo("OktaSignOn");
        assertThat(event.at("/target/1/alternateId").asString())
                .isEqualTo(event.at("/target/0/id").asString());
    }

    @Test
    @DisplayName("that denies: the right password is told nothing, the log knows who decided")
    void denies() {
        Member member = member();
        Policies.Made denying =
                new Policies(org).signOn(member.group(), "denies", "{\"access\":\"DENY\"}");

        users.signIn(member.login()).expect(401, "E0000004");

        JsonNode event = users.events(EVALUATED, member.login()).getFirst();
        assertThat(event.at("/outcome/result").asString()).isEqualTo("DENY");
        assertThat(Json.texts(event.get("target"), "id"))
                .containsExactly(denying.policy(), denying.rule());
        JsonNode start = users.events("user.session.start", member.login()).getFirst();
        assertThat(start.at("/outcome/result").asString()).isEqualTo("FAILURE");
        assertThat(start.at("/outcome/reason").asString())
                .isEqualTo("Sign-on policy evaluation resulted in DENY");
    }

    @Test
    @DisplayName("that asks for a factor: CHALLENGE first, ALLOW once it is proven")
    void challenges() {
        Member member = member();
        asking(member, "\"factorPromptMode\":\"ALWAYS\"");
        String factor = question(org, member.login());

        Answer required = users.signIn(member.login()).expect(200);
        users.move(
                        "/factors/" + factor + "/verify",
                        required.text("stateToken"),
                        "answer",
                        "mayonnaise")
                .expect(200);

        List<JsonNode> events = users.events(EVALUATED, member.login());
        assertThat(events.stream().map(event -> event.at("/outcome/result").asString()))
                .containsExactlyInAnyOrder("CHALLENGE", "ALLOW");
        assertThat(events.getFirst().at("/target/1/detailEntry/policyRuleFactorMode").asString())
                .isEqualTo("2FA");
        assertThat(required.json().at("/_embedded/policy").toString())
                .isEqualTo(
                        "{\"allowRememberDevice\":false,\"rememberDeviceLifetimeInMinutes\":0,"
                                + "\"rememberDeviceByDefault\":false,\"factorsPolicyInfo\":{}}");
    }

    /** What a trusted application is told for its user's device. */
    private static Answer from(Org org, String device, String login) {
        ObjectNode body = Json.object().put("username", login).put("password", Directory.PASSWORD);
        body.putObject("context").put("deviceToken", device);
        return org.http().post("/api/v1/authn", body).expect(200);
    }

    private static Answer verify(Org org, Answer required, String factor, String query) {
        return org.http()
                .post(
                        "/api/v1/authn/factors/" + factor + "/verify" + query,
                        Json.object()
                                .put("stateToken", required.text("stateToken"))
                                .put("answer", "mayonnaise"))
                .expect(200);
    }

    @Test
    @DisplayName("that asks once a device: only the device that the user wants remembered")
    void device() {
        Member member = member();
        String login = member.login();
        asking(member, "\"factorPromptMode\":\"DEVICE\"");
        String factor = question(org, login);

        verify(org, from(org, "device-1", login), factor, "");
        assertThat(from(org, "device-1", login).text("status")).isEqualTo("MFA_REQUIRED");
        verify(org, from(org, "device-1", login), factor, "?rememberDevice=true");

        assertThat(from(org, "device-1", login).text("status")).isEqualTo("SUCCESS");
        Answer other = from(org, "device-2", login);
        assertThat(other.text("status")).isEqualTo("MFA_REQUIRED");
        assertThat(other.json().at("/_embedded/policy/allowRememberDevice").asBoolean()).isTrue();
        assertThat(users.signIn(login).expect(200).text("status")).isEqualTo("MFA_REQUIRED");
        ObjectNode forged =
                Json.object().put("username", login).put("password", Directory.PASSWORD);
        forged.putObject("context").put("deviceToken", "device-1");
        assertThat(org.nobody().post("/api/v1/authn", forged).expect(200).text("status"))
                .isEqualTo("MFA_REQUIRED");
        String sessions = "/api/v1/users/" + login + "/sessions";
        org.http().delete(sessions + "?forgetDevices=false").expect(204);
        assertThat(from(org, "device-1", login).text("status")).isEqualTo("SUCCESS");
        org.http().delete(sessions).expect(204);
        assertThat(from(org, "device-1", login).text("status")).isEqualTo("MFA_REQUIRED");
    }

    @Test
    @DisplayName("that remembers by default: the device, unless the user says otherwise")
    void byDefault() {
        Member member = member();
        String login = member.login();
        asking(member, "\"factorPromptMode\":\"DEVICE\",\"rememberDeviceByDefault\":true");
        String factor = question(org, login);

        verify(org, from(org, "device-1", login), factor, "?rememberDevice=false");
        Answer again = from(org, "device-1", login);
        assertThat(again.text("status")).isEqualTo("MFA_REQUIRED");
        assertThat(again.json().at("/_embedded/policy/rememberDeviceByDefault").asBoolean())
                .isTrue();
        verify(org, again, factor, "");

        assertThat(from(org, "device-1", login).text("status")).isEqualTo("SUCCESS");
    }

    @Test
    @DisplayName("that asks once in a while: again when the time has passed")
    void session() {
        Org tested = server.newOrg();
        server.defaultOrg()
                .http()
                .put("/ostiary/v1/orgs/" + tested.id() + "/settings", "{\"test\":true}")
                .expect(200);
        Member member = member(new SignIns(tested));
        String login = member.login();
        new Policies(tested)
                .signOn(
                        member.group(),
                        "a quarter of an hour",
                        "{\"access\":\"ALLOW\",\"requireFactor\":true,"
                                + "\"factorPromptMode\":\"SESSION\",\"factorLifetime\":15}");
        String factor = question(tested, login);
        Answer first = from(tested, "device-1", login);
        assertThat(first.json().at("/_embedded/policy/rememberDeviceLifetimeInMinutes").asInt())
                .isEqualTo(15);
        verify(tested, first, factor, "?rememberDevice=true");

        advance(tested, "PT14M");
        assertThat(from(tested, "device-1", login).text("status")).isEqualTo("SUCCESS");
        advance(tested, "PT2M");
        Answer later = from(tested, "device-1", login);

        assertThat(later.text("status")).isEqualTo("MFA_REQUIRED");
        assertThat(later.json().at("/_embedded/policy/rememberDeviceByDefault").asBoolean())
                .isTrue();
    }

    private static void advance(Org org, String by) {
        org.http().post("/ostiary/v1/clock", Json.object().put("advance", by)).expect(200);
    }

    @Test
    @DisplayName("knows a browser by a cookie of its own, which programs do not get")
    void cookie() {
        Member member = member();
        asking(member, "\"factorPromptMode\":\"DEVICE\"");
        String factor = question(org, member.login());
        ObjectNode credentials =
                Json.object().put("username", member.login()).put("password", Directory.PASSWORD);
        Http browser = org.nobody().with("User-Agent", "Mozilla/5.0 (X11) Firefox/140.0");

        Answer first = browser.post("/api/v1/authn", credentials).expect(200);
        String line =
                first.lines("Set-Cookie").stream()
                        .filter(each -> each.startsWith("DT="))
                        .findFirst()
                        .orElseThrow();
        assertThat(line).contains("; Secure; HttpOnly; SameSite=None; Max-Age=");
        Http again = browser.with("Cookie", line.substring(0, line.indexOf(';')));
        again.post(
                        "/api/v1/authn/factors/" + factor + "/verify?rememberDevice=true",
                        Json.object()
                                .put("stateToken", first.text("stateToken"))
                                .put("answer", "mayonnaise"))
                .expect(200);

        Answer known = again.post("/api/v1/authn", credentials).expect(200);
        assertThat(known.text("status")).isEqualTo("SUCCESS");
        assertThat(known.lines("Set-Cookie")).noneMatch(each -> each.startsWith("DT="));
        assertThat(users.signIn(member.login()).expect(200).lines("Set-Cookie"))
                .noneMatch(each -> each.startsWith("DT="));
    }

    @Test
    @DisplayName("looks at the place, and gives way where its rule does not apply")
    void place() {
        Member member = member();
        String zone =
                org.http()
                        .post(
                                "/api/v1/zones",
                                "{\"type\":\"IP\",\"name\":\"elsewhere\",\"gateways\":[{\"type\":\"CIDR\",\"value\":\"192.0.2.0/24\"}]}")
                        .expect(200)
                        .text("id");
        String conditions = "{\"network\":{\"connection\":\"ZONE\",\"%s\":[\"" + zone + "\"]}}";
        new Policies(org)
                .signOn(
                        member.group(),
                        "from there",
                        "{\"access\":\"DENY\"}",
                        conditions.formatted("include"));
        users.signIn(member.login()).expect(200);

        new Policies(org)
                .signOn(
                        member.group(),
                        "from anywhere else",
                        "{\"access\":\"DENY\"}",
                        conditions.formatted("exclude"));

        users.signIn(member.login()).expect(401, "E0000004");
    }

    @Test
    @DisplayName("looks at the door: a rule of the LDAP interface is none of the web's")
    void door() {
        Member member = member();
        new Policies(org)
                .signOn(
                        member.group(),
                        "by LDAP",
                        "{\"access\":\"DENY\"}",
                        "{\"authContext\":{\"authType\":\"LDAP_INTERFACE\"}}");

        users.signIn(member.login()).expect(200);
    }

    @Test
    @DisplayName("looks at what is new: a device that the user never came from is asked, no other")
    void behaviours() {
        Member member = member();
        String login = member.login();
        String factor = question(org, login);
        from(org, "device-1", login);
        String behaviour =
                Json.list(org.http().get("/api/v1/behaviors").expect(200).json()).stream()
                        .filter(each -> each.get("name").asString().equals("New Device"))
                        .findFirst()
                        .orElseThrow()
                        .get("id")
                        .asString();
        new Policies(org)
                .signOn(
                        member.group(),
                        "new devices",
                        "{\"access\":\"ALLOW\",\"requireFactor\":true,\"factorPromptMode\":\"ALWAYS\"}",
                        "{\"risk\":{\"behaviors\":[\"" + behaviour + "\"]}}");

        assertThat(from(org, "device-1", login).text("status")).isEqualTo("SUCCESS");
        Answer stranger = from(org, "device-2", login);
        assertThat(stranger.text("status")).isEqualTo("MFA_REQUIRED");
        assertThat(from(org, "device-2", login).text("status"))
                .as("nothing is remembered of a sign-in that did not come to its end")
                .isEqualTo("MFA_REQUIRED");
        verify(org, stranger, factor, "");
        assertThat(from(org, "device-2", login).text("status")).isEqualTo("SUCCESS");

        JsonNode data =
                users.events("user.session.start", login).getLast().at("/debugContext/debugData");
        assertThat(data.get("behaviors").asString()).contains("New Device=NEGATIVE", "New IP=");
        assertThat(data.get("risk").asString()).isEqualTo("{level=LOW}");
    }

    @Test
    @DisplayName("looks at the risk, which a new device raises")
    void risk() {
        Member member = member();
        from(org, "device-1", member.login());
        new Policies(org)
                .signOn(
                        member.group(),
                        "risky",
                        "{\"access\":\"DENY\"}",
                        "{\"riskScore\":{\"level\":\"MEDIUM\"}}");

        assertThat(from(org, "device-1", member.login()).text("status")).isEqualTo("SUCCESS");
        ObjectNode risky =
                Json.object().put("username", member.login()).put("password", Directory.PASSWORD);
        risky.putObject("context").put("deviceToken", "device-2");
        org.http().post("/api/v1/authn", risky).expect(401, "E0000004");
        JsonNode data =
                users.events("user.session.start", member.login())
                        .getLast()
                        .at("/debugContext/debugData");
        assertThat(data.get("risk").asString())
                .isEqualTo("{reasons=Anomalous Device, level=MEDIUM}");
    }

    @Test
    @DisplayName("says how long a session lasts, and whether its cookie survives the browser")
    void sessions() {
        Member member = member();
        new Policies(org)
                .signOn(
                        member.group(),
                        "long",
                        "{\"access\":\"ALLOW\",\"session\":{\"usePersistentCookie\":true,"
                                + "\"maxSessionIdleMinutes\":30,\"maxSessionLifetimeMinutes\":600}}");

        String line =
                org.nobody()
                        .get(
                                "/login/sessionCookieRedirect?redirectUrl=%2F&token="
                                        + users.sessionToken(member.login()))
                        .expect(302)
                        .header("Set-Cookie")
                        .orElseThrow();

        assertThat(line).endsWith("; Max-Age=36000");
        Member plain = member();
        new Policies(org).signOn(plain.group(), "plain", ALLOW);
        assertThat(
                        org.nobody()
                                .get(
                                        "/login/sessionCookieRedirect?redirectUrl=%2F&token="
                                                + users.sessionToken(plain.login()))
                                .expect(302)
                                .header("Set-Cookie")
                                .orElseThrow())
                .doesNotContain("Max-Age");
    }
}
