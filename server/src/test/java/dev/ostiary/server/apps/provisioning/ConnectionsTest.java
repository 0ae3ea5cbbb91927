package dev.ostiary.server.apps.provisioning;

import static dev.ostiary.server.apps.TestApps.id;
import static dev.ostiary.server.apps.TestApps.json;
import static dev.ostiary.server.apps.TestApps.refused;
import static dev.ostiary.server.directory.TestDirectory.notFound;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.server.apps.TestApps;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("Connections over which apps are provisioned")
class ConnectionsTest {

    private static final String TOKEN =
            """
            {"baseUrl":"https://far.example","profile":{"authScheme":"TOKEN","token":"00secret"}}""";

    private static final String OAUTH =
            "{\"profile\":{\"authScheme\":\"OAUTH2\",\"clientId\":\"0oa1\"}}";

    private final TestApps apps;

    ConnectionsTest(DatabaseAccess access) {
        apps = new TestApps(access);
    }

    @AfterAll
    void close() {
        apps.close();
    }

    private Org org(String name) {
        return apps.directory.org(name);
    }

    private String app(Org org) {
        return id(
                apps.create(
                        org,
                        """
                        {"name": "okta_org2org", "label": "Other org", "signOnMode": "SAML_2_0",
                         "settings": {"app": {"baseUrl": "https://far.example",
                            "acsUrl": "https://far.example/sso", "audRestriction": "https://far"}}}"""));
    }

    private JsonNode set(Org org, String app, String body) {
        return json(
                apps.directory.call(
                        org,
                        "updateDefaultProvisioningConnectionForApplication",
                        Map.of("appId", app),
                        "",
                        body));
    }

    private JsonNode get(Org org, String app) {
        return json(apps.on(org, "getDefaultProvisioningConnectionForApplication", app));
    }

    /** The secret as the database has it, in hexadecimal digits; empty where there is none. */
    private String stored(Org org, String app) {
        return apps.directory
                .database()
                .read(
                        org.number(),
                        reader ->
                                reader.one(
                                        Sql.of(
                                                "SELECT coalesce(encode(secret, 'hex'), '') AS s"
                                                        + " FROM app_connection"
                                                        + " WHERE org_id = ? AND app_id = ?",
                                                org.number(),
                                                app),
                                        row -> row.text("s")))
                .orElseThrow();
    }

    @Test
    @DisplayName("a secret is sealed where it is kept, and no answer and no event shows it")
    void secrets() {
        Org org = org("connections-secrets");
        String app = app(org);
        JsonNode made = set(org, app, TOKEN);
        assertThat(made.toString()).doesNotContain("00secret").contains("https://far.example");
        assertThat(get(org, app)).isEqualTo(made);
        assertThat(stored(org, app)).isNotEmpty().doesNotContain("3030736563726574");
        assertThat(bodies(org)).noneMatch(body -> body.contains("00secret"));
    }

    private List<String> bodies(Org org) {
        return apps.directory
                .database()
                .read(
                        org.number(),
                        reader ->
                                reader.list(
                                        Sql.of(
                                                "SELECT body::text AS b FROM system_log"
                                                        + " WHERE org_id = ?",
                                                org.number()),
                                        row -> row.text("b")));
    }

    @Test
    @DisplayName("who says no secret keeps the one there is, until the app is reached another way")
    void kept() {
        Org org = org("connections-kept");
        String app = app(org);
        set(org, app, TOKEN);
        String before = stored(org, app);
        set(org, app, "{\"profile\":{\"authScheme\":\"TOKEN\"}}");
        assertThat(stored(org, app)).isEqualTo(before);
        set(org, app, OAUTH);
        assertThat(stored(org, app)).isEmpty();
        set(org, app, "{\"profile\":{\"authScheme\":\"TOKEN\"}}");
        assertThat(stored(org, app)).isEmpty();
    }

    @Test
    @DisplayName("everything that is wrong is told at once, and nothing is written")
    void wrong() {
        Org org = org("connections-wrong");
        String app = app(org);
        refused(
                () ->
                        set(
                                org,
                                app,
                                """
                                {"baseUrl":"http://169.254.169.254/","profile":{"authScheme":"BASIC",
                                 "token":"","settings":{"adminUsername":"root"},
                                 "signing":{"rotationMode":"NEVER"}}}"""),
                "E0000001",
                "profile.authScheme: The app is not reached by 'BASIC'",
                "baseUrl: must be an absolute https URL",
                "profile.token: must be 1 to 1024 characters",
                "profile.settings: adminUsername and adminPassword go together",
                "profile.signing.rotationMode: must be one of [AUTO, MANUAL]");
        assertThat(get(org, app).path("status").asString()).isEqualTo("DISABLED");
        refused(
                () -> apps.on(org, "activateDefaultProvisioningConnectionForApplication", app),
                "E0000001",
                "The provisioning connection is not configured.");
        Reply off = apps.on(org, "deactivateDefaultProvisioningConnectionForApplication", app);
        assertThat(off.status()).isEqualTo(204);
        assertThat(get(org, app).path("status").asString()).isEqualTo("DISABLED");
    }

    @Test
    @DisplayName(
            "an app that nothing is provisioned to has an unknown one, and is refused any other")
    void unsupported() {
        Org org = org("connections-unsupported");
        String news = id(apps.bookmark(org, "News"));
        assertThat(get(org, news).path("status").asString()).isEqualTo("UNKNOWN");
        refused(() -> set(org, news, TOKEN), "E0000001", "Provisioning is not supported.");
        refused(
                () -> apps.on(org, "getUserProvisioningConnectionJWKS", news),
                "E0000001",
                "Provisioning is not supported.");
    }

    @Test
    @DisplayName("a connection is turned on and off, and seen from its own org alone")
    void turned() {
        Org org = org("connections-turned");
        Org other = org("connections-turned-other");
        String app = app(org);
        set(org, app, TOKEN);
        String secret = stored(org, app);
        apps.on(org, "activateDefaultProvisioningConnectionForApplication", app);
        assertThat(get(org, app).path("status").asString()).isEqualTo("ENABLED");
        apps.on(org, "deactivateDefaultProvisioningConnectionForApplication", app);
        assertThat(get(org, app).path("status").asString()).isEqualTo("DISABLED");
        assertThat(stored(org, app)).isEqualTo(secret);
        notFound(() -> get(other, app), app, "AppInstance");
        notFound(() -> set(other, app, TOKEN), app, "AppInstance");
    }
}
