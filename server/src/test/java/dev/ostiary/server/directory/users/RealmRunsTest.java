package dev.ostiary.server.directory.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.org.ConfigVersionLookup;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.server.directory.realms.RealmRuns;
import dev.ostiary.server.directory.realms.Residents;
import dev.ostiary.server.fixture.AtOnce;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@ExtendWith(TestDatabase.class)
@DisplayName("Realm assignments at work")
class RealmRunsTest {

    private final UserGround ground;
    private final String home;
    private final Residents residents;
    private final RealmRuns runs;

    RealmRunsTest(DatabaseAccess access) {
        ground = new UserGround(access);
        home = "guo" + ground.org.id().substring(3);
        residents = new RealmMoves(ground.parts.events(), ground::now);
        runs = runs(residents);
    }

    private RealmRuns runs(Residents people) {
        return new RealmRuns(
                ground.database,
                ground::now,
                EventCatalogue.load(),
                ground.parts.realms(),
                ground.parts.schemas(),
                people,
                number -> Optional.of(ground.org));
    }

    @BeforeEach
    void org() {
        ground.asOwner(
                "DELETE FROM system_log",
                "DELETE FROM realm_operation",
                "DELETE FROM document",
                "DELETE FROM user_search",
                "DELETE FROM users",
                "DELETE FROM realm",
                "DELETE FROM org",
                """
                INSERT INTO org (org_id, id, name, status, created, last_updated)
                OVERRIDING SYSTEM VALUE
                VALUES (%d, '%s', 'one', 'ACTIVE', now(), now())"""
                        .formatted(ground.org.number(), ground.org.id()));
    }

    @AfterEach
    void close() {
        ground.close();
    }

    @Test
    @DisplayName("given assignments, then a new user is in the realm of the first that takes it")
    void births() {
        String cars = realm("Cars", "cars.example");
        String rest = realm("Rest");
        String first = assignment(cars, 5);
        assignment(rest, 9);
        String carDriver = create("a@cars.example", null);
        assertThat(realmOf(carDriver)).isEqualTo(cars);
        assertThat(ground.events(carDriver)).containsExactly("user.lifecycle.create");
        assertThat(realmOf(create("b@x.example", null))).isEqualTo(rest);
        assertThat(realmOf(create("c@cars.example", home))).isEqualTo(home);
        ground.callWith("deactivateRealmAssignment", "assignmentId", first).reply();
        assertThat(realmOf(create("d@cars.example", null))).isEqualTo(rest);
    }

    @Test
    @DisplayName("given assignments, then they count for users that are imported, too")
    void imports() {
        String cars = realm("Cars", "cars.example");
        assignment(cars, 5);
        Org org = ground.org.at(new ConfigVersionLookup(ground.database).now(ground.org));
        Reading reading = new Reading();
        ImportedUser user =
                new UserImport(ground.parts, new Ids(ground::now, new Random(1)), ground::now)
                        .read(
                                UserGround.named("a@cars.example"),
                                org,
                                ground.parts.schemas().of(org),
                                false,
                                reading);
        assertThat(reading.causes()).isEmpty();
        assertThat(user.begin("00u", ground.now()).realmId()).isEqualTo(cars);
        assertThat(user.realmId(null)).as("of a user who is there already").isNull();
    }

    @Test
    @DisplayName("given an expression, then who does not meet it is left to the next assignment")
    void expressions() {
        String sales = realm("Sales");
        assignment(sales, 1, "user.profile.department == \"Sales\" AND String.len(user.title) > 2");
        ObjectNode seller = UserGround.named("a@x.example");
        seller.withObject("/profile").put("department", "Sales").put("title", "Head");
        assertThat(ground.create(seller, "activate=false").path("realmId").asString())
                .isEqualTo(sales);
        ObjectNode other = UserGround.named("b@x.example");
        other.withObject("/profile").put("department", "Sales");
        String left = ground.create(other, "activate=false").path("id").asString();
        assertThat(realmOf(left)).isEqualTo(home);
        ground.call("updateUser").on(left).body("{\"profile\":{\"title\":\"Clerk\"}}").reply();
        assertThat(realmOf(left)).isEqualTo(home);
        run("ALL");
        runs.runOpen();
        assertThat(realmOf(left)).isEqualTo(sales);
        for (String wrong :
                List.of(
                        "user.profile.shoeSize == 7",
                        "user.profile.title",
                        "user.isMemberOf({'group.id': {'00g'}})",
                        "user.profile.title ==")) {
            assertThatThrownBy(() -> assignment(sales, 2, wrong))
                    .isInstanceOfSatisfying(
                            ApiException.class,
                            e -> {
                                assertThat(e.code()).isEqualTo("E0000001");
                                assertThat(e.causes())
                                        .singleElement()
                                        .asString()
                                        .startsWith("conditions.expression.value: ");
                            });
        }
    }

    @Test
    @DisplayName("given a default realm with domains, then whom no realm takes is refused")
    void nowhere() {
        ground.callWith("replaceRealm", "realmId", home)
                .body("{\"profile\":{\"name\":\"Staff\",\"domains\":[\"staff.example\"]}}")
                .reply();
        String domains = ": The domain must be one of [staff.example], which the realm allows";
        UserGround.assertRefused(
                () -> create("a@x.example", null),
                "E0000001",
                "login",
                "login" + domains,
                "email" + domains);
        assertThat(realmOf(create("a@staff.example", null))).isEqualTo(home);
    }

    @Test
    @DisplayName("given a run of all, then every user is where its first assignment leads")
    void all() {
        String cars = realm("Cars", "cars.example");
        String rest = realm("Rest");
        String inCars = create("a@cars.example", null);
        String inRest = create("b@x.example", null);
        String stays = create("c@cars.example", cars);
        assignment(cars, 5);
        assignment(rest, 9);

        JsonNode asked = run("ALL");
        assertThat(asked.path("status").asString()).isEqualTo("SCHEDULED");
        assertThat(asked.at("/assignmentOperation/configuration").toString())
                .isEqualTo("{\"id\":\"ALL\",\"name\":\"All Assignments\"}");
        runs.runOpen();

        JsonNode done = operations().get(0);
        assertThat(done.path("id")).isEqualTo(asked.path("id"));
        assertThat(done.path("type").asString()).isEqualTo("realm:assignment");
        assertThat(done.path("status").asString()).isEqualTo("COMPLETED");
        assertThat(done.path("numUserMoved").asLong()).isEqualTo(2);
        assertThat(done.path("started").asString()).isNotEmpty();
        assertThat(done.path("completed").asString()).isNotEmpty();
        assertThat(realmOf(inCars)).isEqualTo(cars);
        assertThat(realmOf(inRest)).isEqualTo(rest);
        assertThat(ground.events(inCars))
                .containsExactly("user.lifecycle.create", "user.realm.update");
        assertThat(ground.events(stays)).containsExactly("user.lifecycle.create");
        assertThat(ground.events(asked.path("id").asString()))
                .containsExactly(
                        "directory.realm.assignment.execution_started",
                        "directory.realm.assignment.execution_completed");
        run("ALL");
        runs.runOpen();
        assertThat(operations().get(0).path("numUserMoved").asLong()).isZero();
    }

    @Test
    @DisplayName("given a run of one, then it moves those only whom it decides about")
    void one() {
        String cars = realm("Cars", "cars.example");
        String rest = realm("Rest");
        String inCars = create("a@cars.example", null);
        String inRest = create("b@x.example", null);
        assignment(cars, 5);
        String second = assignment(rest, 9);

        JsonNode asked = run(second);
        runs.runOpen();

        assertThat(asked.path("realmId").asString()).isEqualTo(rest);
        assertThat(asked.path("realmName").asString()).isEqualTo("Rest");
        assertThat(asked.at("/assignmentOperation/configuration/id").asString()).isEqualTo(second);
        assertThat(
                        asked.at(
                                        "/assignmentOperation/configuration/actions/assignUserToRealm/realmId")
                                .asString())
                .isEqualTo(rest);
        assertThat(realmOf(inCars)).isEqualTo(home);
        assertThat(realmOf(inRest)).isEqualTo(rest);
        run("rul" + ground.org.id().substring(3));
        runs.runOpen();
        assertThat(operations().get(0).path("numUserMoved").asLong()).isZero();
        UserGround.assertRefused(
                () -> run("rulnone"),
                "E0000001",
                "assignmentId",
                "assignmentId: The realm assignment 'rulnone' does not exist");
        ground.callWith("deactivateRealmAssignment", "assignmentId", second).reply();
        UserGround.assertRefused(
                () -> run(second),
                "E0000001",
                "assignmentId",
                "assignmentId: The realm assignment is not active");
    }

    @Test
    @DisplayName(
            "P38 given a node that dies in a run, then another one ends it, each user moved once")
    void killed() {
        List<String> users = many(450);
        assignment(realm("Everybody"), 1);
        run("ALL");
        AtomicInteger steps = new AtomicInteger();
        RealmRuns mortal =
                runs(
                        (tx, org, realms, afterId, atMost, movement) -> {
                            Residents.Progress progress =
                                    residents.move(tx, org, realms, afterId, atMost, movement);
                            if (steps.incrementAndGet() == 2) {
                                throw new Killed();
                            }
                            return progress;
                        });

        assertThatThrownBy(mortal::runOpen).isInstanceOf(Killed.class);

        JsonNode left = operations().get(0);
        assertThat(left.path("status").asString()).isEqualTo("IN_PROGRESS");
        assertThat(left.path("numUserMoved").asLong()).isEqualTo(200);
        assertThat(moves()).isEqualTo(200);
        runs.runOpen();
        JsonNode done = operations().get(0);
        assertThat(done.path("status").asString()).isEqualTo("COMPLETED");
        assertThat(done.path("numUserMoved").asLong()).isEqualTo(450);
        assertThat(done.path("started")).isEqualTo(left.path("started"));
        assertThat(moves()).isEqualTo(450);
        assertThat(realmOf(users.getLast())).isNotEqualTo(home);
    }

    @Test
    @DisplayName("P39 given several nodes at several runs, then each user is moved once")
    void together() throws Exception {
        many(250);
        assignment(realm("Everybody"), 1);
        run("ALL");
        run("ALL");
        List<Callable<Boolean>> nodes = new ArrayList<>();
        for (int n = 0; n < 4; n++) {
            nodes.add(
                    () -> {
                        runs(residents).runOpen();
                        return true;
                    });
        }
        AtOnce.call(nodes);
        runs.runOpen();
        assertThat(operations())
                .allSatisfy(
                        run -> assertThat(run.path("status").asString()).isEqualTo("COMPLETED"));
        assertThat(
                        operations()
                                .valueStream()
                                .mapToLong(run -> run.path("numUserMoved").asLong())
                                .sum())
                .isEqualTo(250);
        assertThat(moves()).isEqualTo(250);
    }

    @Test
    @DisplayName("given a defect, then the run is given up, and the log says so")
    void defect() {
        assignment(realm("Everybody"), 1);
        String id = run("ALL").path("id").asString();
        runs((tx, org, realms, afterId, atMost, movement) -> {
                    throw new IllegalStateException("a defect");
                })
                .runOpen();
        assertThat(operations().get(0).path("status").asString()).isEqualTo("FAILED");
        assertThat(ground.outcome(id, "directory.realm.assignment.execution_completed"))
                .startsWith("FAILURE");
        runs.runOpen();
        assertThat(operations().get(0).path("status").asString()).isEqualTo("FAILED");
    }

    @Test
    @DisplayName("P24 an org keeps its last 200 runs, the newest first")
    void kept() {
        for (int n = 0; n < 203; n++) {
            run("ALL");
            runs.runOpen();
        }
        JsonNode page = ground.call("listRealmAssignmentOperations").query("limit=200").json();
        assertThat(page).hasSize(200);
        assertThat(page.get(0).path("id").asString())
                .isGreaterThan(page.get(199).path("id").asString());
        JsonNode two = ground.call("listRealmAssignmentOperations").query("limit=2").json();
        assertThat(
                        ground.call("listRealmAssignmentOperations")
                                .query("limit=1&after=" + two.get(0).path("id").asString())
                                .json()
                                .get(0))
                .isEqualTo(two.get(1));
    }

    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    private List<String> many(int count) {
        List<String> ids = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            ids.add(create("user-" + n + "@x.example", null));
        }
        return ids;
    }

    private long moves() {
        return ground.database
                .read(
                        ground.org.number(),
                        reader ->
                                reader.one(
                                        Sql.of(
                                                "SELECT count(*) AS moves FROM system_log"
                                                        + " WHERE org_id = ?"
                                                        + " AND event_type = 'user.realm.update'",
                                                ground.org.number()),
                                        row -> row.number("moves")))
                .orElseThrow();
    }

    private JsonNode run(String assignmentId) {
        return ground.call("executeRealmAssignment")
                .body("{\"assignmentId\":\"" + assignmentId + "\"}")
                .json();
    }

    private JsonNode operations() {
        return ground.call("listRealmAssignmentOperations").json();
    }

    private String realm(String name, String... domains) {
        ObjectNode body = Json.object();
        ObjectNode profile = body.putObject("profile").put("name", name);
        List.of(domains).forEach(domain -> profile.withArray("domains").add(domain));
        return ground.call("createRealm").body(Json.text(body)).json().path("id").asString();
    }

    /** The id of an active one. */
    private String assignment(String realm, int priority) {
        return assignment(realm, priority, "");
    }

    private String assignment(String realm, int priority, String expression) {
        ObjectNode body = Json.object().put("name", "To " + realm).put("priority", priority);
        body.putObject("conditions").putObject("expression").put("value", expression);
        body.putObject("actions").putObject("assignUserToRealm").put("realmId", realm);
        String id =
                ground.call("createRealmAssignment")
                        .body(Json.text(body))
                        .json()
                        .path("id")
                        .asString();
        ground.callWith("activateRealmAssignment", "assignmentId", id).reply();
        return id;
    }

    private String create(String login, @Nullable String realm) {
        ObjectNode body = UserGround.named(login);
        if (realm != null) {
            body.put("realmId", realm);
        }
        return ground.create(body, "activate=false").path("id").asString();
    }

    private String realmOf(String id) {
        return ground.get(id).path("realmId").asString();
    }
}
