package dev.ostiary.server.directory.users;

import static dev.ostiary.server.directory.users.UserGround.logins;
import static dev.ostiary.server.directory.users.UserGround.named;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.org.OrgSettings;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.node.ObjectNode;

/** An org that asks for a delay of its searches. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UserSearchDelayTest {

    private static final Duration DELAY = Duration.ofSeconds(2);

    private final UserGround ground;
    private final Org late;

    UserSearchDelayTest(DatabaseAccess access) {
        ground = new UserGround(access);
        late = ground.org.with(OrgSettings.defaults().searchDelay(DELAY));
    }

    @AfterAll
    void close() {
        ground.close();
    }

    private String create(Org org, String login, String lastName) {
        ObjectNode body = named(login);
        body.withObjectProperty("profile").put("lastName", lastName);
        return ground.call("createUser")
                .in(org)
                .query("activate=false")
                .body(Json.text(body))
                .json()
                .path("id")
                .stringValue();
    }

    private void rename(String id, String lastName) {
        ground.call("updateUser")
                .in(late)
                .on(id)
                .body("{\"profile\":{\"lastName\":\"" + lastName + "\"}}")
                .reply();
    }

    private List<String> list(Org org, String parameter, String text) {
        return logins(
                ground.call("listUsers")
                        .in(org)
                        .query(parameter + "=" + URLEncoder.encode(text, StandardCharsets.UTF_8))
                        .json());
    }

    /** By search, filter and q, which agree. */
    private List<String> called(Org org, String lastName) {
        List<String> found = list(org, "search", "profile.lastName eq \"" + lastName + "\"");
        assertThat(list(org, "filter", "profile.lastName eq \"" + lastName + "\""))
                .isEqualTo(found);
        assertThat(list(org, "q", lastName)).isEqualTo(found);
        return found;
    }

    @Test
    @DisplayName(
            "P29 given a new user, then by id at once, by search, filter and q after the delay")
    void created() {
        String id = create(late, "new@example.com", "Newman");

        assertThat(ground.call("getUser").in(late).on(id).json().path("id").asString())
                .isEqualTo(id);
        assertThat(logins(ground.call("listUsers").in(late).json())).contains("new@example.com");
        assertThat(called(late, "Newman")).isEmpty();
        assertThat(list(late, "search", "not (profile.lastName eq \"Nobody\")"))
                .doesNotContain("new@example.com");
        assertThat(called(ground.org, "Newman")).as("without the delay").hasSize(1);

        ground.pass(DELAY);

        assertThat(called(late, "Newman")).containsExactly("new@example.com");
    }

    @Test
    @DisplayName("P29 given changes in a row, then searches see each after the delay, in order")
    void changed() {
        String id = create(late, "change@example.com", "First");
        ground.pass(DELAY);
        rename(id, "Second");
        ground.pass(Duration.ofSeconds(1));
        rename(id, "Third");

        assertThat(called(late, "First")).hasSize(1);
        assertThat(called(late, "Second")).isEmpty();
        assertThat(called(late, "Third")).isEmpty();

        ground.pass(Duration.ofSeconds(1));

        assertThat(called(late, "First")).isEmpty();
        assertThat(called(late, "Second")).hasSize(1);
        assertThat(called(late, "Third")).isEmpty();

        ground.pass(Duration.ofSeconds(1));

        assertThat(called(late, "Second")).isEmpty();
        assertThat(called(late, "Third")).hasSize(1);
    }

    @Test
    @DisplayName("P29 given another status, then filter and search see it after the delay")
    void status() {
        String id = create(late, "status@example.com", "Status");
        ground.pass(DELAY);
        ground.call("activateUser").in(late).on(id).query("sendEmail=false").reply();

        for (String parameter : List.of("search", "filter")) {
            assertThat(list(late, parameter, "status eq \"STAGED\""))
                    .contains("status@example.com");
            assertThat(list(late, parameter, "status ne \"STAGED\""))
                    .doesNotContain("status@example.com");
        }

        ground.pass(DELAY);

        for (String parameter : List.of("search", "filter")) {
            assertThat(list(late, parameter, "status eq \"STAGED\""))
                    .doesNotContain("status@example.com");
            assertThat(list(late, parameter, "status ne \"STAGED\""))
                    .contains("status@example.com");
        }
    }

    @Test
    @DisplayName("P29 given a deleted user, then searches do not find it any more, at once")
    void deleted() {
        String id = create(late, "gone@example.com", "Gone");
        ground.pass(DELAY);
        rename(id, "Goner");
        ground.call("deleteUser").in(late).on(id).reply();
        ground.call("deleteUser").in(late).on(id).reply();

        assertThat(called(late, "Gone")).isEmpty();
        assertThat(called(late, "Goner")).isEmpty();
    }

    @Test
    @DisplayName("P29 given the delay is taken away, then searches see everything at once")
    void takenAway() {
        create(late, "away@example.com", "Away");
        assertThat(called(late, "Away")).isEmpty();
        assertThat(called(ground.org, "Away")).hasSize(1);
    }

    @Test
    @DisplayName("P24 P29 given a delay, then sorted pages repeat and skip nobody")
    void pages() {
        for (int n = 0; n < 5; n++) {
            create(late, "page" + n + "@example.com", "Page");
        }
        ground.pass(DELAY);
        for (int n = 5; n < 8; n++) {
            create(late, "page" + n + "@example.com", "Page");
        }
        StringBuilder seen = new StringBuilder();
        String query =
                "search=profile.lastName+eq+%22Page%22&sortBy=profile.login&sortOrder=desc&limit=2";
        while (!query.isEmpty()) {
            var reply = ground.call("listUsers").in(late).query(query).reply();
            logins(Json.parse(reply.body())).forEach(login -> seen.append(login.charAt(4)));
            query =
                    UserGround.link(reply, "next")
                            .map(url -> url.substring(url.indexOf('?') + 1))
                            .orElse("");
        }
        assertThat(seen.toString()).isEqualTo("43210");
    }

    @Test
    @DisplayName("P40 given a delay in two orgs, then neither finds the other's users, old or new")
    void otherOrg() {
        Org otherLate = ground.other.with(late.settings());
        String id = create(late, "wall@example.com", "Wall");
        ground.pass(DELAY);
        rename(id, "Wallace");

        assertThat(called(otherLate, "Wall")).isEmpty();
        ground.pass(DELAY);
        assertThat(called(otherLate, "Wall")).isEmpty();
        assertThat(called(late, "Wallace")).hasSize(1);
    }

    @Test
    @DisplayName("given states that no delay can ask for any more, then the next change drops them")
    void forgotten() {
        String id = create(late, "old@example.com", "Old");
        rename(id, "Older");
        ground.pass(OrgSettings.LONGEST_DELAY.plusSeconds(1));
        rename(id, "Oldest");

        List<String> kept =
                ground.database.read(
                        late.number(),
                        reader ->
                                reader.list(
                                        Sql.of(
                                                "SELECT id FROM user_search_before"
                                                        + " WHERE org_id = ? AND id = ?",
                                                late.number(),
                                                id),
                                        row -> row.text("id")));
        assertThat(kept).hasSize(1);
    }
}
