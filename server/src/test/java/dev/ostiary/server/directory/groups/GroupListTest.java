package dev.ostiary.server.directory.groups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.server.directory.TestDirectory;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GroupListTest {

    private final TestDirectory directory;
    private final Org org;
    private final String ab;

    GroupListTest(DatabaseAccess access) {
        directory = new TestDirectory(access);
        org = directory.org("lists");
        directory.add(org, "{\"profile\":{\"name\":\"abc\",\"description\":\"Sales in Kraków\"}}");
        ab = directory.group(org, "AB");
        directory.group(org, "xAB");
        directory.group(org, "50%_off \"quoted\"");
        Org other = directory.org("lists-other");
        directory.group(other, "AB");
    }

    @AfterAll
    void close() {
        directory.close();
    }

    @Test
    @DisplayName("q finds names by their beginning in any case, exact ones first, without a Link")
    void q() {
        Reply reply = directory.call(org, "listGroups", Map.of(), "q=ab");
        assertThat(TestDirectory.names(reply)).containsExactly("AB", "abc");
        assertThat(reply.headers()).isEmpty();
        assertThat(directory.names(org, "q=50%25_")).containsExactly("50%_off \"quoted\"");
        assertThat(directory.names(org, "q=%25")).isEmpty();
        error("q=%00", "E0000020");
        assertThat(directory.names(org, "q=ab&limit=1")).containsExactly("AB");
        assertThat(directory.names(org, "q=ab&filter=" + encoded("type eq \"BUILT_IN\"")))
                .isEmpty();
    }

    @Test
    @DisplayName(
            "P24 P25 paging visits every group once; self and next repeat the other parameters")
    void pages() {
        Reply reply = directory.call(org, "listGroups", Map.of(), "limit=2&expand=stats");
        assertThat(TestDirectory.link(reply, "self"))
                .hasValue("/api/v1/groups?limit=2&expand=stats");
        List<String> seen = new ArrayList<>(TestDirectory.names(reply));
        Optional<String> next = TestDirectory.link(reply, "next");
        while (next.isPresent()) {
            assertThat(next.get()).contains("expand=stats").contains("limit=2");
            String query = next.get().substring(next.get().indexOf('?') + 1);
            reply = directory.call(org, "listGroups", Map.of(), query);
            seen.addAll(TestDirectory.names(reply));
            next = TestDirectory.link(reply, "next");
        }
        assertThat(seen).hasSize(6).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("P24 before reads the page that precedes; together with after it is a 400")
    void before() {
        Reply first = directory.call(org, "listGroups", Map.of(), "limit=3");
        String next = TestDirectory.link(first, "next").orElseThrow();
        String cursor = next.substring(next.indexOf("after=") + 6, next.indexOf('&'));
        assertThat(directory.names(org, "limit=2&before=" + cursor))
                .isEqualTo(TestDirectory.names(first).subList(0, 2));
        error("after=" + cursor + "&before=" + cursor, "E0000029");
        error("after=nonsense", "E0000029");
        error("limit=0", "E0000001");
        error("limit=10001", "E0000001");
        error("limit=x", "E0000001");
    }

    @Test
    @DisplayName("filter knows id, type and the two dates, and refuses other attributes")
    void filter() {
        assertThat(filtered("type eq \"BUILT_IN\"")).hasSize(2);
        assertThat(filtered("id eq \"" + ab + "\"")).containsExactly("AB");
        assertThat(
                        filtered(
                                "type eq \"OKTA_GROUP\" and"
                                        + " (lastUpdated gt \"2029-01-01T00:00:00.000Z\""
                                        + " or lastMembershipUpdated gt"
                                        + " \"2029-01-01T00:00:00.000Z\")"))
                .hasSize(4);
        assertThat(filtered("lastUpdated lt \"2029-01-01T00:00:00.000Z\"")).isEmpty();
        error("filter=" + encoded("profile.name eq \"AB\""), "E0000031");
        error("filter=" + encoded("id"), "E0000031");
        error("filter=", "E0000031");
        Reply reply =
                directory.call(
                        org, "listGroups", Map.of(), "filter=" + encoded("type eq \"OKTA_GROUP\""));
        assertThat(TestDirectory.link(reply, "self")).isPresent();
    }

    @Test
    @DisplayName("P29 search finds any attribute, values in any case, right after the write")
    void search() {
        assertThat(searched("profile.name eq \"ab\"")).containsExactly("AB");
        assertThat(searched("profile.name sw \"AB\"")).containsExactlyInAnyOrder("AB", "abc");
        assertThat(searched("profile.name co \"ab\""))
                .containsExactlyInAnyOrder("AB", "abc", "xAB");
        assertThat(searched("profile.name co \"\\\"quoted\"")).hasSize(1);
        assertThat(searched("profile.description co \"krak\u00d3w\"")).containsExactly("abc");
        assertThat(searched("profile.description pr and type eq \"okta_group\""))
                .containsExactly("abc");
        assertThat(searched("profile.samAccountName sw \"x\"")).isEmpty();
        assertThat(searched("source.id eq \"0oa2v0el0gP90aqjJ0g7\"")).isEmpty();
        assertThat(searched("id eq \"" + ab + "\"")).containsExactly("AB");
        assertThat(searched("created lt \"2029-01-01T00:00:00.000Z\"")).isEmpty();
        error("search=" + encoded("objectClass eq \"x\""), "E0000031");
        String name = directory.get(org, ab).path("id").stringValue();
        directory.replace(org, name, "{\"profile\":{\"name\":\"AB\",\"description\":\"fresh\"}}");
        assertThat(searched("profile.description eq \"FRESH\"")).containsExactly("AB");
    }

    @Test
    @DisplayName("search finds groups by the time of their last membership change")
    void lastMembershipUpdated() {
        Org fresh = directory.org("lists-changes");
        String member = directory.user(fresh, "changes@org.example");
        String quiet = directory.group(fresh, "quiet");
        String busy = directory.group(fresh, "busy");
        String now = directory.get(fresh, busy).path("lastMembershipUpdated").stringValue();
        String since = "search=" + encoded("lastMembershipUpdated gt \"" + now + "\"");
        assertThat(directory.names(fresh, since)).isEmpty();
        directory.member("assignUserToGroup", fresh, busy, member);
        assertThat(directory.names(fresh, since)).containsExactly("busy");
        assertThat(
                        directory.names(
                                fresh,
                                "search="
                                        + encoded("type eq \"OKTA_GROUP\"")
                                        + "&sortBy=lastMembershipUpdated&sortOrder=desc"))
                .containsExactly("busy", "quiet");
        assertThat(directory.get(fresh, quiet).path("lastMembershipUpdated").stringValue())
                .isLessThan(now);
    }

    @Test
    @DisplayName("a search is sorted by any attribute, groups that are equal in it by id")
    void sorted() {
        String all = "search=" + encoded("type eq \"OKTA_GROUP\"") + "&sortBy=";
        assertThat(directory.names(org, all + "profile.name"))
                .containsExactly("50%_off \"quoted\"", "AB", "abc", "xAB");
        assertThat(directory.names(org, all + "profile.name&sortOrder=desc"))
                .containsExactly("xAB", "abc", "AB", "50%_off \"quoted\"");
        Reply reply = directory.call(org, "listGroups", Map.of(), all + "profile.name&limit=3");
        String next = TestDirectory.link(reply, "next").orElseThrow();
        assertThat(directory.names(org, next.substring(next.indexOf('?') + 1)))
                .containsExactly("xAB");
        error(all + "nonsense", "E0000031");
    }

    @Test
    @DisplayName("expand=stats counts members, in Everyone all users")
    void stats() {
        Org fresh = directory.org("lists-stats");
        List<String> two = directory.users(fresh, List.of("s1@org.example", "s2@org.example"));
        String group = directory.group(fresh, "one");
        directory.member("assignUserToGroup", fresh, group, two.getFirst());
        JsonNode listed =
                TestDirectory.json(
                        directory.call(fresh, "listGroups", Map.of(), "expand=app,stats"));
        for (JsonNode found : listed) {
            JsonNode stats = found.at("/_embedded/stats");
            int expected =
                    switch (found.at("/profile/name").stringValue()) {
                        case "Everyone" -> 2;
                        case "one" -> 1;
                        default -> 0;
                    };
            assertThat(stats.path("usersCount").intValue()).isEqualTo(expected);
            assertThat(stats.path("appsCount").intValue()).isZero();
            assertThat(stats.path("groupPushMappingsCount").intValue()).isZero();
            assertThat(stats.path("hasAdminPrivilege").booleanValue()).isFalse();
            assertThat(stats.at("/_links/users/href").stringValue()).endsWith("/users");
        }
        JsonNode plain = TestDirectory.json(directory.call(fresh, "listGroups", Map.of(), ""));
        assertThat(plain.get(0).has("_embedded")).isFalse();
    }

    private List<String> filtered(String filter) {
        return directory.names(org, "filter=" + encoded(filter));
    }

    private List<String> searched(String search) {
        return directory.names(org, "search=" + encoded(search));
    }

    private void error(String query, String code) {
        assertThatThrownBy(() -> directory.names(org, query))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
