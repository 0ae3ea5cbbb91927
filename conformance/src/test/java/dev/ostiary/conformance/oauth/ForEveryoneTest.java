package dev.ostiary.conformance.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.ClientApp;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.SuiteServer;
import dev.ostiary.conformance.saml.Service;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@ExtendWith(SuiteServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("Apps for everybody (Federation Broker Mode)")
class ForEveryoneTest {

    private static final String LOGIN = "anybody@example.com";

    private final Org org;
    private String userId = "";
    private String groupId = "";

    ForEveryoneTest(Org org) {
        this.org = org;
    }

    @BeforeAll
    void somebody() {
        Directory directory = new Directory(org);
        userId = Directory.id(directory.active(LOGIN));
        groupId = Directory.id(directory.group("Assigned"));
    }

    @Test
    @DisplayName("whoever signs in gets tokens, which count, without being assigned")
    void tokens() {
        ClientApp app = client("Anybody's");
        JsonNode tokens = app.redeem(app.code(LOGIN)).expect(200).json();
        String access = tokens.get("access_token").asString();
        assertThat(app.isActive(access)).isTrue();
        assertThat(ClientApp.claims(tokens.get("id_token").asString()).get("sub").asString())
                .isEqualTo(userId);
        assertThat(
                        org.nobody()
                                .with("Authorization", "Bearer " + access)
                                .get(app.base() + "/v1/userinfo")
                                .expect(200)
                                .text("preferred_username"))
                .isEqualTo(LOGIN);
        app.refresh(tokens.get("refresh_token").asString()).expect(200);
    }

    @Test
    @DisplayName("nobody can be assigned to it, and it is among nobody's links")
    void assignments() {
        String path = "/api/v1/apps/" + client("Not to be assigned").id();
        Answer group = org.http().put(path + "/groups/" + groupId).expect(400, "E0000001");
        assertThat(group.text("errorSummary"))
                .isEqualTo("Api validation failed: GroupAppAssignment");
        assertThat(group.errorCauses())
                .containsExactly(
                        "It is not possible to assign groups to an AppInstance that has Federation"
                                + " Broker Mode enabled");
        org.http().post(path + "/users", Json.object().put("id", userId)).expect(400, "E0000001");
        assertThat(
                        Json.texts(
                                org.http()
                                        .get("/api/v1/users/" + userId + "/appLinks")
                                        .expect(200)
                                        .json(),
                                "label"))
                .doesNotContain("Not to be assigned");
    }

    @Test
    @DisplayName("when the mode ends, those come in who are assigned, and tokens of others end")
    void ends() {
        ClientApp app = client("For a while");
        JsonNode tokens = app.redeem(app.code(LOGIN)).expect(200).json();
        everybodys(app, false);

        assertThat(app.isActive(tokens.get("access_token").asString())).isFalse();
        app.refresh(tokens.get("refresh_token").asString()).expect(400, "access_denied");
        Map<String, String> said = app.request();
        said.put("sessionToken", ClientApp.sessionToken(org, LOGIN));
        assertThat(ClientApp.answer(app.authorize(said).expect(302)))
                .containsEntry("error", "access_denied");

        org.http().put("/api/v1/apps/" + app.id() + "/groups/" + groupId).expect(200);
        new Directory(org).join(Json.object().put("id", groupId), Json.object().put("id", userId));
        app.redeem(app.code(LOGIN)).expect(200);
    }

    @Test
    @DisplayName("machines are nobody's: the mode changes nothing for them")
    void machines() {
        ObjectNode app = app("Machine", "service");
        ObjectNode settings = (ObjectNode) app.at("/settings/oauthClient");
        settings.remove("redirect_uris");
        settings.putArray("response_types").add("token");
        settings.putArray("grant_types").add("client_credentials");
        String id = org.http().post("/api/v1/apps", app).expect(200).text("id");
        org.http().put("/api/v1/apps/" + id + "/groups/" + groupId).expect(200);
    }

    @Test
    @DisplayName("a service that asks by SAML gets everybody, too")
    void saml() {
        Service service = Service.forEveryone(org, "Everybody's service");
        Answer page =
                service.ask(
                                Service.browser(org, LOGIN),
                                Service.query(Service.request("_e1", ""), "back"))
                        .expect(200);
        assertThat(page.text()).contains("SAMLResponse");
    }

    private ClientApp client(String label) {
        JsonNode made = org.http().post("/api/v1/apps", app(label, "web")).expect(200).json();
        return new ClientApp(
                org,
                made.get("id").asString(),
                Json.at(made, "credentials.oauthClient.client_secret").asString(""),
                "/oauth2/default");
    }

    private static ObjectNode app(String label, String type) {
        ObjectNode app =
                Json.object()
                        .put("name", "oidc_client")
                        .put("label", label)
                        .put("signOnMode", "OPENID_CONNECT");
        app.putObject("credentials")
                .putObject("oauthClient")
                .put("token_endpoint_auth_method", "client_secret_basic");
        ObjectNode settings = app.putObject("settings").put("implicitAssignment", true);
        ObjectNode client = settings.putObject("oauthClient").put("application_type", type);
        client.putArray("redirect_uris").add(ClientApp.CALLBACK);
        client.putArray("response_types").add("code");
        client.putArray("grant_types").add("authorization_code").add("refresh_token");
        return app;
    }

    private void everybodys(ClientApp app, boolean so) {
        String path = "/api/v1/apps/" + app.id();
        ObjectNode said = (ObjectNode) org.http().get(path).expect(200).json();
        ((ObjectNode) said.get("settings")).put("implicitAssignment", so);
        org.http().put(path, said).expect(200);
    }
}
