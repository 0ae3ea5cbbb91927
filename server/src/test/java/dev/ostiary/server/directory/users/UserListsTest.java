package dev.ostiary.server.directory.users;

import static dev.ostiary.server.directory.users.UserGround.link;
import static dev.ostiary.server.directory.users.UserGround.logins;
import static dev.ostiary.server.directory.users.UserGround.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** The four ways to list users, on PostgreSQL. */
@ExtendWith(TestDatabase.class)
class UserListsTest {

    private static UserGround ground;

    @BeforeAll
    static void open(DatabaseAccess access) {
        ground = new UserGround(access);
        add("ann@example.com", "Ann", "Lee", "Astronomy");
        add("bob@example.com", "Bob", "Brown", "Botany");
        add("cem@example.org", "Cem", "Çelik", "Astronomy");
        add("dan@example.org", "Dan", "Anders", "");
        add("eve@example.org", "Eve", "Lee", "Chemistry");
        String gone = add("gone@example.org", "Gone", "Lee", "Chemistry");
        ground.call("deactivateUser").on(gone).reply();
        ground.call("createUser")
                .in(ground.other)
                .body(Json.text(named("ann@example.com")))
                .reply();
    }

    private static String add(String login, String first, String last, String department) {
        ObjectNode body = named(login);
        ((ObjectNode) body.path("profile"))
                .put("firstName", first)
                .put("lastName", last)
                .put("department", department);
        return ground.create(body, "activate=false").path("id").stringValue();
    }

    @AfterAll
    static void close() {
        ground.close();
    }

    private static Reply list(String query) {
        return ground.call("listUsers").query(query).reply();
    }

    private static String by(String parameter, String expression) {
        return parameter + "=" + URLEncoder.encode(expression, StandardCharsets.UTF_8);
    }

    /** The parts of logins before their at signs, a word each. */
    private static String names(Reply reply) {
        List<String> names = new ArrayList<>();
        logins(Json.parse(reply.body())).forEach(login -> names.add(login.split("@")[0]));
        return String.join(" ", names);
    }

    private static List<String> paged(String query) {
        List<String> pages = new ArrayList<>();
        Optional<String> next = Optional.of("/api/v1/users?" + query);
        while (next.isPresent()) {
            Reply reply = list(next.get().substring("/api/v1/users?".length()));
            pages.add(names(reply));
            next = link(reply, "next");
        }
        return pages;
    }

    @Test
    @DisplayName(
            "P40 the plain list has all but the deprovisioned, in order of creation, of this org")
    void thePlainList() {
        assertThat(names(list(""))).isEqualTo("ann bob cem dan eve");
    }

    @Test
    @DisplayName(
            "P24 P25 the plain list pages by the id of its last user, and keeps other parameters")
    void thePlainListPages() {
        Reply reply = list("limit=2&fields=id,profile:(login)&x=1");
        String last = Json.parse(reply.body()).get(1).path("id").stringValue();
        assertThat(link(reply, "self"))
                .contains("/api/v1/users?limit=2&fields=id%2Cprofile%3A%28login%29&x=1");
        assertThat(link(reply, "next"))
                .contains(
                        "/api/v1/users?fields=id%2Cprofile%3A%28login%29&x=1&after="
                                + last
                                + "&limit=2");
        assertThat(paged("limit=2")).containsExactly("ann bob", "cem dan", "eve");
    }

    @ParameterizedTest(name = "q={0}")
    @CsvSource({
        "a, ann dan",
        "LEE, ann eve",
        "eve@example, eve",
        "ç, cem",
        "nn, ''",
        "gone, ''",
    })
    @DisplayName("q finds the beginnings of names and mail addresses")
    void beginnings(String text, String found) {
        assertThat(names(list(by("q", text)))).isEqualTo(found);
    }

    @Test
    @DisplayName("q has ten at most unless more are asked for, and never a next page")
    void beginningsDoNotPage() {
        Reply reply = list("q=example&limit=1");
        assertThat(link(reply, "next")).isEmpty();
        assertThat(link(list("q=a&limit=1"), "next")).isEmpty();
        assertThat(link(list("q=a&limit=1"), "self")).isPresent();
    }

    @ParameterizedTest(name = "filter={0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "status eq \"STAGED\" | ann bob cem dan eve",
                "status eq \"DEPROVISIONED\" | gone",
                "profile.lastName eq \"Lee\" | ann eve gone",
                "profile.lastName eq \"lee\" | ''",
                "profile.email eq \"bob@example.com\" or profile.login eq \"eve@example.org\" | bob eve",
                "lastUpdated gt \"2030-01-01T00:00:00.000Z\" and profile.firstName eq \"Dan\" | dan",
                "lastUpdated lt \"2030-01-01T00:00:00.000Z\" | ''",
            })
    @DisplayName("P26 filter knows a few attributes, letter by letter, the deprovisioned included")
    void filters(String expression, String found) {
        assertThat(names(list(by("filter", expression)))).isEqualTo(found);
    }

    @ParameterizedTest(name = "search={0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "status eq \"staged\" | ann bob cem dan eve",
                "status lt \"STAGED\" or status gt \"STAGED\" | gone",
                "profile.department eq \"ASTRONOMY\" | ann cem",
                "profile.department sw \"astro\" or profile.department sw \"bot\" | ann bob cem",
                "profile.lastName co \"ee\" and not (status eq \"DEPROVISIONED\") | ann eve",
                "profile.lastName eq \"celik\" | ''",
                "profile.lastName eq \"çelik\" | cem",
                "profile.department pr | ann bob cem eve gone",
                "created ge \"2030-01-01T00:00:00.000Z\" and profile.login ew \".com\" | ann bob",
                "activated pr | ''",
                "statusChanged pr | gone",
            })
    @DisplayName("P26 P27 search knows every attribute, in any case, the deprovisioned included")
    void searches(String expression, String found) {
        assertThat(names(list(by("search", expression)))).isEqualTo(found);
    }

    @Test
    void searchKnowsTheType() {
        String type = UserType.defaultOf(ground.org).id();
        assertThat(names(list(by("search", "type.id eq \"" + type + "\"") + "&limit=2")))
                .isEqualTo("ann bob");
    }

    @Test
    @DisplayName("P24 a sorted search pages in its order, equal values by id, absent ones last")
    void sortedSearchesPage() {
        String all = by("search", "status eq \"STAGED\"");
        assertThat(paged(all + "&sortBy=profile.lastName&limit=2"))
                .containsExactly("dan bob", "ann eve", "cem");
        assertThat(paged(all + "&sortBy=profile.lastName&sortOrder=desc&limit=3"))
                .containsExactly("cem eve ann", "bob dan");
        assertThat(paged(all + "&sortBy=created&sortOrder=desc&limit=4"))
                .containsExactly("eve dan cem bob", "ann");
        assertThat(paged(all + "&limit=3")).containsExactly("ann bob cem", "dan eve");
    }

    @ParameterizedTest(name = "{0}={1} is refused with {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "search | shoeSize eq 43 | E0000031",
                "search | profile.shoeSize eq 43 | E0000031",
                "search | Status eq \"ACTIVE\" | E0000031",
                "search | status | E0000031",
                "search | created gt \"yesterday\" | E0000030",
                "filter | profile.city eq \"Oslo\" | E0000031",
                "filter | () | E0000031",
                "limit | many | E0000001",
                "after | .. | E0000029",
                "fields | profile:(a | E0000001",
            })
    @DisplayName("P25 P28 P30 what cannot be read is a clean 400")
    void refusals(String parameter, String value, String code) {
        assertThatThrownBy(() -> list(by(parameter, value)))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void oneWayAtATime() {
        assertThatThrownBy(() -> list("q=a&" + by("filter", "status eq \"STAGED\"")))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.code()).isEqualTo("E0000033"));
    }
}
