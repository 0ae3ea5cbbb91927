package dev.ostiary.server.apps.trust;

import static dev.ostiary.server.apps.TestApps.id;
import static dev.ostiary.server.apps.TestApps.json;
import static dev.ostiary.server.apps.TestApps.refused;
import static dev.ostiary.server.directory.TestDirectory.link;
import static dev.ostiary.server.directory.TestDirectory.notFound;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.server.apps.TestApps;
import dev.ostiary.server.fixture.AtOnce;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("What apps trust")
class AppTrustTest {

    private static final String NOBODY = "0oa0000000000000a1d7";

    private final TestApps apps;

    AppTrustTest(DatabaseAccess access) {
        apps = new TestApps(access);
    }

    @AfterAll
    void close() {
        apps.close();
    }

    private Org org(String name) {
        return apps.directory.org(name);
    }

    private String client(Org org, String label) {
        return id(
                apps.create(
                        org,
                        """
                        {"name": "oidc_client", "label": "%s", "signOnMode": "OPENID_CONNECT",
                         "settings": {"oauthClient": {"application_type": "web",
                            "redirect_uris": ["https://a.example/cb"]}}}"""
                                .formatted(label)));
    }

    private Reply of(Org org, String operation, String app, String query, String body) {
        return apps.directory.call(org, operation, Map.of("appId", app), query, body);
    }

    /** What is said of a call: nothing if it went well, else the first cause. */
    private static Callable<String> answer(Supplier<Reply> call) {
        return () -> {
            try {
                return call.get().status() < 400 ? "" : "refused";
            } catch (ApiException refused) {
                return refused.causes().getFirst();
            }
        };
    }

    private List<String> events(Org org, String type) {
        return apps.directory.events(org).stream()
                .filter(event -> event.startsWith(type + " "))
                .toList();
    }

    // ---- apps that may ask for sign-on into another

    private Reply trust(Org org, String app, String allowed) {
        return of(org, "createInterclientTrustMapping", app, "", "{\"id\":\"" + allowed + "\"}");
    }

    private Stream<String> listed(Org org, String operation, String app) {
        return json(of(org, operation, app, "", "")).valueStream().map(JsonNode::asString);
    }

    @Test
    @DisplayName("one app trusts another, which is seen from both, and in one direction only")
    void trusts() {
        Org org = org("trust-one");
        String target = client(org, "Target");
        String asking = client(org, "Asking");
        JsonNode made = json(trust(org, target, asking));
        assertThat(made.path("appInstanceId").asString()).isEqualTo(target);
        assertThat(made.path("trustedAppInstanceId").asString()).isEqualTo(asking);
        assertThat(made.path("lastUpdatedBy").asString()).isEqualTo("00uadmin");
        assertThat(listed(org, "listInterclientAllowedApplications", target))
                .containsExactly(asking);
        assertThat(listed(org, "listInterclientTargetApplications", asking))
                .containsExactly(target);
        assertThat(listed(org, "listInterclientAllowedApplications", asking)).isEmpty();
        assertThat(listed(org, "listInterclientTargetApplications", target)).isEmpty();
        assertThat(events(org, "app.interclient_mapping.create")).hasSize(1);
    }

    @Test
    @DisplayName(
            "no app trusts itself, the same one twice, one that is not there, or one elsewhere")
    void untrusted() {
        Org org = org("trust-refused");
        String target = client(org, "Target");
        String asking = client(org, "Asking");
        String bookmark = id(apps.bookmark(org, "News"));
        String foreign = client(org("trust-elsewhere"), "Foreign");
        refused(
                () -> trust(org, target, target),
                "E0000001",
                "An application cannot be a trusted app of itself.");
        refused(
                () -> trust(org, bookmark, asking),
                "E0000001",
                "The target application must be an OIDC or SAML app.");
        for (String unknown : List.of(NOBODY, foreign, "'; DROP TABLE app; --")) {
            refused(
                    () -> trust(org, target, unknown),
                    "E0000001",
                    "The application '" + unknown + "' does not exist.");
        }
        notFound(() -> trust(org, foreign, asking), foreign, "AppInstance");
        trust(org, target, asking);
        refused(
                () -> trust(org, target, asking),
                "E0000001",
                "The application is a trusted app already.");
        assertThat(listed(org, "listInterclientAllowedApplications", target))
                .containsExactly(asking);
    }

    @Test
    @DisplayName("of eight at once five are trusted; the others are told why not")
    void fiveAtMost() throws Exception {
        Org org = org("trust-five");
        String target = client(org, "Target");
        List<Callable<String>> calls =
                IntStream.range(0, 8)
                        .mapToObj(n -> client(org, "Asking " + n))
                        .map(asking -> answer(() -> trust(org, target, asking)))
                        .toList();
        List<String> answers = AtOnce.call(calls);
        assertThat(answers).filteredOn(String::isEmpty).hasSize(5);
        assertThat(answers)
                .filteredOn("The target application cannot have more than 5 trusted apps."::equals)
                .hasSize(3);
        assertThat(listed(org, "listInterclientAllowedApplications", target)).hasSize(5);
    }

    @Test
    @DisplayName("trust ends where it is taken back, and with either of the two apps")
    void ends() {
        Org org = org("trust-ends");
        String target = client(org, "Target");
        String asking = client(org, "Asking");
        trust(org, target, asking);
        apps.of(org, "deleteInterclientTrustMapping", target, "allowedAppId", asking, "");
        notFound(
                () ->
                        apps.of(
                                org,
                                "deleteInterclientTrustMapping",
                                target,
                                "allowedAppId",
                                asking,
                                ""),
                asking,
                "AppInstance");
        trust(org, target, asking);
        apps.on(org, "deactivateApplication", asking);
        apps.on(org, "deleteApplication", asking);
        assertThat(listed(org, "listInterclientAllowedApplications", target)).isEmpty();
        assertThat(events(org, "app.interclient_mapping.delete")).hasSize(1);
        assertThat(events(org, "app.interclient_mapping.delete_all")).hasSize(1);
    }

    // ---- apps that act in another

    private Reply connect(Org org, String through, String requesting, String resource) {
        return of(
                org,
                "createCrossAppAccessConnection",
                through,
                "",
                "{\"requestingAppInstanceId\":\"%s\",\"resourceAppInstanceId\":\"%s\"}"
                        .formatted(requesting, resource));
    }

    private Reply connections(Org org, String app, String query) {
        return of(org, "getAllCrossAppAccessConnections", app, query, "");
    }

    private Reply onConnection(Org org, String operation, String app, String id, String body) {
        return apps.of(org, operation, app, "connectionId", id, body);
    }

    @Test
    @DisplayName("a connection is seen from its two apps and from no third one")
    void connections() {
        Org org = org("cross-seen");
        String asking = client(org, "Asking");
        String resource = client(org, "Resource");
        String third = client(org, "Third");
        String id = id(json(connect(org, asking, asking, resource)));
        assertThat(id(json(onConnection(org, "getCrossAppAccessConnection", resource, id, ""))))
                .isEqualTo(id);
        for (String operation :
                List.of("getCrossAppAccessConnection", "deleteCrossAppAccessConnection")) {
            notFound(() -> onConnection(org, operation, third, id, ""), id, "Connection");
        }
        notFound(
                () ->
                        onConnection(
                                org,
                                "updateCrossAppAccessConnection",
                                third,
                                id,
                                "{\"status\":\"INACTIVE\"}"),
                id,
                "Connection");
        assertThat(json(connections(org, third, ""))).isEmpty();
        assertThat(json(connections(org, asking, ""))).hasSize(1);
    }

    @Test
    @DisplayName("nobody connects two other apps, an app with itself, or with one of another org")
    void unconnected() {
        Org org = org("cross-refused");
        String asking = client(org, "Asking");
        String resource = client(org, "Resource");
        String third = client(org, "Third");
        Org elsewhere = org("cross-elsewhere");
        String foreign = client(elsewhere, "Foreign");
        refused(
                () -> connect(org, third, asking, resource),
                "E0000001",
                "The app is neither the requesting nor the resource app.");
        refused(
                () -> connect(org, asking, asking, asking),
                "E0000001",
                "An app cannot be connected to itself.");
        refused(
                () -> connect(org, asking, asking, foreign),
                "E0000001",
                "resourceAppInstanceId: The app does not exist");
        String id = id(json(connect(org, asking, asking, resource)));
        notFound(
                () -> onConnection(elsewhere, "getCrossAppAccessConnection", foreign, id, ""),
                id,
                "Connection");
    }

    @Test
    @DisplayName("of four who connect the same two apps at once one does; the reverse is another")
    void connectedOnce() throws Exception {
        Org org = org("cross-once");
        String asking = client(org, "Asking");
        String resource = client(org, "Resource");
        List<Callable<String>> calls = new ArrayList<>();
        for (int n = 0; n < 4; n++) {
            String through = n % 2 == 0 ? asking : resource;
            calls.add(answer(() -> connect(org, through, asking, resource)));
        }
        List<String> answers = AtOnce.call(calls);
        assertThat(answers).filteredOn(String::isEmpty).hasSize(1);
        assertThat(answers).filteredOn("The two apps are connected already."::equals).hasSize(3);
        connect(org, asking, resource, asking);
        assertThat(json(connections(org, asking, ""))).hasSize(2);
    }

    @Test
    @DisplayName("lists page by id, and keep to state, side and the labels of the apps")
    void lists() {
        Org org = org("cross-lists");
        String hub = client(org, "Hub");
        String first = client(org, "First Ä_%");
        String second = client(org, "Second");
        String one = id(json(connect(org, hub, hub, first)));
        String two = id(json(connect(org, hub, second, hub)));
        onConnection(org, "updateCrossAppAccessConnection", hub, two, "{\"status\":\"INACTIVE\"}");
        Reply page = connections(org, hub, "limit=1");
        assertThat(json(page).valueStream().map(TestApps::id)).containsExactly(one);
        assertThat(link(page, "next").orElseThrow()).contains("after=" + one);
        assertThat(json(connections(org, hub, "limit=0"))).isEmpty();
        assertThat(json(connections(org, hub, "limit=-1"))).hasSize(2);
        assertThat(found(org, hub, "status=INACTIVE")).containsExactly(two);
        assertThat(found(org, hub, "requestingAppId=" + hub)).containsExactly(one);
        assertThat(found(org, hub, "resourceAppId=nobody")).isEmpty();
        assertThat(found(org, hub, "resourceAppName=%C3%A4_%25")).containsExactly(one);
        assertThat(found(org, hub, "requestingAppName=%25")).isEmpty();
        apps.on(org, "deactivateApplication", second);
        assertThat(found(org, hub, "activeAppsOnly=true")).containsExactly(one);
        refused(
                () -> connections(org, hub, "limit=-2"),
                "E0000001",
                "limit: must be an integer from -1");
        refused(
                () -> connections(org, hub, "status=active"),
                "E0000001",
                "status: must be one of [ACTIVE, INACTIVE]");
        refused(
                () -> connections(org, hub, "resourceAppName=" + "x".repeat(256)),
                "E0000001",
                "resourceAppName: must be at most 255 characters");
    }

    private Stream<String> found(Org org, String app, String query) {
        return json(connections(org, app, query)).valueStream().map(TestApps::id);
    }

    @Test
    @DisplayName("a connection that is what it should be already is no change, and tells nobody")
    void sameAgain() {
        Org org = org("cross-same");
        String asking = client(org, "Asking");
        String id = id(json(connect(org, asking, asking, client(org, "Resource"))));
        String inactive = "{\"status\":\"INACTIVE\"}";
        onConnection(org, "updateCrossAppAccessConnection", asking, id, inactive);
        JsonNode again =
                json(onConnection(org, "updateCrossAppAccessConnection", asking, id, inactive));
        assertThat(again.path("status").asString()).isEqualTo("INACTIVE");
        assertThat(events(org, "app.cross_app_access.connection.update")).hasSize(1);
        onConnection(org, "deleteCrossAppAccessConnection", asking, id, "");
        notFound(
                () -> onConnection(org, "getCrossAppAccessConnection", asking, id, ""),
                id,
                "Connection");
    }

    // ---- claims of an app's tokens and assertions

    private Reply claim(Org org, String app, String name) {
        return of(org, "createFederatedClaim", app, "", claim(name));
    }

    private static String claim(String name) {
        return "{\"name\":\"" + name + "\",\"expression\":\"appuser.userName\"}";
    }

    @Test
    @DisplayName("the name of a claim may have blanks")
    void claimNameWithBlanks() {
        Org org = org("claims-blanks");
        assertThat(json(claim(org, client(org, "Blank"), "By: SDK")).path("name").asString())
                .isEqualTo("By: SDK");
    }

    @Test
    @DisplayName("names of claims are an app's own, and each once, also when many come at once")
    void claimNames() throws Exception {
        Org org = org("claims-names");
        String app = client(org, "One");
        String other = client(org, "Two");
        List<String> answers =
                AtOnce.call(
                        IntStream.range(0, 4)
                                .mapToObj(n -> answer(() -> claim(org, app, "role")))
                                .toList());
        assertThat(answers).filteredOn(String::isEmpty).hasSize(1);
        assertThat(answers)
                .filteredOn("name: There is already a claim 'role' of this app"::equals)
                .hasSize(3);
        String id = id(json(claim(org, other, "role")));
        notFound(
                () -> apps.of(org, "getFederatedClaim", app, "claimId", id, ""),
                id,
                "FederatedClaim");
        String second = id(json(claim(org, app, "team")));
        refused(
                () -> apps.of(org, "replaceFederatedClaim", app, "claimId", second, claim("role")),
                "E0000001",
                "name: There is already a claim 'role' of this app");
        JsonNode kept = json(apps.of(org, "getFederatedClaim", app, "claimId", second, ""));
        assertThat(kept.path("name").asString()).isEqualTo("team");
    }

    @Test
    @DisplayName("an app has a hundred claims at most, however many come at once")
    void claimsAtMost() throws Exception {
        Org org = org("claims-most");
        String app = client(org, "One");
        for (int n = 0; n < 98; n++) {
            claim(org, app, "claim" + n);
        }
        List<String> answers =
                AtOnce.call(
                        IntStream.range(0, 5)
                                .mapToObj(n -> answer(() -> claim(org, app, "last" + n)))
                                .toList());
        assertThat(answers).filteredOn(String::isEmpty).hasSize(2);
        assertThat(json(of(org, "listFederatedClaims", app, "", ""))).hasSize(100);
    }
}
