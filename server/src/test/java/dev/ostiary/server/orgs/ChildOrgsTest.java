package dev.ostiary.server.orgs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("Orgs that an org makes")
class ChildOrgsTest {

    private final OrgGround world;
    private final Org parent;

    ChildOrgsTest(DatabaseAccess access) {
        world = new OrgGround(access);
        parent = world.ground.acme;
    }

    @BeforeEach
    void quiet() {
        world.mails.clear();
        world.ground.database.acrossOrgs(tx -> tx.run(Sql.of("DELETE FROM system_log")));
    }

    @AfterAll
    void close() {
        world.close();
    }

    @Test
    @DisplayName("P1 P10 it is there at once, by its host, with the administrator and the token")
    void made() {
        Reply reply = create(parent, withPassword("made"));

        assertThat(reply.status()).isEqualTo(201);
        JsonNode answer = Json.parse(reply.body());
        assertThat(answer.path("id").stringValue()).startsWith("00o");
        assertThat(answer.path("subdomain").stringValue()).isEqualTo("made");
        assertThat(answer.path("name").stringValue()).isEqualTo("The org made");
        assertThat(answer.path("website").stringValue()).isEqualTo("https://made.example");
        assertThat(answer.path("status").stringValue()).isEqualTo("ACTIVE");
        assertThat(answer.path("edition").stringValue()).isEqualTo("SKU");
        assertThat(answer.path("tokenType").stringValue()).isEqualTo("SSWS");
        assertThat(answer.path("token").stringValue()).startsWith("00");
        assertThat(answer.has("admin")).isFalse();
        Org org = world.store.byName("made").orElseThrow();
        assertThat(org.id()).isEqualTo(answer.path("id").stringValue());
        assertThat(world.hosts).contains("made");
        assertThat(user(org)).isEqualTo("ACTIVE ada@made.example SUPER_ADMIN");
        assertThat(answer.at("/_links/administrator/href").stringValue())
                .startsWith("https://made.test/api/v1/users/00u");
        assertThat(answer.at("/_links/organization/href").stringValue())
                .isEqualTo("https://made.test/api/v1/orgs/made");
        assertThat(world.mails).isEmpty();
    }

    @Test
    @DisplayName("given no credentials, then the administrator is invited, to the new org's host")
    void invited() {
        create(parent, order("invited"));

        Org org = world.store.byName("invited").orElseThrow();
        assertThat(user(org)).isEqualTo("PROVISIONED ada@invited.example SUPER_ADMIN");
        assertThat(world.mails)
                .singleElement()
                .satisfies(
                        mail -> {
                            assertThat(mail.to()).isEqualTo("ada@invited.example");
                            assertThat(mail.variables().values())
                                    .anyMatch(
                                            text ->
                                                    text.startsWith(
                                                            "https://invited.test/tokens/"));
                        });
    }

    @Test
    @DisplayName(
            "P38 P40 the log of the parent names who made it, its own log names nobody of another")
    void logged() {
        create(parent, withPassword("logged"));

        Org org = world.store.byName("logged").orElseThrow();
        assertThat(world.log(parent))
                .singleElement()
                .satisfies(
                        event -> {
                            assertThat(event.path("eventType").stringValue())
                                    .isEqualTo("system.org.lifecycle.create");
                            assertThat(event.at("/target/0/id").stringValue()).isEqualTo(org.id());
                            assertThat(event.at("/target/0/type").stringValue()).isEqualTo("Org");
                        });
        assertThat(world.types(org))
                .contains(
                        "user.lifecycle.create",
                        "user.account.privilege.grant",
                        "system.org.lifecycle.create")
                .hasSize(5);
        assertThat(world.log(org))
                .allSatisfy(
                        event ->
                                assertThat(event.at("/actor/type").stringValue())
                                        .isEqualTo("SystemPrincipal"));
    }

    @Test
    @DisplayName("P6 every cause at once: of the org, of its administrator, and what is taken")
    void causes() {
        create(parent, withPassword("taken"));
        ObjectNode body = order("taken");
        body.put("edition", "GOLD");
        body.putObject("admin")
                .putObject("profile")
                .put("login", "ada@taken.example")
                .put("email", "nonsense")
                .put("firstName", "Ada");

        assertThatThrownBy(() -> create(parent, body))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        refused -> {
                            assertThat(refused.code()).isEqualTo("E0000001");
                            assertThat(refused.causes())
                                    .containsExactlyInAnyOrder(
                                            "edition: must be SKU",
                                            "lastName: The field cannot be left blank",
                                            "email: Does not match required pattern",
                                            "subdomain: " + NewOrg.TAKEN,
                                            "name: " + NewOrg.TAKEN);
                        });
    }

    @Test
    @DisplayName("P6 a subdomain is a label of a host name, of 57 characters at most")
    void labels() {
        for (String wrong :
                List.of("", "a b", "Upper", "-a", "a-", "a.b", "ü", "localhost", "x".repeat(58))) {
            assertThatThrownBy(() -> create(parent, withPassword("free").put("subdomain", wrong)))
                    .isInstanceOfSatisfying(
                            ApiException.class,
                            refused ->
                                    assertThat(refused.causes())
                                            .singleElement()
                                            .asString()
                                            .startsWith("subdomain: must be"));
        }
        assertThat(create(parent, withPassword("x".repeat(57))).status()).isEqualTo(201);
    }

    @Test
    @DisplayName("P6 names are of 1 to 100 characters, and a password keeps the rules")
    void names() {
        ObjectNode body = withPassword("names").put("name", "🐑".repeat(101));
        body.withObject("/admin/credentials/password").put("value", "short");

        assertThatThrownBy(() -> create(parent, body))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        refused -> {
                            assertThat(refused.causes())
                                    .contains("name: must be 1 to 100 characters");
                            assertThat(refused.causes())
                                    .anyMatch(cause -> cause.startsWith("password: "));
                        });
        assertThat(create(parent, withPassword("names").put("name", "🐑".repeat(100))).status())
                .isEqualTo(201);
    }

    @Test
    @DisplayName("an org that another one made makes none: 401 E0000015")
    void rootsOnly() {
        create(parent, withPassword("branch"));
        Org child = world.store.byName("branch").orElseThrow();

        assertThatThrownBy(() -> create(child, withPassword("leaf")))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        refused -> assertThat(refused.code()).isEqualTo("E0000015"));
        assertThat(world.store.byName("leaf")).isEmpty();
    }

    @Test
    @DisplayName(
            "P39 given 8 requests want one subdomain, then one gets it and the log has one event")
    void racing() throws Exception {
        List<Callable<Integer>> tries = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            ObjectNode body = withPassword("race").put("name", "Racer " + i);
            tries.add(() -> status(body));
        }
        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> each : threads.invokeAll(tries)) {
                statuses.add(each.get());
            }
        }
        assertThat(statuses).containsOnly(201, 400).containsOnlyOnce(201);
        assertThat(world.types(parent)).containsExactly("system.org.lifecycle.create");
    }

    private int status(ObjectNode body) {
        try {
            return create(parent, body).status();
        } catch (ApiException refused) {
            assertThat(refused.causes()).containsExactly("subdomain: " + NewOrg.TAKEN);
            return 400;
        }
    }

    private Reply create(Org org, ObjectNode body) {
        Binding binding = world.children.bindings().getFirst();
        return binding.handler()
                .handle(
                        OrgGround.byAdministrator(
                                org, binding.operationId(), Map.of(), Json.text(body)));
    }

    private static ObjectNode order(String subdomain) {
        ObjectNode body =
                Json.object()
                        .put("subdomain", subdomain)
                        .put("name", "The org " + subdomain)
                        .put("website", "https://" + subdomain + ".example")
                        .put("edition", "SKU");
        body.putObject("admin")
                .putObject("profile")
                .put("firstName", "Ada")
                .put("lastName", "Admin")
                .put("email", "ada@" + subdomain + ".example")
                .put("login", "ada@" + subdomain + ".example");
        return body;
    }

    private static ObjectNode withPassword(String subdomain) {
        ObjectNode body = order(subdomain);
        body.withObject("/admin/credentials/password").put("value", "tlpWENT2m");
        return body;
    }

    /** Status, login and role of an org's only user. */
    private String user(Org org) {
        return world.ground
                .database
                .read(
                        org.number(),
                        reader ->
                                reader.one(
                                        Sql.of(
                                                """
                                                SELECT concat_ws(' ', u.status, u.profile ->> 'login', r.role) AS who
                                                FROM users u JOIN admin_role r
                                                  ON r.org_id = u.org_id AND r.user_id = u.id
                                                WHERE u.org_id = ?""",
                                                org.number()),
                                        row -> row.text("who")))
                .orElseThrow();
    }
}
