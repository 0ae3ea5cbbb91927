package dev.ostiary.conformance.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.ClientApp;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.JwtKey;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.ServiceApp;
import dev.ostiary.conformance.harness.SuiteServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@ExtendWith(SuiteServer.class)
@DisplayName("Dynamic client registration")
class ClientRegistrationTest {

    private static final String CLIENTS = "/oauth2/v1/clients";

    private final Server server;
    private final Org org;

    ClientRegistrationTest(Server server, Org org) {
        this.server = server;
        this.org = org;
    }

    @Test
    @DisplayName(
            "a client is registered, is an app, shows its secret once, and goes although it is active")
    void lives() {
        JsonNode made = org.http().post(CLIENTS, web("Lives")).expect(201).json();
        String id = made.path("client_id").asString();
        assertThat(made.path("client_secret").asString()).hasSizeGreaterThanOrEqualTo(40);
        assertThat(made.path("client_secret_expires_at").asInt(-1)).isZero();
        assertThat(made.path("client_id_issued_at").asLong()).isPositive();
        assertThat(made.path("grant_types")).hasSize(1);

        JsonNode app = org.http().get("/api/v1/apps/" + id).expect(200).json();
        assertThat(app.path("label").asString()).isEqualTo("Lives");
        assertThat(app.path("status").asString()).isEqualTo("ACTIVE");
        assertThat(app.at("/settings/oauthClient/consent_method").asString()).isEqualTo("REQUIRED");
        JsonNode read = org.http().get(CLIENTS + "/" + id).expect(200).json();
        assertThat(read.has("client_secret")).isFalse();
        assertThat(read.path("client_name").asString()).isEqualTo("Lives");

        org.http().delete(CLIENTS + "/" + id).expect(204);
        org.http().get("/api/v1/apps/" + id).expect(404);
        Answer gone = org.http().get(CLIENTS + "/" + id).expect(404, "E0000007");
        assertThat(gone.text("errorSummary"))
                .isEqualTo("Not found: Resource not found: " + id + " (PublicClientApp)");
        assertThat(events(id))
                .containsExactlyInAnyOrder(
                        "app.oauth2.client.lifecycle.create",
                        "app.oauth2.client.lifecycle.activate",
                        "app.oauth2.client.lifecycle.deactivate",
                        "app.oauth2.client.lifecycle.delete");
    }

    @Test
    @DisplayName("P14: an app that is a client tells of the client, too, whichever way it changes")
    void byApps() {
        String id = ClientApp.web(org, "Told of twice").id();
        String path = "/api/v1/apps/" + id;
        ObjectNode app = (ObjectNode) org.http().get(path).expect(200).json();
        org.http().put(path, app.put("label", "Told of again")).expect(200);
        org.http().post(path + "/lifecycle/deactivate").expect(200);
        org.http().post(path + "/lifecycle/deactivate").expect(200);
        org.http().post(path + "/lifecycle/activate").expect(200);
        org.http().post(path + "/lifecycle/deactivate").expect(200);
        org.http().delete(path).expect(204);
        assertThat(events(id))
                .containsExactlyInAnyOrder(
                        "app.oauth2.client.lifecycle.create",
                        "app.oauth2.client.lifecycle.activate",
                        "app.oauth2.client.lifecycle.update",
                        "app.oauth2.client.lifecycle.deactivate",
                        "app.oauth2.client.lifecycle.activate",
                        "app.oauth2.client.lifecycle.deactivate",
                        "app.oauth2.client.lifecycle.delete");
        String bookmark =
                org.http()
                        .post(
                                "/api/v1/apps",
                                "{\"name\":\"bookmark\",\"label\":\"No client\",\"signOnMode\":"
                                        + "\"BOOKMARK\",\"settings\":{\"app\":{\"url\":"
                                        + "\"https://example.com/\",\"requestIntegration\":false}}}")
                        .expect(200)
                        .text("id");
        assertThat(events(bookmark)).isEmpty();
    }

    private List<String> events(String clientId) {
        return Json.texts(
                org.http()
                        .get(
                                "/api/v1/logs",
                                "filter",
                                "eventType sw \"app.oauth2.client.lifecycle\" and target.id eq \""
                                        + clientId
                                        + "\"")
                        .expect(200)
                        .json(),
                "eventType");
    }

    @Test
    @DisplayName(
            "a full replacement changes what it names, leaves what only apps know, and neither kind nor id")
    void replaced() {
        JsonNode made = org.http().post(CLIENTS, web("Before")).expect(201).json();
        String path = CLIENTS + "/" + made.path("client_id").asString();
        ObjectNode after = web("After");
        after.put("client_id", made.path("client_id").asString())
                .put("policy_uri", "https://www.example.com/policy");

        JsonNode changed = org.http().put(path, after).expect(200).json();
        assertThat(changed.path("client_name").asString()).isEqualTo("After");
        assertThat(changed.path("policy_uri").asString())
                .isEqualTo("https://www.example.com/policy");
        assertThat(changed.path("client_secret")).isEqualTo(made.path("client_secret"));
        assertThat(
                        org.http()
                                .get("/api/v1/apps/" + made.path("client_id").asString())
                                .expect(200)
                                .json()
                                .at("/settings/oauthClient/consent_method")
                                .asString())
                .isEqualTo("REQUIRED");
        refused(
                org.http().put(path, web("After").put("client_id", "0oaAnotherOne00000000")),
                "client_id: 'client_id' cannot be changed.");
        refused(
                org.http().put(path, web("After").put("application_type", "service")),
                "application_type: 'application_type' cannot be changed.");
    }

    @Test
    @DisplayName("what is wrong with a client is said as RFC 7591 has it")
    void wrong() {
        org.http().post(CLIENTS, web("Taken")).expect(201);
        refused(
                org.http().post(CLIENTS, web("taken")),
                "client_name: An object with this field already exists in the current organization");
        ObjectNode nameless = web("x");
        nameless.remove("client_name");
        refused(org.http().post(CLIENTS, nameless), "client_name: The field cannot be left blank");
        ObjectNode lost = web("Lost");
        lost.remove("redirect_uris");
        refused(
                org.http().post(CLIENTS, lost),
                "redirect_uris: 'redirect_uris' must have at least one value.");
        org.http().post(CLIENTS, "nonsense").expect(400, "E0000003");
    }

    @Test
    @DisplayName("what a client of OpenID Connect says is shown again, as far as it is published")
    void said() {
        ObjectNode client =
                keyed("Says all")
                        .put("application_type", "web")
                        .put("logo_uri", "https://www.example.com/logo.png")
                        .put("client_uri", "https://www.example.com/")
                        .put("policy_uri", "https://www.example.com/policy")
                        .put("tos_uri", "https://www.example.com/terms")
                        .put("initiate_login_uri", "https://www.example.com/login")
                        .put("request_object_signing_alg", "RS256")
                        .put("id_token_signed_response_alg", "RS256")
                        .put("userinfo_signed_response_alg", "RS256");
        client.putArray("contacts").add("ada@example.com");
        client.putArray("redirect_uris").add("https://www.example.com/redirect?a=b");
        client.putArray("post_logout_redirect_uris").add("https://www.example.com/left");
        client.putArray("response_types").add("code");
        client.putArray("grant_types").add("authorization_code").add("refresh_token");

        JsonNode made = org.http().post(CLIENTS, client).expect(201).json();

        List.of("contacts", "id_token_signed_response_alg", "userinfo_signed_response_alg")
                .forEach(name -> assertThat(made.has(name)).as(name).isFalse());
        client.propertyNames().stream()
                .filter(name -> made.has(name) && !name.equals("jwks"))
                .forEach(name -> assertThat(made.get(name)).as(name).isEqualTo(client.get(name)));
        assertThat(made.propertyNames())
                .contains(
                        "logo_uri",
                        "client_uri",
                        "policy_uri",
                        "tos_uri",
                        "initiate_login_uri",
                        "request_object_signing_alg",
                        "redirect_uris",
                        "post_logout_redirect_uris",
                        "jwks")
                .doesNotContain(
                        "registration_client_uri", "registration_access_token", "client_secret");
        JsonNode machine = org.http().post(CLIENTS, machine("Nowhere")).expect(201).json();
        assertThat(machine.get("redirect_uris")).isEmpty();
        refused(
                org.http()
                        .post(
                                CLIENTS,
                                web("Fragment")
                                        .set(
                                                "redirect_uris",
                                                Json.parse("[\"https://www.example.com/a#b\"]"))),
                "redirect_uris: 'https://www.example.com/a#b' must not include a fragment.");
    }

    @Test
    @DisplayName("a new secret takes the place of the one before at once")
    void renewed() {
        JsonNode made = org.http().post(CLIENTS, machine("Renewed")).expect(201).json();
        String id = made.path("client_id").asString();
        String old = made.path("client_secret").asString();

        String renewed =
                org.http()
                        .post(CLIENTS + "/" + id + "/lifecycle/newSecret")
                        .expect(200)
                        .text("client_secret");
        assertThat(renewed).isNotEqualTo(old);
        assertThat(proves(id, old)).isFalse();
        assertThat(proves(id, renewed)).isTrue();

        String open = org.http().post(CLIENTS, keyed("Without one")).expect(201).text("client_id");
        refused(
                org.http().post(CLIENTS + "/" + open + "/lifecycle/newSecret"),
                "client_secret: The client has no secret that it sends");
    }

    private boolean proves(String id, String secret) {
        String form = "token=nothing&client_id=" + id + "&client_secret=" + secret;
        return org.nobody()
                        .with("Content-Type", "application/x-www-form-urlencoded")
                        .send(
                                "POST",
                                "/oauth2/v1/introspect",
                                form.getBytes(StandardCharsets.UTF_8))
                        .status()
                == 200;
    }

    @Test
    @DisplayName("P24 lists are of clients only, by the beginning of their name, page by page")
    void lists() {
        for (int i = 0; i < 3; i++) {
            org.http().post(CLIENTS, web("Listed " + i)).expect(201);
        }
        org.http()
                .post(
                        "/api/v1/apps",
                        "{\"name\":\"bookmark\",\"label\":\"Listed bookmark\",\"signOnMode\":"
                                + "\"BOOKMARK\",\"settings\":{\"app\":{\"requestIntegration\":false,"
                                + "\"url\":\"https://example.com\"}}}")
                .expect(200);
        List<String> names = new ArrayList<>();
        String next = CLIENTS + "?q=listed&limit=2";
        while (next != null) {
            Answer page = org.http().get(next).expect(200);
            names.addAll(Json.texts(page.json(), "client_name"));
            assertThat(page.link("self")).isPresent();
            next = page.link("next").orElse(null);
        }
        assertThat(names).containsExactly("Listed 0", "Listed 1", "Listed 2");
    }

    @Test
    @DisplayName(
            "P21 a machine registers others with okta.clients.register, and cannot do more with it")
    void registers() {
        ServiceApp app = ServiceApp.register(org, Set.of("okta.clients.register"));
        var http = app.with(app.token("okta.clients.register"));

        String id = http.post(CLIENTS, web("Registered")).expect(201).text("client_id");
        http.get(CLIENTS + "/" + id).expect(403, "E0000006");
        http.delete(CLIENTS + "/" + id).expect(403, "E0000006");
    }

    @Test
    @DisplayName(
            "P39 P40 of ten who take a name at once one gets it, and another org takes it, too")
    void races() throws Exception {
        String name = "Race " + UUID.randomUUID();
        List<Callable<Integer>> all = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            all.add(() -> org.http().post(CLIENTS, web(name)).status());
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(10)) {
            List<Integer> statuses = new ArrayList<>();
            for (Future<Integer> each : threads.invokeAll(all)) {
                statuses.add(each.get());
            }
            assertThat(statuses).containsOnlyOnce(201);
            assertThat(statuses).filteredOn(status -> status == 400).hasSize(9);
        }
        Org other = server.newOrg();
        String id = other.http().post(CLIENTS, web(name)).expect(201).text("client_id");
        for (Answer answer :
                List.of(
                        org.http().get(CLIENTS + "/" + id),
                        org.http().put(CLIENTS + "/" + id, web("Mine")),
                        org.http().post(CLIENTS + "/" + id + "/lifecycle/newSecret"),
                        org.http().delete(CLIENTS + "/" + id))) {
            answer.expect(404, "E0000007");
        }
    }

    private static ObjectNode web(String name) {
        ObjectNode client =
                Json.object()
                        .put("client_name", name)
                        .put("application_type", "web")
                        .put("token_endpoint_auth_method", "client_secret_post");
        client.putArray("redirect_uris").add("https://www.example.com/redirect");
        client.putArray("response_types").add("code");
        client.putArray("grant_types").add("authorization_code");
        return client;
    }

    private static ObjectNode machine(String name) {
        ObjectNode client =
                Json.object()
                        .put("client_name", name)
                        .put("application_type", "service")
                        .put("token_endpoint_auth_method", "client_secret_post");
        client.putArray("response_types").add("token");
        client.putArray("grant_types").add("client_credentials");
        return client;
    }

    private static ObjectNode keyed(String name) {
        ObjectNode client = machine(name).put("token_endpoint_auth_method", "private_key_jwt");
        client.putObject("jwks").putArray("keys").add(JwtKey.rsa().registered());
        return client;
    }

    private static void refused(Answer answer, String description) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.text("error")).isEqualTo("invalid_client_metadata");
        assertThat(answer.text("error_description")).isEqualTo(description);
    }
}
