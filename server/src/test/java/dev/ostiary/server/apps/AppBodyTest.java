package dev.ostiary.server.apps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.problem.ApiException;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@DisplayName("The body of an app")
class AppBodyTest {

    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final String MODULUS = "w".repeat(342);

    @Test
    @DisplayName("given a bookmark and nothing more, then all that the server adds stands there")
    void bookmark() {
        AppDraft draft =
                created(
                        """
                        {"name": "bookmark", "label": "News", "signOnMode": "BOOKMARK",
                         "settings": {"app": {"url": "https://example.com/news"}}}""");
        assertThat(draft.body())
                .isEqualTo(
                        Json.parse(
                                """
                                {"accessibility": {"selfService": false, "errorRedirectUrl": null,
                                    "loginRedirectUrl": null},
                                 "visibility": {"autoLaunch": false, "autoSubmitToolbar": false,
                                    "hide": {"iOS": false, "web": false}, "appLinks": {}},
                                 "features": [],
                                 "credentials": {"userNameTemplate": {
                                     "template": "${source.login}", "type": "BUILT_IN"},
                                     "signing": {}},
                                 "settings": {
                                    "app": {"requestIntegration": false,
                                        "url": "https://example.com/news"},
                                    "notifications": {"vpn": {"network": {"connection": "DISABLED"},
                                        "message": null, "helpUrl": null}},
                                    "manualProvisioning": false, "implicitAssignment": false,
                                    "notes": {"admin": null, "enduser": null},
                                    "emOptInStatus": "NONE"}}"""));
    }

    @Test
    @DisplayName("given a web client with redirects, then it proves itself by a secret")
    void web() {
        AppDraft draft = created(client("web", "{\"redirect_uris\": [\"https://a.example/cb\"]}"));
        assertThat(draft.needsSecret()).isTrue();
        assertThat(draft.body().at("/credentials/oauthClient"))
                .isEqualTo(
                        Json.parse(
                                """
                                {"autoKeyRotation": true,
                                 "token_endpoint_auth_method": "client_secret_basic",
                                 "pkce_required": false}"""));
        assertThat(draft.body().at("/settings/oauthClient"))
                .isEqualTo(
                        Json.parse(
                                """
                                {"client_uri": null, "logo_uri": null,
                                 "redirect_uris": ["https://a.example/cb"],
                                 "response_types": ["code"],
                                 "grant_types": ["authorization_code"],
                                 "application_type": "web", "consent_method": "TRUSTED",
                                 "issuer_mode": "DYNAMIC",
                                 "idp_initiated_login": {"mode": "DISABLED", "default_scope": []},
                                 "wildcard_redirect": "DISABLED",
                                 "dpop_bound_access_tokens": false}"""));
        assertThat(draft.body().at("/visibility/hide"))
                .isEqualTo(Json.parse("{\"iOS\": true, \"web\": true}"));
    }

    @ParameterizedTest
    @CsvSource({
        "browser, none, true, ROTATE",
        "native, client_secret_basic, true, STATIC",
        "web, client_secret_basic, false, STATIC"
    })
    @DisplayName("each type of client has its own standards")
    void types(String type, String method, boolean pkce, String rotation) {
        AppDraft draft =
                created(
                        client(
                                type,
                                """
                                {"redirect_uris": ["com.example:/cb"],
                                 "grant_types": ["authorization_code", "refresh_token"]}"""));
        JsonNode credentials = draft.body().at("/credentials/oauthClient");
        assertThat(credentials.path("token_endpoint_auth_method").asString()).isEqualTo(method);
        assertThat(credentials.path("pkce_required").asBoolean()).isEqualTo(pkce);
        assertThat(draft.body().at("/settings/oauthClient/refresh_token"))
                .isEqualTo(Json.object().put("rotation_type", rotation).put("leeway", 30));
    }

    @Test
    @DisplayName("a service needs neither redirects nor response types")
    void service() {
        AppDraft draft = created(client("service", "{\"grant_types\": [\"client_credentials\"]}"));
        assertThat(draft.body().at("/settings/oauthClient/response_types")).isEmpty();
        assertThat(draft.body().at("/settings/oauthClient/redirect_uris")).isEmpty();
    }

    @Test
    @DisplayName("no relay state is null, though it was sent as an empty text")
    void noRelayState() {
        AppDraft draft =
                created(
                        """
                        {"label": "Relay", "signOnMode": "SAML_2_0", "settings": {"signOn": {
                            "defaultRelayState": "", "ssoAcsUrl": "https://a.example/acs",
                            "audience": "a", "recipient": "https://a.example/acs",
                            "destination": "https://a.example/acs",
                            "subjectNameIdTemplate": "${user.userName}",
                            "subjectNameIdFormat":
                               "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified",
                            "signatureAlgorithm": "RSA_SHA256", "digestAlgorithm": "SHA256",
                            "authnContextClassRef":
                               "urn:oasis:names:tc:SAML:2.0:ac:classes:Password"}}}""");
        assertThat(draft.body().at("/settings/signOn/defaultRelayState").isNull()).isTrue();
    }

    @Test
    @DisplayName("a service may name grants that it has no use for, beside the one that it needs")
    void serviceWithMore() {
        AppDraft draft =
                created(
                        client(
                                "service",
                                """
                                {"grant_types": ["implicit", "authorization_code",
                                   "client_credentials"],
                                 "redirect_uris": ["https://a.example/cb", "myapp://callback"],
                                 "response_types": ["token", "id_token", "code"]}"""));
        assertThat(draft.body().at("/settings/oauthClient/grant_types")).hasSize(3);
        assertThatThrownBy(
                        () ->
                                created(
                                        client(
                                                "service",
                                                """
                                                {"grant_types": ["authorization_code"],
                                                 "response_types": ["code"],
                                                 "redirect_uris": ["https://a.example/cb"]}""")))
                .isInstanceOf(ApiException.class);
    }

    @Test
    @DisplayName("P6 every cause is told at once")
    void causes() {
        refused(
                """
                {"name": "oidc_client", "label": " ", "signOnMode": "OPENID_CONNECT",
                 "credentials": {"oauthClient": {"token_endpoint_auth_method": "none",
                    "client_id": "short", "pkce_required": false}},
                 "settings": {"oauthClient": {"application_type": "web",
                    "grant_types": ["authorization_code", "implicit", "wish"],
                    "redirect_uris": ["/relative", "https://a.example/#b", "https://*.a.example"],
                    "response_types": ["code"],
                    "idp_initiated_login": {"mode": "SPEC"}}}}""",
                "label",
                "label: The field cannot be left blank",
                "grant_types[2]: 'grant_types' is invalid. Valid values: " + ClientForm.GRANTS,
                "response_types: 'token' or 'id_token' is required when 'grant_types' contains"
                        + " 'implicit'.",
                "redirect_uris: '/relative' is not an absolute URI.",
                "redirect_uris: 'https://a.example/#b' must not include a fragment.",
                "redirect_uris: 'https://*.a.example' is not an absolute URI.",
                "token_endpoint_auth_method: 'token_endpoint_auth_method' is invalid. Valid values:"
                        + " [client_secret_basic, client_secret_post, client_secret_jwt,"
                        + " private_key_jwt].",
                "pkce_required: 'pkce_required' must be 'true' when 'token_endpoint_auth_method' is"
                        + " 'none'.",
                "client_id: 'client_id' must be 6 to 100 alphanumeric characters or any of"
                        + " $-_.+!*'(),.",
                "initiate_login_uri: 'initiate_login_uri' is required when 'idp_initiated_login' is"
                        + " enabled.");
    }

    @Test
    @DisplayName("redirects with a star stand for one level of an https domain")
    void wildcards() {
        String star = "{\"wildcard_redirect\": \"SUBDOMAIN\", \"redirect_uris\": [\"%s\"]}";
        created(client("web", star.formatted("https://redirect-*-domain.example.com/cb")));
        for (String wrong :
                new String[] {
                    "http://a-*.example.com/cb",
                    "https://a.*.example.com/cb",
                    "https://*.com/cb",
                    "https://a.example.com/*",
                    "https://*-*.example.com/cb"
                }) {
            assertThatThrownBy(() -> created(client("web", star.formatted(wrong))))
                    .as(wrong)
                    .isInstanceOf(ApiException.class);
        }
    }

    @Test
    @DisplayName("a key of a client keeps its public members only, and has to be long enough")
    void keys() {
        String jwks =
                "{\"grant_types\": [\"client_credentials\"], \"jwks\": {\"keys\": [{\"kty\":"
                        + " \"RSA\", \"kid\": \"k1\", \"e\": \"AQAB\", \"n\": \"%s\", \"d\":"
                        + " \"secret\"}]}}";
        AppDraft draft = created(client("service", jwks.formatted(MODULUS)));
        JsonNode key = draft.body().at("/settings/oauthClient/jwks/keys/0");
        assertThat(key.propertyNames())
                .containsExactly(
                        "id", "kid", "kty", "use", "e", "n", "status", "created", "lastUpdated");
        assertThat(key.path("id").asString()).isEqualTo("pks1");
        assertThatThrownBy(() -> created(client("service", jwks.formatted("w".repeat(171)))))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        e -> {
                            assertThat(e.arguments()).containsExactly("JsonWebKey");
                            assertThat(e.causes())
                                    .containsExactly(
                                            "RSA key length in the 'jwks' is less than '2,048' bits"
                                                    + " for the given key.");
                        });
    }

    @Test
    @DisplayName("what has no name is an app of the org's own, and nothing else may go without one")
    void nameless() {
        assertThat(
                        created("{\"label\": \"S\", \"signOnMode\": \"SAML_2_0\"}")
                                .definition()
                                .custom())
                .isTrue();
        refused(
                "{\"label\": \"S\", \"signOnMode\": \"OPENID_CONNECT\"}",
                "mediated",
                "Invalid signOnMode",
                "The settings.signOn object doesn't match the type indicated by signOnMode value or"
                        + " is ill defined");
        refused(
                "{\"label\": \"S\", \"name\": \"bookmark\", \"signOnMode\": \"SAML_2_0\"}",
                "mediated",
                "Invalid signOnMode",
                "The settings.signOn object doesn't match the type indicated by signOnMode value or"
                        + " is ill defined");
    }

    @Test
    @DisplayName("either the response or the assertion of SAML is signed")
    void unsigned() {
        refused(
                """
                {"label": "S", "signOnMode": "SAML_2_0",
                 "settings": {"signOn": {"responseSigned": false, "assertionSigned": false}}}""",
                "assertionSigned",
                "settings.signOn.assertionSigned: Either (or both) responseSigned or assertionSigned"
                        + " must be true");
    }

    @Test
    @DisplayName("given a body that names a part, then the part is replaced and others stay")
    void replaced() {
        AppDraft first =
                created(
                        client(
                                "web",
                                """
                                {"redirect_uris": ["https://a.example/cb"], "tos_uri": "t",
                                 "grant_types": ["authorization_code", "refresh_token"],
                                 "refresh_token": {"rotation_type": "ROTATE", "leeway": 5}}"""));
        App app = first.born("0oa1", "oidc_client", App.Status.ACTIVE, "kid", NOW);
        AppDraft label =
                replaced(
                        app,
                        "{\"name\": \"x\", \"label\": \"Other\", \"signOnMode\":"
                                + " \"OPENID_CONNECT\"}");
        assertThat(label.label()).isEqualTo("Other");
        assertThat(label.body().path("settings")).isEqualTo(app.document().path("settings"));
        AppDraft settings =
                replaced(
                        app,
                        client(
                                "web",
                                """
                                {"redirect_uris": ["https://b.example/cb"],
                                 "grant_types": ["authorization_code", "refresh_token"]}"""));
        JsonNode client = settings.body().at("/settings/oauthClient");
        assertThat(client.has("tos_uri")).isFalse();
        assertThat(client.at("/redirect_uris/0").asString()).isEqualTo("https://b.example/cb");
        assertThat(client.at("/refresh_token/leeway").asInt()).isEqualTo(5);
    }

    @Test
    @DisplayName("users share a name and a password only under the scheme that says so")
    void shared() {
        String body =
                """
                {"name": "template_sps", "label": "S", "signOnMode": "SECURE_PASSWORD_STORE",
                 "credentials": {"scheme": "%s", "userName": "all", "password": {"value": "pw"}},
                 "settings": {"app": {"url": "https://a.example", "passwordField": "#p",
                    "usernameField": "#u"}}}""";
        AppDraft shared = created(body.formatted("SHARED_USERNAME_AND_PASSWORD"));
        assertThat(shared.sharedPassword()).isEqualTo("pw");
        assertThat(shared.body().toString()).contains("\"userName\":\"all\"").doesNotContain("pw");
        AppDraft each = created(body.formatted("EDIT_USERNAME_AND_PASSWORD"));
        assertThat(each.sharedPassword()).isNull();
        assertThat(each.body().at("/credentials").has("userName")).isFalse();
    }

    private static String client(String type, String settings) {
        ObjectNode body =
                Json.object()
                        .put("name", "oidc_client")
                        .put("label", "C")
                        .put("signOnMode", "OPENID_CONNECT");
        ObjectNode client = Json.object().put("application_type", type);
        client.setAll(Json.object(settings));
        body.putObject("settings").set("oauthClient", client);
        return Json.text(body);
    }

    private static AppDraft created(String body) {
        return AppBody.created(Json.object(body), () -> "pks1", NOW);
    }

    private static AppDraft replaced(App app, String body) {
        return AppBody.replaced(app, Json.object(body), () -> "pks2", NOW);
    }

    private static void refused(String body, String subject, String... causes) {
        assertThatThrownBy(() -> created(body))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        e -> {
                            assertThat(e.code()).isEqualTo("E0000001");
                            assertThat(e.arguments()).containsExactly(subject);
                            assertThat(e.causes()).containsExactly(causes);
                        });
    }
}
