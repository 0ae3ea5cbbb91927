package dev.ostiary.server.directory.realms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.server.directory.TestDirectory;
import dev.ostiary.server.fixture.AtOnce;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("Realm assignments")
class RealmAssignmentsTest {

    private final TestDirectory directory;
    private final Org org;
    private final String realm;

    RealmAssignmentsTest(DatabaseAccess access) {
        directory = new TestDirectory(access);
        org = directory.org("assignments");
        realm = realm(org, "Car Co");
    }

    @AfterAll
    void close() {
        directory.close();
    }

    @Test
    @DisplayName("given a fresh org, then it has the catch-all, which nobody changes")
    void catchAll() {
        Org fresh = directory.org("assignments-fresh");
        String id = "rul" + fresh.id().substring(3);
        JsonNode only = list(fresh, "").get(0);
        assertThat(only.toString())
                .isEqualTo(
                        """
                        {"id":"%1$s","status":"ACTIVE","name":"Catch-all","created":"%2$s",\
                        "lastUpdated":"%2$s","isDefault":true,"conditions":{"expression":{}},\
                        "actions":{"assignUserToRealm":{"realmId":"%3$s"}},"priority":499,\
                        "_links":{"self":{"href":"https://org.example/api/v1/realm-assignments/%1$s",\
                        "method":"GET"}}}"""
                                .formatted(
                                        id, Dates.text(fresh.created()), Realm.defaultId(fresh)));
        assertThat(list(fresh, "")).hasSize(1);
        assertThat(get(fresh, id)).isEqualTo(only);
        String never = "The default realm assignment cannot be changed or deleted.";
        refused(() -> delete(fresh, id), never);
        refused(() -> step(fresh, "deactivate", id), never);
        refused(() -> step(fresh, "activate", id), never);
        refused(() -> replace(fresh, id, body("x", 3, Realm.defaultId(fresh))), never);
    }

    @Test
    @DisplayName("an assignment begins inactive, reads as it was made, and goes through its states")
    void states() {
        JsonNode made =
                json(
                        create(
                                org,
                                """
                                {"name":"Cars","priority":7,
                                "actions":{"assignUserToRealm":{"realmId":"%s"}},
                                "conditions":{"profileSourceId":"%s","expression":{}}}"""
                                        .formatted(realm, ProfileSources.own(org))),
                        201);
        String id = made.path("id").asString();
        assertThat(id).startsWith("rul").hasSize(20);
        assertThat(made.path("status").asString()).isEqualTo("INACTIVE");
        assertThat(made.path("domains").toString()).isEqualTo("[\"cars.example\"]");
        assertThat(made.path("conditions").toString())
                .isEqualTo(
                        "{\"profileSourceId\":\"%s\",\"expression\":{}}"
                                .formatted(ProfileSources.own(org)));
        assertThat(get(org, id)).isEqualTo(made);
        assertThat(step(org, "activate", id).status()).isEqualTo(204);
        assertThat(step(org, "activate", id).status()).isEqualTo(204);
        assertThat(get(org, id).path("status").asString()).isEqualTo("ACTIVE");
        JsonNode changed = json(replace(org, id, body("Vans", null, realm)), 200);
        assertThat(changed.path("name").asString()).isEqualTo("Vans");
        assertThat(changed.path("priority").asInt()).isEqualTo(7);
        assertThat(changed.path("status").asString()).isEqualTo("ACTIVE");
        assertThat(changed.at("/conditions/profileSourceId").isMissingNode()).isTrue();
        assertThat(changed.path("created")).isEqualTo(made.path("created"));
        step(org, "deactivate", id);
        assertThat(delete(org, id).status()).isEqualTo(204);
        TestDirectory.notFound(() -> get(org, id), id, "RealmAssignment");
        TestDirectory.notFound(() -> delete(org, id), id, "RealmAssignment");
        assertThat(directory.events(org).stream().filter(event -> event.endsWith(id)))
                .containsExactly(
                        "directory.realm.assignment.create RealmAssignment:" + id,
                        "directory.realm.assignment.update RealmAssignment:" + id,
                        "directory.realm.assignment.update RealmAssignment:" + id,
                        "directory.realm.assignment.update RealmAssignment:" + id,
                        "directory.realm.assignment.delete RealmAssignment:" + id);
    }

    @Test
    @DisplayName(
            "P24 P25 a list goes by priority, its cursor is the last one's, the catch-all ends it")
    void pages() {
        Org fresh = directory.org("assignments-paged");
        String home = Realm.defaultId(fresh);
        create(fresh, body("third", 30, home));
        create(fresh, body("first", 10, home));
        create(fresh, body("second", 20, home));
        create(fresh, body("fourth", null, home));
        List<String> seen = new ArrayList<>();
        List<String> queries = new ArrayList<>();
        String query = "limit=2";
        while (query != null) {
            queries.add(query);
            Reply page = directory.call(fresh, "listRealmAssignments", Map.of(), query);
            TestDirectory.json(page).forEach(each -> seen.add(each.path("name").asString()));
            query =
                    TestDirectory.link(page, "next")
                            .map(next -> next.substring(next.indexOf('?') + 1))
                            .orElse(null);
        }
        assertThat(seen).containsExactly("first", "second", "third", "fourth", "Catch-all");
        assertThat(queries.get(1)).contains("after=20");
        assertThat(queries.get(2)).contains("after=31");
        assertThatThrownBy(() -> list(fresh, "after=x"))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.code()).isEqualTo("E0000029"));
    }

    @Test
    @DisplayName("P6 every wrong field is named at once")
    void wrong() {
        refused(
                () -> create(org, "{\"priority\":499,\"name\":\" \"}"),
                "actions: The field cannot be left blank",
                "name: must be 1 to 255 characters",
                "priority: must be between 0 and 498");
        refused(
                () -> create(org, "{\"name\":\"x\",\"actions\":{\"assignUserToRealm\":{}}}"),
                "actions.assignUserToRealm.realmId: The field cannot be left blank");
        create(org, body("taken", 400, realm));
        refused(
                () ->
                        create(
                                org,
                                """
                                {"name":"x","priority":400,
                                "actions":{"assignUserToRealm":{"realmId":"guonone"}},
                                "conditions":{"profileSourceId":"0oanone"}}"""),
                "actions.assignUserToRealm.realmId: The realm 'guonone' does not exist",
                "conditions.profileSourceId: The profile source does not exist",
                "priority: Another realm assignment has the priority 400");
    }

    @Test
    @DisplayName("a profile source has 30 assignments at most")
    void sources() {
        Org fresh = directory.org("assignments-sources");
        String body =
                """
                {"name":"x","actions":{"assignUserToRealm":{"realmId":"%s"}},
                "conditions":{"profileSourceId":"%s"}}"""
                        .formatted(Realm.defaultId(fresh), ProfileSources.own(fresh));
        for (int n = 0; n < 30; n++) {
            create(fresh, body);
        }
        refused(
                () -> create(fresh, body),
                "conditions.profileSourceId: A profile source can have at most 30 assignments");
        create(fresh, body("of anybody", null, Realm.defaultId(fresh)));
    }

    @Test
    @DisplayName("a realm is kept while an assignment leads to it")
    void keepsRealm() {
        String kept = realm(org, "Kept");
        String id = json(create(org, body("keeper", null, kept)), 201).path("id").asString();
        assertThatThrownBy(() -> deleteRealm(kept))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        e -> {
                            assertThat(e.code()).isEqualTo("E0000178");
                            assertThat(e.arguments())
                                    .containsExactly("Realm assignments lead to it.");
                        });
        delete(org, id);
        assertThat(deleteRealm(kept).status()).isEqualTo(204);
    }

    @Test
    @DisplayName("P39 of many who want one priority at once, one gets it; all get one of their own")
    void races() throws Exception {
        Org fresh = directory.org("assignments-raced");
        String home = Realm.defaultId(fresh);
        List<Callable<Boolean>> wanting = new ArrayList<>();
        List<Callable<Boolean>> modest = new ArrayList<>();
        for (int n = 0; n < 10; n++) {
            wanting.add(() -> made(fresh, body("same", 3, home)));
            modest.add(() -> made(fresh, body("any", null, home)));
        }
        assertThat(Collections.frequency(AtOnce.call(wanting), true)).isEqualTo(1);
        assertThat(AtOnce.call(modest)).doesNotContain(false);
        assertThat(list(fresh, "")).hasSize(12);
    }

    @Test
    @DisplayName("P40 another org sees none of it")
    void apart() {
        Org there = directory.org("assignments-apart");
        String id = json(create(org, body("here", null, realm)), 201).path("id").asString();
        TestDirectory.notFound(() -> get(there, id), id, "RealmAssignment");
        TestDirectory.notFound(() -> delete(there, id), id, "RealmAssignment");
        TestDirectory.notFound(() -> step(there, "activate", id), id, "RealmAssignment");
        refused(
                () -> create(there, body("x", 1, realm)),
                "actions.assignUserToRealm.realmId: The realm '" + realm + "' does not exist");
        assertThat(list(there, "")).hasSize(1);
    }

    private boolean made(Org in, String body) {
        try {
            return create(in, body).status() == 201;
        } catch (ApiException e) {
            return false;
        }
    }

    private String realm(Org in, String name) {
        return TestDirectory.json(
                        directory.call(
                                in,
                                "createRealm",
                                Map.of(),
                                "",
                                """
                                {"profile":{"name":"%s","domains":["cars.example"]}}"""
                                        .formatted(name)))
                .path("id")
                .asString();
    }

    private Reply deleteRealm(String id) {
        return directory.call(org, "deleteRealm", Map.of("realmId", id), "");
    }

    private static String body(String name, @Nullable Integer priority, String realm) {
        var body = Json.object().put("name", name);
        if (priority != null) {
            body.put("priority", priority);
        }
        body.putObject("actions").putObject("assignUserToRealm").put("realmId", realm);
        return Json.text(body);
    }

    private static JsonNode json(Reply reply, int status) {
        assertThat(reply.status()).isEqualTo(status);
        return TestDirectory.json(reply);
    }

    private Reply create(Org in, String body) {
        return directory.call(in, "createRealmAssignment", Map.of(), "", body);
    }

    private JsonNode get(Org in, String id) {
        return TestDirectory.json(on(in, "getRealmAssignment", id, ""));
    }

    private Reply replace(Org in, String id, String body) {
        return on(in, "replaceRealmAssignment", id, body);
    }

    private Reply step(Org in, String step, String id) {
        return on(in, step + "RealmAssignment", id, "");
    }

    private Reply delete(Org in, String id) {
        return on(in, "deleteRealmAssignment", id, "");
    }

    private Reply on(Org in, String operation, String id, String body) {
        return directory.call(in, operation, Map.of("assignmentId", id), "", body);
    }

    private JsonNode list(Org in, String query) {
        return TestDirectory.json(directory.call(in, "listRealmAssignments", Map.of(), query));
    }

    private static void refused(ThrowingCallable call, String... causes) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ApiException.class,
                        e -> {
                            assertThat(e.code()).isEqualTo("E0000001");
                            assertThat(e.causes()).containsExactly(causes);
                        });
    }
}
