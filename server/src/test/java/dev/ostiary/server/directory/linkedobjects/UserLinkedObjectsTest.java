package dev.ostiary.server.directory.linkedobjects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.platform.access.Caller;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.server.directory.TestDirectory;
import dev.ostiary.server.fixture.AtOnce;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("Links between users")
class UserLinkedObjectsTest {

    private static final String USERS = "https://org.example/api/v1/users/";
    private static final String MANAGER = "manager";
    private static final String SUBORDINATE = "subordinate";

    private final TestDirectory directory;
    private final Org org;

    UserLinkedObjectsTest(DatabaseAccess access) {
        directory = new TestDirectory(access);
        org = directory.org("links");
        define(org);
    }

    @AfterAll
    void close() {
        directory.close();
    }

    @Test
    @DisplayName("a user has one primary, who may have many; a further one takes its place")
    void onePrimary() {
        String bob = user("bob");
        String jane = user("jane");
        String joe = user("joe");
        String frank = user("frank");
        assertThat(assign(org, joe, MANAGER, bob).status()).isEqualTo(204);
        assign(org, frank, MANAGER, bob);
        assertThat(linked(org, joe, MANAGER)).containsExactly(bob);
        assertThat(linked(org, bob, SUBORDINATE)).containsExactlyInAnyOrder(joe, frank);

        assign(org, joe, MANAGER, jane);
        assertThat(linked(org, joe, MANAGER)).containsExactly(jane);
        assertThat(linked(org, bob, SUBORDINATE)).containsExactly(frank);
        assertThat(linked(org, jane, SUBORDINATE)).containsExactly(joe);
    }

    @Test
    @DisplayName("a user may be its own primary, and two each other's, as the documentation says")
    void circles() {
        String ceo = user("ceo");
        String chair = user("chair");
        assign(org, ceo, MANAGER, ceo);
        assertThat(linked(org, ceo, MANAGER)).containsExactly(ceo);
        assertThat(linked(org, ceo, SUBORDINATE)).containsExactly(ceo);
        assign(org, ceo, MANAGER, chair);
        assign(org, chair, MANAGER, ceo);
        assertThat(linked(org, ceo, SUBORDINATE)).containsExactly(chair);
        assertThat(linked(org, chair, SUBORDINATE)).containsExactly(ceo);
    }

    @Test
    @DisplayName("P10 without links a list is empty and deleting succeeds; a deleted link is gone")
    void removed() {
        String lone = user("lone");
        assertThat(linked(org, lone, MANAGER)).isEmpty();
        assertThat(linked(org, lone, SUBORDINATE)).isEmpty();
        assertThat(delete(org, lone, MANAGER).status()).isEqualTo(204);
        assign(org, lone, MANAGER, user("late"));
        assertThat(delete(org, lone, MANAGER).status()).isEqualTo(204);
        assertThat(linked(org, lone, MANAGER)).isEmpty();
    }

    @Test
    @DisplayName("users are found by login and by me, and lists link to ids")
    void references() {
        String ann = user("ann");
        String max = user("max");
        Caller caller = TestDirectory.plain(ann);
        assign(org, "ann@org.example", MANAGER, "max@org.example");
        assertThat(linked(org, "ann", MANAGER)).containsExactly(max);
        Reply own =
                directory.call(
                        org,
                        caller,
                        "listLinkedObjectsForUser",
                        Map.of("userIdOrLogin", "me", "relationshipName", MANAGER),
                        "",
                        "");
        assertThat(ids(own)).containsExactly(max);
        assertThat(TestDirectory.link(own, "self"))
                .contains("/api/v1/users/me/linkedObjects/manager");
    }

    @Test
    @DisplayName("a user without a role sees its own links, and nobody else's")
    void own() {
        String me = user("me-myself");
        for (String other : List.of(user("not-me"), "nobody@org.example")) {
            assertThatThrownBy(
                            () ->
                                    directory.call(
                                            org,
                                            TestDirectory.plain(me),
                                            "listLinkedObjectsForUser",
                                            Map.of(
                                                    "userIdOrLogin",
                                                    other,
                                                    "relationshipName",
                                                    MANAGER),
                                            "",
                                            ""))
                    .isInstanceOfSatisfying(
                            ApiException.class, e -> assertThat(e.code()).isEqualTo("E0000006"));
        }
    }

    @Test
    @DisplayName("links are changed by the name of the primary side only")
    void unknownRelation() {
        String eve = user("eve");
        String dan = user("dan");
        for (String name : List.of("nothing", SUBORDINATE, "a b\0")) {
            TestDirectory.notFound(() -> assign(org, eve, name, dan), name, "LinkedObject");
            TestDirectory.notFound(() -> delete(org, eve, name), name, "LinkedObject");
        }
        TestDirectory.notFound(() -> linked(org, eve, "nothing"), "nothing", "LinkedObject");
        TestDirectory.notFound(() -> assign(org, "nobody", MANAGER, dan), "nobody", "User");
        TestDirectory.notFound(() -> assign(org, eve, MANAGER, "nobody"), "nobody", "User");
    }

    @Test
    @DisplayName("P38 each change of a link is a change of the associated user's profile, once")
    void logged() {
        Org fresh = directory.org("links-logged");
        define(fresh);
        String one = directory.user(fresh, "one@org.example");
        String two = directory.user(fresh, "two@org.example");
        assign(fresh, one, MANAGER, two);
        assign(fresh, one, MANAGER, two);
        delete(fresh, one, MANAGER);
        delete(fresh, one, MANAGER);
        assertThat(directory.events(fresh))
                .containsExactly(
                        "directory.linked_object.create LinkedObject:manager",
                        "user.account.update_profile User:" + one + " User:" + two,
                        "user.account.update_profile User:" + one);
    }

    @Test
    @DisplayName("with a definition its links go, and do not come back with one of the same name")
    void definitionGone() {
        Org fresh = directory.org("links-dropped");
        define(fresh);
        String one = directory.user(fresh, "one@org.example");
        String two = directory.user(fresh, "two@org.example");
        assign(fresh, one, MANAGER, two);
        directory.call(
                fresh, "deleteLinkedObjectDefinition", Map.of("linkedObjectName", SUBORDINATE), "");
        TestDirectory.notFound(() -> linked(fresh, one, MANAGER), MANAGER, "LinkedObject");
        define(fresh);
        assertThat(linked(fresh, one, MANAGER)).isEmpty();
        assertThat(linked(fresh, two, SUBORDINATE)).isEmpty();
    }

    @Test
    @DisplayName("with a user its links go, on either side")
    void userGone() {
        String gone = user("gone");
        String above = user("above");
        String below = user("below");
        assign(org, gone, MANAGER, above);
        assign(org, below, MANAGER, gone);
        directory.deleteUser(org, gone);
        assertThat(linked(org, above, SUBORDINATE)).isEmpty();
        assertThat(linked(org, below, MANAGER)).isEmpty();
    }

    @Test
    @DisplayName("P40 users and relations of another org are as none")
    void apart() {
        Org there = directory.org("links-there");
        String theirs = directory.user(there, "theirs@org.example");
        String ours = user("ours");
        TestDirectory.notFound(
                () -> assign(there, theirs, MANAGER, theirs), MANAGER, "LinkedObject");
        define(there);
        TestDirectory.notFound(() -> assign(there, theirs, MANAGER, ours), ours, "User");
        TestDirectory.notFound(() -> assign(org, theirs, MANAGER, ours), theirs, "User");
        assign(org, ours, MANAGER, ours);
        assign(there, theirs, MANAGER, theirs);
        delete(there, theirs, MANAGER);
        assertThat(linked(org, ours, MANAGER)).containsExactly(ours);
    }

    @Test
    @DisplayName(
            "P39 of many who assign at once one wins, and the log tells of each who changed it")
    void raced() throws Exception {
        String junior = user("junior");
        List<String> seniors = IntStream.range(0, 12).mapToObj(n -> user("senior" + n)).toList();
        List<Callable<Integer>> calls = new ArrayList<>();
        seniors.forEach(senior -> calls.add(() -> assign(org, junior, MANAGER, senior).status()));
        assertThat(AtOnce.call(calls)).containsOnly(204);
        String winner = linked(org, junior, MANAGER).getFirst();
        for (String senior : seniors) {
            List<String> below = linked(org, senior, SUBORDINATE);
            assertThat(below).isEqualTo(senior.equals(winner) ? List.of(junior) : List.of());
        }
        assertThat(directory.events(org))
                .filteredOn(event -> event.contains("User:" + junior + " "))
                .hasSize(12);
    }

    @Test
    @DisplayName("P37 P39 users deleted while others link to them: done or 404, and nothing stays")
    void deletedMeanwhile() throws Exception {
        String doomed = user("doomed");
        List<String> others = IntStream.range(0, 12).mapToObj(n -> user("linker" + n)).toList();
        List<Callable<Integer>> calls = new ArrayList<>();
        for (String other : others) {
            calls.add(() -> status(() -> assign(org, other, MANAGER, doomed).status()));
            calls.add(() -> status(() -> assign(org, doomed, MANAGER, other).status()));
        }
        calls.add(
                12,
                () -> {
                    directory.deleteUser(org, doomed);
                    return 204;
                });
        assertThat(AtOnce.call(calls)).isSubsetOf(204, 404);
        for (String other : others) {
            assertThat(linked(org, other, MANAGER)).isEmpty();
            assertThat(linked(org, other, SUBORDINATE)).isEmpty();
        }
    }

    private static int status(Callable<Integer> call) throws Exception {
        try {
            return call.call();
        } catch (ApiException e) {
            assertThat(e.code()).isEqualTo("E0000007");
            return 404;
        }
    }

    private void define(Org in) {
        directory.call(
                in,
                "createLinkedObjectDefinition",
                Map.of(),
                "",
                """
                {"primary": {"name": "manager", "title": "Manager", "type": "USER"},
                 "associated": {"name": "subordinate", "title": "Subordinate", "type": "USER"}}""");
    }

    private String user(String name) {
        return directory.user(org, name + "@org.example");
    }

    private Reply assign(Org in, String associated, String relation, String primary) {
        return directory.call(
                in,
                "assignLinkedObjectValueForPrimary",
                Map.of(
                        "userIdOrLogin",
                        associated,
                        "primaryRelationshipName",
                        relation,
                        "primaryUserId",
                        primary),
                "");
    }

    private Reply delete(Org in, String user, String relation) {
        return directory.call(
                in,
                "deleteLinkedObjectForUser",
                Map.of("userIdOrLogin", user, "relationshipName", relation),
                "");
    }

    private List<String> linked(Org in, String user, String relation) {
        return ids(
                directory.call(
                        in,
                        "listLinkedObjectsForUser",
                        Map.of("userIdOrLogin", user, "relationshipName", relation),
                        ""));
    }

    private static List<String> ids(Reply reply) {
        List<String> ids = new ArrayList<>();
        TestDirectory.json(reply)
                .forEach(
                        link -> {
                            String href = link.at("/_links/self/href").asString();
                            assertThat(href).startsWith(USERS);
                            ids.add(href.substring(USERS.length()));
                        });
        return ids;
    }
}
