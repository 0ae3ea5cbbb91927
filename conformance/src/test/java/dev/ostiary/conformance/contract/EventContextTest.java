package dev.ostiary.conformance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Await;
import dev.ostiary.conformance.harness.ClientApp;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Http;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import dev.ostiary.conformance.saml.Service;
import dev.ostiary.conformance.saml.SignedService;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@ExtendWith(SuiteServer.class)
@DisplayName("Every event that the server emits")
class EventContextTest {

    private static final String AGENT =
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko)"
                    + " Chrome/127.0.0.0 Safari/537.36";
    private static final String WRONG_CODE = "{\"passCode\":\"1\"}";
    private static final String DEVICE = "eyJkZXZpY2UiOiJ0b3VyIn0";

    /** What this test does not make happen, and why. */
    private static final Map<String, String> ELSEWHERE =
            Map.of(
                    "user.account.unlock", "SignInJourneyTest opens accounts that are locked",
                    "app.app_instance.csr.publish",
                            "an authority elsewhere signs: AppCredentialsTest",
                    "security.request.blocked", "ZonesOverHttpsTest blocks requests",
                    "security.threat.detected", "AttackTest attacks an org of its own",
                    "system.api_token.request_outside_allowed_range",
                            "ZonesOverHttpsTest uses tokens outside of their zones",
                    "analytics.reports.export.download",
                            "only the operator exports hashes: BulkTest does",
                    "event_hook.delivery", "EventHooksOverHttpsTest has deliveries fail",
                    "security.breached_credential.detected",
                            "a server with a list of passwords: BreachedPasswordsTest has one",
                    "account.org.delete.request", "no org but the default one ends orgs",
                    "system.import.session.expired",
                            "a session waits for a day: IdentitySourcesTest does");

    /** What becomes of apps in ways that no example has: AppEventsTest. */
    private static final Set<String> OF_APPS =
            Set.of(
                    "app.keys.rotate",
                    "application.configuration.enable_fed_broker_mode",
                    "application.configuration.disable_fed_broker_mode",
                    "application.policy.sign_on.deny_access");

    /**
     * What forms and policies of authorization servers bring, and the pages on the way to an app:
     * CodeFlowTest, ConsentTest, StepUpTest.
     */
    private static final Set<String> OF_SERVERS =
            Set.of(
                    "app.oauth2.as.authorize.scope_denied",
                    "app.oauth2.as.consent.grant",
                    "app.oauth2.as.consent.revoke.implicit.client",
                    "user.authentication.verify");

    /**
     * What clients do, which have no API token and are no users: TokenEndpointTest, CodeFlowTest.
     */
    private static final Set<String> OF_CLIENTS =
            Set.of(
                    "app.oauth2.token.grant",
                    "app.oauth2.as.token.grant",
                    "app.oauth2.token.grant.access_token",
                    "app.oauth2.as.token.grant.access_token",
                    "app.oauth2.token.grant.id_token",
                    // CrossAppAccessTest
                    "app.oauth2.token.grant.id_jag",
                    "app.oauth2.as.token.grant.id_token",
                    "app.oauth2.token.grant.refresh_token",
                    "app.oauth2.as.token.grant.refresh_token",
                    "app.oauth2.token.detect_reuse",
                    "app.oauth2.as.token.detect_reuse",
                    "app.oauth2.token.revoke",
                    "app.oauth2.as.token.revoke",
                    "app.oauth2.as.token.grant.device_secret",
                    // ClientLoadTest: nine tenths of what the org may ask in a minute
                    "app.oauth2.client_id_rate_limit_warning",
                    // the org's own key is another after 90 days: SigningKeysTest waits
                    "app.oauth2.key.rollover");

    /**
     * What is done about users at risk and sessions abroad: EntityRiskTest, SessionProtectionTest.
     */
    private static final Set<String> OF_PROTECTION =
            Set.of(
                    "policy.entity_risk.action",
                    "policy.auth_reevaluate.fail",
                    "policy.auth_reevaluate.enforce",
                    "policy.auth_reevaluate.action",
                    "user.session.context.change");

    private static final Pattern TYPE = Pattern.compile("\"([a-z_]+(?:\\.[a-zA-Z_]+)+)\"");

    private final Server server;
    private final Path home;
    private final Contract contract;
    private final Org org;

    EventContextTest(Server server, Org org) {
        this.server = server;
        this.home = server.launcher().home();
        this.contract = Contract.read(home);
        Http http = org.http().with("User-Agent", AGENT).with("X-Device-Fingerprint", DEVICE);
        this.org =
                new Org(
                        org.id(),
                        org.name(),
                        org.url(),
                        org.adminLogin(),
                        org.adminPassword(),
                        org.apiToken(),
                        http,
                        org.nobody().with("User-Agent", AGENT));
    }

    @Test
    @DisplayName("P14 P15 P16 P33 carries the whole context of its request, and is catalogued")
    void everyEvent() throws IOException {
        Map<String, String> messages = table("events.tsv");
        everyExample();
        detours();

        List<JsonNode> events = log();

        Set<String> seen = new TreeSet<>();
        for (JsonNode event : events) {
            seen.add(event.get("eventType").asString());
            assertThat(event.get("displayMessage").asString())
                    .isEqualTo(messages.get(event.get("eventType").asString()));
            switch (event.at("/transaction/type").asString()) {
                case "WEB" -> web(event);
                default -> job(event);
            }
        }
        Set<String> emitted = emitted(messages.keySet());
        emitted.removeAll(ELSEWHERE.keySet());
        emitted.removeAll(OF_APPS);
        emitted.removeAll(OF_CLIENTS);
        emitted.removeAll(OF_SERVERS);
        emitted.removeAll(OF_PROTECTION);
        assertThat(seen).as("types that server/ names and that came").containsAll(emitted);
    }

    /** Calls every operation of an org in every way that has an example. */
    private void everyExample() {
        Examples examples = Examples.all();
        Stock stock = new Stock(org);
        for (Operation operation : contract.bound()) {
            if (!examples.isOfTheServer(operation)) {
                examples.of(operation).forEach(example -> send(operation, example.apply(stock)));
            }
        }
    }

    private void send(Operation operation, Call call) {
        Http http =
                switch (operation.access()) {
                    case SESSION -> org.nobody().with("Cookie", "sid=" + call.cookie());
                    case OPTIONAL_TOKEN -> org.nobody();
                    case BEARER ->
                            org.nobody()
                                    .with(
                                            "Authorization",
                                            "Bearer " + call.accessToken().orElseThrow());
                    case API_TOKEN, PUBLIC ->
                            call.token().map(org.nobody()::token).orElse(org.http());
                };
        if (call.body() == null) {
            http.send(operation.method(), call.target(operation), null);
        } else {
            http.with("Content-Type", "application/json")
                    .send(
                            operation.method(),
                            call.target(operation),
                            Json.text(call.body()).getBytes(StandardCharsets.UTF_8));
        }
    }

    /** What the examples leave out. */
    private void detours() {
        users();
        signIns();
        letsSupportIn();
        wantsInto();
        leavesByAService();
        phones();
        movesToAnotherType();
        movesToAnotherRealm();
        runsAssignments();
        importsFromASource();
        appsThatTrust();
        pictures();
        followsARule();
        factors();
        zones();
        tokens();
        server.defaultOrg()
                .http()
                .put("/ostiary/v1/orgs/" + org.id() + "/settings", "{\"strict\":false}")
                .expect(200);
    }

    private void signIns() {
        Stock stock = new Stock(org);
        String login = SignInExamples.mayUnlock(stock);
        for (int i = 0; i < 10; i++) {
            org.nobody()
                    .post("/api/v1/authn", SignInExamples.credentials(login, "wrong"))
                    .expect(401, "E0000004");
        }
        String unlock = "{\"username\":\"" + login + "\",\"factorType\":\"EMAIL\"}";
        org.nobody().post("/api/v1/authn/recovery/unlock", unlock).expect(200);
        org.http().post("/api/v1/users/" + login + "/lifecycle/unlock").expect(200);
        org.nobody()
                .post("/api/v1/authn/recovery/token", "{\"recoveryToken\":\"none\"}")
                .expect(401, "E0000011");
    }

    private void letsSupportIn() {
        for (String what : List.of("grant", "extend", "revoke")) {
            org.http().post("/api/v1/org/privacy/oktaSupport/" + what).expect(200);
        }
    }

    /** A service asks for the end of a session. */
    private void leavesByAService() {
        Stock stock = new Stock(org);
        SignedService keys = SignedService.create();
        Service service =
                Service.of(
                        org,
                        stock.name(),
                        signOn -> {
                            signOn.putObject("slo")
                                    .put("enabled", true)
                                    .put("issuer", "urn:sp")
                                    .put("logoutUrl", "https://sp.example.com/out");
                            signOn.putObject("spCertificate")
                                    .putArray("x5c")
                                    .add(keys.certificate());
                        });
        org.nobody()
                .with("Cookie", "sid=" + stock.cookie())
                .get(
                        service.path().replace("/sso/saml", "/slo/saml")
                                + "?"
                                + keys.query(Service.logout("_1"), ""))
                .expect(200);
    }

    /** An app that is not the user's. */
    private void wantsInto() {
        Stock stock = new Stock(org);
        JsonNode app =
                org.http()
                        .post(
                                "/api/v1/apps",
                                AppExamples.saml()
                                        .replace(
                                                "{\"signOnMode\"",
                                                "{\"label\": \"Closed\", \"signOnMode\""))
                        .expect(200)
                        .json();
        org.nobody()
                .with("Cookie", "sid=" + stock.cookie())
                .get(
                        "/app/%s/exk%s/sso/saml"
                                .formatted(
                                        app.get("name").asString(),
                                        app.get("id").asString().substring(3)))
                .expect(403);
    }

    private void phones() {
        Stock stock = new Stock(org);
        org.nobody()
                .post(
                        "/api/v1/authn/recovery/password",
                        SignInExamples.recovery(
                                SignInExamples.reachable(stock, "call").login(), "CALL"))
                .expect(200);
        String locked = SignInExamples.reachable(stock, "sms").login();
        for (int i = 0; i < 10; i++) {
            org.nobody()
                    .post("/api/v1/authn", SignInExamples.credentials(locked, "wrong"))
                    .expect(401, "E0000004");
        }
        org.nobody()
                .post("/api/v1/authn/recovery/unlock", SignInExamples.recovery(locked, "SMS"))
                .expect(200);
    }

    private void users() {
        String user =
                "/api/v1/users/" + Directory.id(new Directory(org).active("context@example.com"));
        ObjectNode mails = Json.object();
        mails.putObject("profile")
                .put("email", "context-2@example.com")
                .put("secondEmail", "context-3@example.com");
        org.http().post(user, mails).expect(200);
        org.http()
                .post(user + "/lifecycle/reset_password?sendEmail=true&revokeSessions=true")
                .expect(200);
        String forgets =
                "/api/v1/users/"
                        + Directory.id(new Directory(org).active("context-forgets@example.com"));
        org.http().post(forgets + "/credentials/forgot_password?sendEmail=true").expect(200);
        String leaver = "/api/v1/users/" + new Stock(org).staged();
        org.http().delete(leaver).expect(204);
        org.http().delete(leaver).expect(204);
        String provisioned =
                "/api/v1/users/"
                        + org.http()
                                .post(
                                        "/api/v1/users?activate=true",
                                        Directory.newUser("context-new@example.com"))
                                .expect(200)
                                .text("id");
        org.http().post(provisioned + "/lifecycle/reactivate?sendEmail=false").expect(200);
    }

    private void tokens() {
        Stock stock = new Stock(org);
        String login = stock.activeLogin();
        ClientApp app = ClientApp.web(org, stock.name());
        app.redeem(app.code(login)).expect(200);
        org.http().delete("/api/v1/users/" + login + "/sessions?oauthTokens=true").expect(204);
        app.redeem(app.code(login)).expect(200);
        org.http().post("/api/v1/apps/" + app.id() + "/lifecycle/deactivate").expect(200);
    }

    private void movesToAnotherType() {
        String type =
                org.http()
                        .post(
                                "/api/v1/meta/types/user",
                                "{\"name\":\"context\",\"displayName\":\"Context\"}")
                        .expect(200)
                        .text("id");
        ObjectNode user = Directory.newUser("context-moves@example.com");
        String id = org.http().post("/api/v1/users?activate=false", user).expect(200).text("id");
        user.putObject("type").put("id", type);
        org.http().put("/api/v1/users/" + id, user).expect(200);
    }

    private void movesToAnotherRealm() {
        Stock stock = new Stock(org);
        String body = "{\"realmId\":\"" + RealmExamples.made(stock) + "\"}";
        org.http().post("/api/v1/users/" + stock.staged(), body).expect(200);
    }

    private void runsAssignments() {
        String operations = "/api/v1/realm-assignments/operations";
        org.http().post(operations, "{\"assignmentId\":\"ALL\"}").expect(201);
        assertThat(
                        Await.until(
                                Duration.ofMinutes(1),
                                () ->
                                        org.http()
                                                .get(operations + "?limit=200")
                                                .expect(200)
                                                .json()
                                                .valueStream()
                                                .allMatch(run -> run.has("completed"))))
                .isTrue();
    }

    /** Everything that an import brings, and everything that it takes away again. */
    private void importsFromASource() {
        IdentitySourceExamples.Source source = IdentitySourceExamples.source(new Stock(org));
        source.imported(
                "bulk-upsert",
                "{\"entityType\":\"USERS\",\"profiles\":["
                        + IdentitySourceExamples.user("e1", "context-1@source.example")
                        + "]}",
                "bulk-groups-upsert",
                "{\"profiles\":[" + IdentitySourceExamples.group("g1", "Context") + "]}",
                "bulk-group-memberships-upsert",
                IdentitySourceExamples.memberships("g1", "e1"));
        source.imported(
                "bulk-upsert",
                "{\"entityType\":\"USERS\",\"profiles\":["
                        + IdentitySourceExamples.user("e1", "context-2@source.example")
                        + "]}",
                "bulk-groups-upsert",
                "{\"profiles\":[" + IdentitySourceExamples.group("g1", "Other") + "]}",
                "bulk-group-memberships-delete",
                IdentitySourceExamples.memberships("g1", "e1"));
        source.imported(
                "bulk-delete",
                "{\"entityType\":\"USERS\",\"profiles\":[{\"externalId\":\"e1\"}]}",
                "bulk-groups-delete",
                "{\"externalIds\":[\"g1\"]}");
    }

    private void appsThatTrust() {
        Stock stock = new Stock(org);
        String app = AppExamples.client(stock);
        String other = AppExamples.client(stock);
        String apps = "/api/v1/apps/";
        org.http()
                .post(apps + app + "/interclient-allowed-apps", "{\"id\":\"" + other + "\"}")
                .expect(201);
        org.http().post(apps + app + "/lifecycle/deactivate").expect(200);
        org.http().delete(apps + app).expect(204);
        ProvisioningExamples.Pushed pushed = ProvisioningExamples.pushed(stock);
        org.http()
                .with("Content-Type", "application/json")
                .send(
                        "PATCH",
                        pushed.path(),
                        "{\"status\":\"INACTIVE\"}".getBytes(StandardCharsets.UTF_8))
                .expect(200);
        org.http()
                .with("Content-Type", "application/json")
                .send(
                        "PATCH",
                        pushed.path(),
                        "{\"status\":\"ACTIVE\"}".getBytes(StandardCharsets.UTF_8))
                .expect(200);
    }

    private void pictures() {
        Call.Form picture = Call.Form.file(PictureExamples.PNG);
        String app = AppExamples.client(new Stock(org));
        org.http()
                .with("Content-Type", picture.type())
                .send("POST", "/api/v1/apps/" + app + "/logo", picture.bytes())
                .expect(201);
    }

    private void followsARule() {
        Stock stock = new Stock(org);
        String group = stock.group();
        ObjectNode body = GroupRuleExamples.body(stock.name(), "user.title == \"Context\"", group);
        String rule =
                "/api/v1/groups/rules/"
                        + org.http().post("/api/v1/groups/rules", body).expect(200).text("id");
        org.http().post(rule + "/lifecycle/activate").expect(204);
        String user = stock.staged();
        String path = "/api/v1/users/" + user;
        org.http().post(path, "{\"profile\":{\"title\":\"Context\"}}").expect(200);
        org.http().post(path, "{\"profile\":{\"title\":\"Other\"}}").expect(200);
        org.http().post(path, "{\"profile\":{\"title\":\"Context\"}}").expect(200);
        org.http().delete("/api/v1/groups/" + group + "/users/" + user).expect(204);
        org.http().delete("/api/v1/groups/" + group).expect(204);
        org.http().delete(rule).expect(202);
    }

    private void factors() {
        Stock stock = new Stock(org);
        String user = stock.staged();
        String factors = "/api/v1/users/" + user + "/factors";
        for (String type : List.of("sms", "call")) {
            String factor = factorOf(factors, "?activate=true", FactorExamples.phone(stock, type));
            org.http().post(factor + "/verify").expect(200);
            org.http().delete(factor + "?removeRecoveryEnrollment=true").expect(204);
        }
        String phone = factorOf(factors, "", FactorExamples.phone(stock, "call"));
        factorOf(factors, "?updatePhone=true", FactorExamples.phone(stock, "call"));
        for (int attempt = 0; attempt < 5; attempt++) {
            org.http().post(phone + "/lifecycle/activate", WRONG_CODE).expect(403);
        }
        org.http().post(phone + "/lifecycle/activate", WRONG_CODE).expect(429, "E0000047");
        FactorExamples.Asked denied = FactorExamples.asked(stock);
        org.http()
                .post(
                        "/ostiary/v1/push/transactions/" + denied.id(),
                        "{\"deviceToken\":\"" + denied.device().token() + "\",\"approve\":false}")
                .expect(200);
        String mail = factorOf(factors, "?activate=true", FactorExamples.of("email", "OKTA"));
        org.http().post(mail + "/verify", WRONG_CODE).expect(403);
    }

    private String factorOf(String factors, String query, ObjectNode body) {
        return factors + "/" + org.http().post(factors + query, body).expect(200).text("id");
    }

    private void zones() {
        String zone =
                "{\"type\":\"IP\",\"name\":\"Context\",\"usage\":\"%s\",\"gateways\":"
                        + "[{\"type\":\"CIDR\",\"value\":\"2001:db8:1::/48\"}]}";
        String made =
                org.http()
                        .post("/api/v1/zones", zone.formatted("BLOCKLIST"))
                        .expect(200)
                        .text("id");
        org.http().put("/api/v1/zones/" + made, zone.formatted("POLICY")).expect(200);
        org.http().put("/api/v1/zones/" + made, zone.formatted("BLOCKLIST")).expect(200);
    }

    private static void web(JsonNode event) {
        String type = event.toString();
        assertThat(names(event))
                .as(type)
                .containsExactly(
                        "actor",
                        "client",
                        "device",
                        "authenticationContext",
                        "displayMessage",
                        "eventType",
                        "outcome",
                        "published",
                        "securityContext",
                        "severity",
                        "debugContext",
                        "legacyEventType",
                        "transaction",
                        "uuid",
                        "version",
                        "request",
                        "target");
        common(event);
        if (isOfARule(event) || isOfTheClock(event)) {
            assertThat(event.at("/actor/type").asString()).as(type).isEqualTo("SystemPrincipal");
        } else if (isOfAClient(event)) {
            assertThat(OF_CLIENTS).as(type).contains(event.get("eventType").asString());
        } else {
            assertThat(event.at("/actor/type").asString()).as(type).isEqualTo("User");
            assertThat(event.at("/actor/alternateId").asString()).as(type).matches(".*@.*|unknown");
        }
        assertThat(event.at("/actor/displayName").asString()).as(type).isNotBlank();
        JsonNode client = event.get("client");
        assertThat(client.at("/userAgent/rawUserAgent").asString()).as(type).isEqualTo(AGENT);
        assertThat(client.at("/userAgent/os").asString()).as(type).isEqualTo("Mac OS X");
        assertThat(client.at("/userAgent/browser").asString()).as(type).isEqualTo("CHROME");
        assertThat(client.get("device").asString()).as(type).isEqualTo("Computer");
        assertThat(client.get("ipAddress").asString()).as(type).isEqualTo("127.0.0.1");
        String request = event.at("/transaction/id").asString();
        assertThat(request).as(type).matches("[0-9a-f]{32}");
        String session = event.at("/authenticationContext/externalSessionId").asString("");
        if (event.at("/transaction/detail").has("requestApiTokenId")) {
            assertThat(event.at("/transaction/detail/requestApiTokenId").asString())
                    .as(type)
                    .startsWith("00T");
            assertThat(session).as(type).matches("trs[\\w-]{22}");
        } else if (client.get("id").asString("").startsWith("0oa")
                || event.get("eventType").asString().equals("user.session.start")) {
            assertThat(session).as(type).matches("(102|trs)[\\w-]{22}|");
        } else {
            assertThat(session).as(type).matches("102[\\w-]{22}|");
        }
        JsonNode debug = event.at("/debugContext/debugData");
        assertThat(debug.get("requestId").asString()).as(type).isEqualTo(request);
        assertThat(debug.get("requestUri").asString()).as(type).startsWith("/").doesNotContain("?");
        assertThat(debug.get("url").asString())
                .as(type)
                .startsWith(debug.get("requestUri").asString() + "?");
        assertThat(debug.path("deviceFingerprint").asString(DEVICE)).as(type).isEqualTo(DEVICE);
        JsonNode hop = event.at("/request/ipChain/0");
        assertThat(hop.get("ip").asString()).as(type).isEqualTo("127.0.0.1");
        assertThat(hop.get("version").asString()).as(type).isEqualTo("V4");
        assertThat(names(hop)).as(type).contains("geographicalContext", "source");
    }

    private static boolean isOfAClient(JsonNode event) {
        return event.at("/actor/type").asString().equals("PublicClientApp");
    }

    /** What a group rule does is done by the system, in whosever request. */
    private static boolean isOfARule(JsonNode event) {
        return event.at("/debugContext/debugData").has("triggered_by_group_rule_id")
                || event.get("eventType")
                        .asString()
                        .equals("group.user_membership.rule.invalidate");
    }

    /** What comes with time, nobody has asked for. */
    private static boolean isOfTheClock(JsonNode event) {
        return event.at("/actor/type").asString().equals("SystemPrincipal")
                && event.get("eventType").asString().equals("user.account.expire_password");
    }

    /** What another org asked for, such as the making of this one. */
    private static void job(JsonNode event) {
        common(event);
        assertThat(event.at("/actor/type").asString()).isEqualTo("SystemPrincipal");
        assertThat(event.at("/transaction/id").asString()).matches("[0-9a-f]{32}");
        assertThat(event.at("/client/ipAddress").isNull()).isTrue();
        assertThat(event.at("/request/ipChain")).isEmpty();
    }

    private static void common(JsonNode event) {
        String type = event.toString();
        assertThat(names(event.get("client")))
                .as(type)
                .containsExactly(
                        "userAgent", "zone", "device", "id", "ipAddress", "geographicalContext");
        assertThat(names(event.get("authenticationContext")))
                .as(type)
                .containsExactly(
                        "authenticationProvider",
                        "credentialProvider",
                        "credentialType",
                        "issuer",
                        "interface",
                        "authenticationStep",
                        "rootSessionId",
                        "externalSessionId");
        assertThat(names(event.get("securityContext")))
                .as(type)
                .containsExactly("asNumber", "asOrg", "isp", "domain", "isProxy");
        assertThat(event.at("/authenticationContext/authenticationStep").asInt()).isZero();
        boolean decides = event.get("eventType").asString().equals("policy.evaluate_sign_on");
        assertThat(event.at("/outcome/result").asString())
                .as(type)
                .isIn(
                        decides
                                ? List.of("ALLOW", "CHALLENGE", "DENY")
                                : List.of("SUCCESS", "FAILURE"));
        assertThat(event.get("published").asString())
                .as(type)
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(event.get("severity").asString()).as(type).isIn("DEBUG", "INFO", "WARN");
        assertThat(event.get("version").asString()).as(type).isEqualTo("0");
        assertThat(event.get("uuid").asString()).as(type).hasSize(36);
        assertThat(event.get("target").isArray()).as(type).isTrue();
        for (JsonNode target : event.get("target")) {
            List<String> names = new ArrayList<>(names(target));
            if (names.remove("changeDetails")) {
                assertThat(names(target.get("changeDetails")))
                        .as(type)
                        .containsExactlyInAnyOrder("from", "to");
            }
            assertThat(names)
                    .as(type)
                    .containsExactly("id", "type", "alternateId", "displayName", "detailEntry");
            assertThat(target.get("id").asString()).as(type).isNotBlank();
            assertThat(target.get("type").asString()).as(type).isNotBlank();
        }
    }

    private List<JsonNode> log() {
        List<JsonNode> events = new ArrayList<>();
        String next = "/api/v1/logs?limit=1000";
        while (true) {
            Answer page = org.http().get(next).expect(200);
            if (page.json().isEmpty()) {
                return events;
            }
            page.json().forEach(events::add);
            next = page.link("next").orElseThrow();
        }
    }

    private static List<String> names(JsonNode object) {
        return List.copyOf(object.propertyNames());
    }

    /** Every type of the catalogue that the server's code names. */
    private Set<String> emitted(Set<String> catalogue) throws IOException {
        Set<String> types = new HashSet<>();
        try (Stream<Path> files = Files.walk(home.resolve("server/src/main/java"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                TYPE.matcher(Files.readString(file))
                        .results()
                        .map((MatchResult match) -> match.group(1))
                        .filter(catalogue::contains)
                        .forEach(types::add);
            }
        }
        return types;
    }

    private Map<String, String> table(String name) throws IOException {
        Map<String, String> rows = new HashMap<>();
        for (String line : Files.readAllLines(home.resolve("contract").resolve(name))) {
            String[] cells = line.split("\t", -1);
            rows.put(cells[0], cells[1]);
        }
        return rows;
    }
}
