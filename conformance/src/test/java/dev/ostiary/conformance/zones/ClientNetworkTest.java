package dev.ostiary.conformance.zones;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.ClientApp;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Every request comes through a proxy of the operator's, which says from where. */
@Timeout(240)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("A client that may come from some networks only")
class ClientNetworkTest {

    private static final String LOGIN = "ada@example.com";
    private static final String INSIDE = "192.0.2.9";
    private static final String OUTSIDE = "198.51.100.9";

    private Server server;
    private Org org;
    private String zone;

    @BeforeAll
    void start() {
        server = Server.start("--trusted-proxy", "127.0.0.0/8,::1");
        org = server.newOrg();
        new Directory(org).active(LOGIN);
        ObjectNode office = Json.object().put("type", "IP").put("name", "Office");
        office.putArray("gateways").addObject().put("type", "CIDR").put("value", "192.0.2.0/24");
        zone = org.http().post("/api/v1/zones", office).expect(200).text("id");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private ClientApp client(String label, String include, String exclude) {
        return ClientApp.of(
                org,
                label,
                "web",
                "client_secret_basic",
                settings -> {
                    settings.putArray("grant_types").add("password").add("authorization_code");
                    ObjectNode network = settings.putObject("network").put("connection", "ZONE");
                    if (!include.isEmpty()) {
                        network.putArray("include").add(include);
                    }
                    if (!exclude.isEmpty()) {
                        network.putArray("exclude").add(exclude);
                    }
                });
    }

    private ClientApp from(String address, ClientApp app) {
        return new ClientApp(
                new Org(
                        org.id(),
                        org.name(),
                        org.url(),
                        org.adminLogin(),
                        org.adminPassword(),
                        org.apiToken(),
                        org.http(),
                        org.nobody().with("X-Forwarded-For", address)),
                app.id(),
                app.secret(),
                app.base());
    }

    private Answer asks(String address, ClientApp app) {
        return from(address, app)
                .token(
                        Map.of(
                                "grant_type",
                                "password",
                                "username",
                                LOGIN,
                                "password",
                                Directory.PASSWORD,
                                "scope",
                                "openid"));
    }

    private static void refused(Answer answer) {
        answer.expect(403, "access_denied");
        assertThat(answer.text("error_description"))
                .isEqualTo(
                        "The request is made from outside the client's permitted network zones.");
    }

    @Test
    @DisplayName(
            "gets tokens in a zone that is included, and nothing elsewhere, which the log says")
    void included() {
        ClientApp app = client("included", zone, "");
        String token = asks(INSIDE, app).expect(200).text("access_token");

        refused(asks(OUTSIDE, app));
        refused(from(OUTSIDE, app).ask("introspect", Map.of("token", token)));
        refused(from(OUTSIDE, app).ask("revoke", Map.of("token", token)));
        assertThat(from(INSIDE, app).isActive(token)).isTrue();
        JsonNode told =
                org.http()
                        .get(
                                "/api/v1/logs?sortOrder=DESCENDING&limit=1&filter=eventType%20eq%20"
                                        + "%22app.oauth2.as.token.grant%22")
                        .expect(200)
                        .json()
                        .get(0);
        assertThat(told.at("/outcome/result").asString()).isEqualTo("FAILURE");
        assertThat(told.at("/outcome/reason").asString()).isEqualTo("disallowed_network_zone");
    }

    @Test
    @DisplayName("gets none in a zone that is excluded")
    void excluded() {
        ClientApp app = client("excluded", "", zone);
        asks(OUTSIDE, app).expect(200);
        refused(asks(INSIDE, app));
    }

    @Test
    @DisplayName("may come from any zone of addresses, where it says all of them")
    void all() {
        ClientApp app = client("all", "ALL_IP_ZONES", "");
        asks(INSIDE, app).expect(200);
        refused(asks(OUTSIDE, app));
    }

    @Test
    @DisplayName("names zones that there are, which stay as long as it names them")
    void unknown() {
        ObjectNode app =
                Json.object()
                        .put("name", "oidc_client")
                        .put("label", "Zoned")
                        .put("signOnMode", "OPENID_CONNECT");
        ObjectNode settings =
                app.putObject("settings").putObject("oauthClient").put("application_type", "web");
        settings.putArray("redirect_uris").add("https://zoned.example/cb");
        ObjectNode network = settings.putObject("network").put("connection", "ZONE");
        network.putArray("include").add(zone);
        network.putArray("exclude").add("nzo0000000000000a1d7");
        Answer refused = org.http().post("/api/v1/apps", app).expect(400, "E0000001");
        assertThat(refused.json().at("/errorCauses/0/errorSummary").asString())
                .isEqualTo("network: The id 'nzo0000000000000a1d7' does not exist");

        network.remove("exclude");
        ObjectNode other = Json.object().put("type", "IP").put("name", "Named");
        other.putArray("gateways").addObject().put("type", "CIDR").put("value", "203.0.113.0/24");
        String named = org.http().post("/api/v1/zones", other).expect(200).text("id");
        network.putArray("include").add(named);
        String path = "/api/v1/apps/" + org.http().post("/api/v1/apps", app).expect(200).text("id");
        org.http().post("/api/v1/zones/" + named + "/lifecycle/deactivate").expect(200);
        org.http().delete("/api/v1/zones/" + named).expect(403);

        network.put("connection", "ANYWHERE").remove("include");
        org.http().put(path, app).expect(200);
        org.http().delete("/api/v1/zones/" + named).expect(204);
    }

    @Test
    @DisplayName("comes from nowhere while its zone is inactive")
    void inactive() {
        ObjectNode other = Json.object().put("type", "IP").put("name", "Other");
        other.putArray("gateways").addObject().put("type", "CIDR").put("value", "203.0.113.0/24");
        String id = org.http().post("/api/v1/zones", other).expect(200).text("id");
        ClientApp app = client("inactive", id, "");
        asks("203.0.113.5", app).expect(200);
        org.http().post("/api/v1/zones/" + id + "/lifecycle/deactivate").expect(200);
        refused(asks("203.0.113.5", app));
    }
}
