package dev.ostiary.server.directory.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.server.fixture.AtOnce;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("The realm of a user")
class UserRealmsTest {

    private static final String DOMAINS =
            ": The domain must be one of [cars.example, Vans.example], which the realm allows";

    private final UserGround ground;
    private final String home;

    UserRealmsTest(DatabaseAccess access) {
        ground = new UserGround(access);
        home = "guo" + ground.org.id().substring(3);
        ground.asOwner(
                """
                INSERT INTO org (org_id, id, name, status, created, last_updated)
                OVERRIDING SYSTEM VALUE
                VALUES (%d, '%s', 'one', 'ACTIVE', now(), now())"""
                        .formatted(ground.org.number(), ground.org.id()));
    }

    @AfterAll
    void close() {
        ground.close();
    }

    @Test
    @DisplayName("given no word of it, then a user is in the default realm, and says so everywhere")
    void byDefault() {
        JsonNode made = create(named("default@x.example"));
        assertThat(made.path("realmId").asString()).isEqualTo(home);
        assertThat(ground.get(id(made)).path("realmId").asString()).isEqualTo(home);
        assertThat(ground.call("listUsers").query("filter=id+eq+%22" + id(made) + "%22").json())
                .allSatisfy(user -> assertThat(user.path("realmId").asString()).isEqualTo(home));
        ObjectNode named = named("default-2@x.example").put("realmId", home);
        assertThat(create(named).path("realmId").asString()).isEqualTo(home);
    }

    @Test
    @DisplayName("given a realm, then a user is made in it, and moves by POST and by PUT")
    void moves() {
        String one = realm("Moves one");
        String two = realm("Moves two");
        JsonNode made = create(named("moves@x.example").put("realmId", one));
        String id = id(made);
        assertThat(made.path("realmId").asString()).isEqualTo(one);
        JsonNode moved = update("updateUser", id, "{\"realmId\":\"" + two + "\"}");
        assertThat(moved.path("realmId").asString()).isEqualTo(two);
        assertThat(moved.path("lastUpdated").asString())
                .isGreaterThan(made.path("lastUpdated").asString());
        assertThat(moved.path("profile")).isEqualTo(made.path("profile"));
        assertThat(update("replaceUser", id, Json.text(named("moves@x.example")))).isEqualTo(moved);
        ObjectNode back = named("moves@x.example").put("realmId", home);
        assertThat(update("replaceUser", id, Json.text(back)).path("realmId").asString())
                .isEqualTo(home);
        assertThat(ground.events(id))
                .containsExactly("user.lifecycle.create", "user.realm.update", "user.realm.update");
    }

    @Test
    @DisplayName("a deactivated user can be moved, and no more")
    void deactivated() {
        String one = realm("Deactivated");
        String id = id(create(named("deactivated@x.example")));
        ground.call("deactivateUser").on(id).reply();
        assertThat(
                        update("updateUser", id, "{\"realmId\":\"" + one + "\"}")
                                .path("realmId")
                                .asString())
                .isEqualTo(one);
        ObjectNode more = named("deactivated@x.example").put("realmId", home);
        UserGround.assertRefused(() -> update("updateUser", id, Json.text(more)), "E0000038", "");
    }

    @Test
    @DisplayName("given a realm that is not there, or another org's, then it is named as the cause")
    void unknown() {
        String nowhere = "guo0000000000000a1d1";
        String cause = "realmId: The realm '" + nowhere + "' does not exist";
        UserGround.assertRefused(
                () -> create(named("unknown@x.example").put("realmId", nowhere)),
                "E0000001",
                "realmId",
                cause);
        String id = id(create(named("unknown@x.example")));
        UserGround.assertRefused(
                () -> update("updateUser", id, "{\"realmId\":\"" + nowhere + "\"}"),
                "E0000001",
                "realmId",
                cause);
    }

    @Test
    @DisplayName(
            "given a realm with domains, then login and mail address have to be of one of them")
    void domains() {
        String cars = realm("Domains", "cars.example", "Vans.example");
        UserGround.assertRefused(
                () -> create(named("a@sub.cars.example").put("realmId", cars)),
                "E0000001",
                "login",
                "login" + DOMAINS,
                "email" + DOMAINS);
        JsonNode made = create(named("a@CARS.example").put("realmId", cars));
        String id = id(made);
        ObjectNode email = Json.object();
        email.putObject("profile").put("email", "a@mail.example");
        UserGround.assertRefused(
                () -> update("updateUser", id, Json.text(email)),
                "E0000001",
                "email",
                "email" + DOMAINS);
        email.withObject("/profile").put("email", "a@vans.example");
        update("updateUser", id, Json.text(email));
        String other = id(create(named("b@x.example")));
        UserGround.assertRefused(
                () -> update("updateUser", other, "{\"realmId\":\"" + cars + "\"}"),
                "E0000001",
                "login",
                "login" + DOMAINS,
                "email" + DOMAINS);
    }

    @Test
    @DisplayName("P29 a search finds by the realm, the default one too, right after the move")
    void searches() {
        String one = realm("Searched");
        String inOne = id(create(named("searched-1@x.example").put("realmId", one)));
        String atHome = id(create(named("searched-2@x.example")));
        assertThat(found("realmId eq \"" + one + "\"")).containsExactly(inOne);
        assertThat(found("realmId eq \"" + home + "\"")).contains(atHome).doesNotContain(inOne);
        assertThat(found("realmId ne \"" + one + "\"")).contains(atHome).doesNotContain(inOne);
        assertThat(found("realmId pr")).contains(atHome, inOne);
        assertThat(found("realmId sw \"" + one.substring(0, 17) + "\"")).containsExactly(inOne);
        update("updateUser", inOne, "{\"realmId\":\"" + home + "\"}");
        assertThat(found("realmId eq \"" + one + "\"")).isEmpty();
        assertThat(found("realmId eq \"" + home + "\"")).contains(atHome, inOne);
    }

    @Test
    @DisplayName("users cannot move themselves")
    void self() {
        String one = realm("Selfish");
        String id = id(create(named("self@x.example")));
        UserGround.assertRefused(
                () ->
                        ground.call("updateUser")
                                .as(UserGround.plain(id))
                                .on(id)
                                .body("{\"realmId\":\"" + one + "\"}")
                                .reply(),
                "E0000006",
                "");
    }

    @RepeatedTest(8)
    @DisplayName("P39 given a realm that goes while a user comes, then either is refused")
    void races() throws Exception {
        String realm = realm("Raced");
        String id = id(create(named("raced-" + realm + "@x.example")));
        List<String> codes =
                AtOnce.call(
                        List.<Callable<String>>of(
                                () -> code(() -> delete(realm)),
                                () ->
                                        code(
                                                () ->
                                                        update(
                                                                "updateUser",
                                                                id,
                                                                "{\"realmId\":\""
                                                                        + realm
                                                                        + "\"}"))));
        assertThat(codes).isIn(List.of("E0000178", ""), List.of("", "E0000001"));
        assertThat(ground.get(id).path("realmId").asString())
                .isEqualTo(codes.getFirst().isEmpty() ? home : realm);
        if (!codes.getFirst().isEmpty()) {
            update("updateUser", id, "{\"realmId\":\"" + home + "\"}");
            delete(realm);
        }
    }

    private JsonNode delete(String realm) {
        ground.callWith("deleteRealm", "realmId", realm).reply();
        return Json.object();
    }

    private static String code(Callable<?> call) throws Exception {
        try {
            call.call();
            return "";
        } catch (ApiException e) {
            return e.code();
        }
    }

    private String realm(String name, String... domains) {
        ObjectNode body = Json.object();
        ObjectNode profile = body.putObject("profile").put("name", name);
        List.of(domains).forEach(domain -> profile.withArray("domains").add(domain));
        return ground.call("createRealm").body(Json.text(body)).json().path("id").asString();
    }

    private static ObjectNode named(String login) {
        return UserGround.named(login);
    }

    private JsonNode create(ObjectNode body) {
        return ground.create(body, "activate=false");
    }

    private static String id(JsonNode user) {
        return user.path("id").asString();
    }

    private JsonNode update(String operation, String id, String body) {
        return ground.call(operation).on(id).body(body).json();
    }

    private List<String> found(String search) {
        return ground.call("listUsers")
                .query("search=" + URLEncoder.encode(search, StandardCharsets.UTF_8))
                .json()
                .valueStream()
                .map(UserRealmsTest::id)
                .toList();
    }
}
