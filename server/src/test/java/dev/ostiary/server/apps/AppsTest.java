package dev.ostiary.server.apps;

import static dev.ostiary.server.apps.TestApps.id;
import static dev.ostiary.server.apps.TestApps.json;
import static dev.ostiary.server.apps.TestApps.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.server.directory.TestDirectory;
import dev.ostiary.server.fixture.AtOnce;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("Apps")
class AppsTest {

    private static final String CLIENT =
            """
            {"name": "oidc_client", "label": "Client", "signOnMode": "OPENID_CONNECT",
             "settings": {"oauthClient": {"application_type": "web",
                "redirect_uris": ["https://a.example/cb"]}}}""";

    private static final String SAML = "{\"label\": \"My App 2.0\", \"signOnMode\": \"SAML_2_0\"}";

    private final TestApps apps;

    AppsTest(DatabaseAccess access) {
        apps = new TestApps(access);
    }

    @AfterAll
    void close() {
        apps.close();
    }

    private Org org(String name) {
        return apps.directory.org(name);
    }

    @Test
    @DisplayName("given a bookmark, then its whole body is as the wire has it")
    void whole() {
        Org org = org("apps-whole");
        JsonNode app = apps.bookmark(org, "News");
        String id = id(app);
        assertThat(id).startsWith("0oa").hasSize(20);
        assertThat(app.toString())
                .isEqualTo(
                        """
                        {"id":"%1$s","orn":"orn:okta:idp:%2$s:apps:bookmark:%1$s",\
                        "name":"bookmark","label":"News","status":"ACTIVE","lastUpdated":"%3$s",\
                        "created":"%3$s","accessibility":{"selfService":false,\
                        "errorRedirectUrl":null,"loginRedirectUrl":null},\
                        "visibility":{"autoLaunch":false,"autoSubmitToolbar":false,\
                        "hide":{"iOS":false,"web":false},"appLinks":{"login":true}},\
                        "features":[],"signOnMode":"BOOKMARK",\
                        "credentials":{"userNameTemplate":{"template":"${source.login}",\
                        "type":"BUILT_IN"},"signing":{}},\
                        "settings":{"app":{"requestIntegration":false,"url":"https://a.example"},\
                        "notifications":{"vpn":{"network":{"connection":"DISABLED"},"message":null,\
                        "helpUrl":null}},"manualProvisioning":false,"implicitAssignment":false,\
                        "notes":{"admin":null,"enduser":null},"emOptInStatus":"NONE"},\
                        "universalLogout":null,"_links":{\
                        "uploadLogo":{"href":"https://org.example/api/v1/apps/%1$s/logo",\
                        "hints":{"allow":["POST"]}},\
                        "appLinks":[{"name":"login",\
                        "href":"https://org.example/home/bookmark/%1$s/aln%4$s",\
                        "type":"text/html"}],\
                        "groups":{"href":"https://org.example/api/v1/apps/%1$s/groups"},\
                        "logo":[{"name":"medium","href":"https://org.example/logo.png",\
                        "type":"image/png"}],\
                        "users":{"href":"https://org.example/api/v1/apps/%1$s/users"},\
                        "deactivate":{"href":"https://org.example/api/v1/apps/%1$s/lifecycle/deactivate"}}}"""
                                .formatted(
                                        id,
                                        org.id(),
                                        app.path("created").asString(),
                                        id.substring(3)));
        assertThat(apps.get(org, id)).isEqualTo(app);
        assertThat(apps.directory.events(org))
                .containsExactly(
                        "application.lifecycle.create AppInstance:" + id,
                        "application.lifecycle.activate AppInstance:" + id);
    }

    @Test
    @DisplayName("apps of the org's own are called after it, and numbered; at once, too")
    void named() throws Exception {
        Org org = org("apps-named");
        JsonNode first = apps.create(org, SAML);
        assertThat(first.path("name").asString()).isEqualTo("appsnamed_myapp20_1");
        assertThat(first.at("/visibility/appLinks/appsnamed_myapp20_1_link").asBoolean()).isTrue();
        assertThat(first.at("/credentials/signing/kid").asString()).hasSize(43);
        List<Callable<JsonNode>> more = Collections.nCopies(6, () -> apps.create(org, SAML));
        assertThat(AtOnce.call(more))
                .extracting(app -> app.path("name").asString())
                .containsExactlyInAnyOrder(
                        "appsnamed_myapp20_2",
                        "appsnamed_myapp20_3",
                        "appsnamed_myapp20_4",
                        "appsnamed_myapp20_5",
                        "appsnamed_myapp20_6",
                        "appsnamed_myapp20_7");
    }

    @Test
    @DisplayName("a secret is shown where it was made or sent, and kept sealed")
    void secret() {
        Org org = org("apps-secret");
        JsonNode app = apps.create(org, CLIENT);
        String id = id(app);
        String secret = app.at("/credentials/oauthClient/client_secret").asString();
        assertThat(secret).hasSize(64);
        assertThat(app.at("/credentials/oauthClient/client_id").asString()).isEqualTo(id);
        assertThat(apps.get(org, id).toString()).doesNotContain(secret);
        assertThat(apps.replace(org, id, CLIENT).at("/credentials/oauthClient/client_secret"))
                .isEqualTo(app.at("/credentials/oauthClient/client_secret"));
        List<String> rows =
                apps.directory
                        .database()
                        .read(
                                org.number(),
                                reader ->
                                        reader.list(
                                                Sql.of(
                                                        "SELECT s::text AS r FROM app_secret s"
                                                                + " WHERE org_id = ? UNION ALL"
                                                                + " SELECT a::text FROM app a"
                                                                + " WHERE org_id = ?",
                                                        org.number(),
                                                        org.number()),
                                                row -> row.text("r")));
        assertThat(rows).hasSize(2).noneMatch(row -> row.contains(secret));
        apps.directory
                .database()
                .read(
                        org.number(),
                        reader -> {
                            Client client = apps.clients.find(reader, id).orElseThrow();
                            assertThat(client.active()).isTrue();
                            assertThat(client.grantTypes()).containsExactly("authorization_code");
                            assertThat(client.redirectUris())
                                    .containsExactly("https://a.example/cb");
                            assertThat(apps.clients.activeSecrets(reader, client).contains(secret))
                                    .isTrue();
                            assertThat(
                                            apps.clients
                                                    .activeSecrets(reader, client)
                                                    .contains(secret + " "))
                                    .isFalse();
                            assertThat(apps.clients.activeSecrets(reader, client).contains(""))
                                    .isFalse();
                            return true;
                        });
        String chosen = "a secret that was chosen";
        String body =
                CLIENT.replace(
                        "\"settings\"",
                        "\"credentials\": {\"oauthClient\": {\"client_secret\": \""
                                + chosen
                                + "\"}}, \"settings\"");
        assertThat(
                        apps.replace(org, id, body)
                                .at("/credentials/oauthClient/client_secret")
                                .asString())
                .isEqualTo(chosen);
        assertThat(verified(org, id, chosen)).isTrue();
        assertThat(verified(org, id, secret)).isFalse();
    }

    private boolean verified(Org org, String clientId, String secret) {
        return apps.directory
                .database()
                .read(
                        org.number(),
                        reader ->
                                apps.clients
                                        .find(reader, clientId)
                                        .filter(
                                                c ->
                                                        apps.clients
                                                                .activeSecrets(reader, c)
                                                                .contains(secret))
                                        .isPresent());
    }

    @Test
    @DisplayName("the id of a client is one client's alone, and another org's too")
    void clientIds() throws Exception {
        Org org = org("apps-clients");
        Org other = org("apps-clients-2");
        String body =
                CLIENT.replace(
                        "\"settings\"",
                        "\"credentials\": {\"oauthClient\": {\"client_id\": \"my-client\"}},"
                                + " \"settings\"");
        List<Callable<Boolean>> makers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            makers.add(
                    () -> {
                        try {
                            apps.create(org, body);
                            return true;
                        } catch (dev.ostiary.platform.problem.ApiException taken) {
                            assertThat(taken.causes())
                                    .containsExactly(
                                            "client_id: An object with this field already exists in"
                                                    + " the current organization");
                            return false;
                        }
                    });
        }
        assertThat(AtOnce.call(makers)).containsOnlyOnce(true);
        assertThat(apps.create(other, body).at("/credentials/oauthClient/client_id").asString())
                .isEqualTo("my-client");
    }

    @Test
    @DisplayName("an app goes to sleep, is woken, and is deleted asleep only")
    void lifecycle() {
        Org org = org("apps-lifecycle");
        String id = id(apps.bookmark(org, "Short-lived"));
        refused(
                () -> apps.on(org, "deleteApplication", id),
                "E0000056",
                "The application must be deactivated before deletion.");
        assertThat(apps.on(org, "deactivateApplication", id).body()).asString().isEqualTo("{}");
        apps.on(org, "deactivateApplication", id);
        assertThat(apps.get(org, id).path("status").asString()).isEqualTo("INACTIVE");
        assertThat(apps.get(org, id).at("/_links").has("activate")).isTrue();
        apps.on(org, "activateApplication", id);
        apps.on(org, "deactivateApplication", id);
        assertThat(apps.on(org, "deleteApplication", id).status()).isEqualTo(204);
        TestDirectory.notFound(() -> apps.get(org, id), id, "AppInstance");
        assertThat(apps.directory.events(org))
                .extracting(event -> event.split(" ")[0])
                .containsExactly(
                        "application.lifecycle.create",
                        "application.lifecycle.activate",
                        "application.lifecycle.deactivate",
                        "application.lifecycle.activate",
                        "application.lifecycle.deactivate",
                        "application.lifecycle.delete");
    }

    @Test
    @DisplayName("an app is governed by the policy that it was given, and by no other kind")
    void governed() {
        Org org = org("apps-governed");
        String id = id(apps.bookmark(org, "Governed"));
        assertThat(
                        apps.of(
                                        org,
                                        "assignApplicationPolicy",
                                        id,
                                        "policyId",
                                        "rst00000000000000001",
                                        "")
                                .status())
                .isEqualTo(204);
        apps.of(org, "assignApplicationPolicy", id, "policyId", "rst00000000000000001", "");
        assertThat(apps.directory.events(org))
                .filteredOn(event -> event.startsWith("application.policy.sign_on.update"))
                .hasSize(1);
        refused(
                () ->
                        apps.of(
                                org,
                                "assignApplicationPolicy",
                                id,
                                "policyId",
                                "00p00000000000000001",
                                ""),
                "E0000001",
                "policyId: The type of the policy does not govern apps");
        TestDirectory.notFound(
                () ->
                        apps.of(
                                org,
                                "assignApplicationPolicy",
                                id,
                                "policyId",
                                "rst00000000000000002",
                                ""),
                "rst00000000000000002",
                "Policy");
    }

    @Test
    @DisplayName("P40 another org's app is one that never was")
    void walls() {
        Org org = org("apps-walls");
        Org other = org("apps-walls-2");
        String id = id(apps.create(org, CLIENT));
        TestDirectory.notFound(() -> apps.get(other, id), id, "AppInstance");
        TestDirectory.notFound(() -> apps.replace(other, id, CLIENT), id, "AppInstance");
        TestDirectory.notFound(() -> apps.on(other, "deleteApplication", id), id, "AppInstance");
        TestDirectory.notFound(
                () -> apps.on(other, "deactivateApplication", id), id, "AppInstance");
        assertThat(apps.labels(other, "q=Client")).isEmpty();
        assertThat(verified(other, id, "")).isFalse();
    }

    @Test
    @DisplayName("a fresh org has its built-in apps, which nobody changes")
    void builtIn() {
        Org org = org("apps-built-in");
        List<String> labels = apps.labels(org, "");
        assertThat(labels)
                .containsExactlyInAnyOrder(
                        "Okta Admin Console",
                        "Okta Dashboard",
                        "Okta Browser Plugin",
                        "Okta Workflows",
                        "Okta Account Management");
        JsonNode console = json(apps.list(org, "filter=name+eq+%22saasure%22")).get(0);
        assertThat(apps.get(org, id(console))).isEqualTo(console);
        refused(() -> apps.on(org, "deactivateApplication", id(console)), "E0000006");
        refused(() -> apps.replace(org, id(console), CLIENT), "E0000006");
        TestDirectory.notFound(
                () -> apps.get(org("apps-built-in-2"), id(console)), id(console), "AppInstance");
    }

    @Test
    @DisplayName("P24 P25 lists go page by page, by the id of the last app")
    void pages() {
        Org org = org("apps-pages");
        List<String> made = new ArrayList<>(apps.labels(org, ""));
        for (int i = 0; i < 5; i++) {
            made.add("App " + i);
            apps.bookmark(org, "App " + i);
        }
        List<String> seen = new ArrayList<>();
        Optional<String> next = Optional.of("/api/v1/apps?limit=3");
        while (next.isPresent()) {
            Reply page = apps.list(org, next.get().split("\\?", 2)[1]);
            json(page).forEach(app -> seen.add(app.path("label").asString()));
            assertThat(TestDirectory.link(page, "self")).isPresent();
            next = TestDirectory.link(page, "next");
        }
        assertThat(seen).containsExactlyElementsOf(made);
        refused(() -> apps.list(org, "after=%21"), "E0000029", "Invalid cursor.");
    }

    @Test
    @DisplayName("lists find by the beginning of name or label, and by filters")
    void found() {
        Org org = org("apps-found");
        JsonNode saml = apps.create(org, SAML);
        String news = id(apps.bookmark(org, "News"));
        apps.on(org, "deactivateApplication", news);
        assertThat(apps.labels(org, "q=my+ap")).containsExactly("My App 2.0");
        assertThat(apps.labels(org, "q=bookm")).containsExactly("News");
        assertThat(apps.labels(org, "q=ews")).isEmpty();
        assertThat(apps.labels(org, "filter=status+eq+%22INACTIVE%22")).containsExactly("News");
        assertThat(apps.labels(org, "filter=id+eq+%22" + news + "%22")).containsExactly("News");
        assertThat(
                        apps.labels(
                                org,
                                "filter=credentials.signing.kid+eq+%22"
                                        + saml.at("/credentials/signing/kid").asString()
                                        + "%22"))
                .containsExactly("My App 2.0");
        assertThat(apps.labels(org, "filter=user.id+eq+%2200u00000000000000000%22")).isEmpty();
        refused(
                () -> apps.list(org, "expand=user/00u00000000000000000"),
                "E0000001",
                "Expand query is malformed.");
    }

    @Test
    @DisplayName("P39 writers of one app at once lose nothing")
    void atOnce() throws Exception {
        Org org = org("apps-at-once");
        String id = id(apps.create(org, CLIENT));
        List<Callable<JsonNode>> writers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String label = "Client " + i;
            writers.add(
                    () ->
                            apps.replace(
                                    org, id, Json.text(Json.object(CLIENT).put("label", label))));
        }
        AtOnce.call(writers);
        assertThat(apps.directory.events(org))
                .filteredOn(event -> event.startsWith("application.lifecycle.update"))
                .hasSize(8);
        assertThat(apps.get(org, id).path("label").asString()).startsWith("Client ");
    }
}
