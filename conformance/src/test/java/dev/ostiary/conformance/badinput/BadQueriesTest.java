package dev.ostiary.conformance.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Http;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SuiteServer.class)
@Timeout(120)
@DisplayName("Bad queries, ids and cursors")
class BadQueriesTest {

    private static final Pattern AFTER = Pattern.compile("after=([^&>]+)");

    /** The parameters that take an expression, by list. */
    private static final Map<String, List<String>> EXPRESSIONS =
            Map.of(
                    "/api/v1/users", List.of("filter", "search"),
                    "/api/v1/groups", List.of("filter", "search"),
                    "/api/v1/logs", List.of("filter"));

    private final Server server;
    private final Org org;

    BadQueriesTest(Server server, Org org) {
        this.server = server;
        this.org = org;
    }

    @Test
    @DisplayName("P30 a filter of 100 kB and one of 10 000 parentheses: 400 at once")
    void hugeExpressions() {
        List<String> huge =
                List.of(
                        "id eq \"" + "x".repeat(100_000) + "\"",
                        "id eq \"a\"" + " or id eq \"a\"".repeat(7000),
                        "(".repeat(10_000) + "id eq \"a\"" + ")".repeat(10_000),
                        "(".repeat(10_000),
                        "not ".repeat(10_000) + "(id eq \"a\")",
                        "not (".repeat(10_000) + "id eq \"a\"" + ")".repeat(10_000));
        eachExpression(
                (list, parameter) ->
                        huge.forEach(
                                expression -> {
                                    long started = System.nanoTime();
                                    Answer answer =
                                            org.http()
                                                    .get(
                                                            list
                                                                    + "?"
                                                                    + parameter
                                                                    + "="
                                                                    + encode(expression));
                                    assertThat(answer.status())
                                            .as(list + " " + parameter)
                                            .isEqualTo(400);
                                    assertThat(answer.errorCode()).startsWith("E00000");
                                    assertThat(Duration.ofNanos(System.nanoTime() - started))
                                            .isLessThan(Duration.ofSeconds(5));
                                }));
        new StillThere(org).check();
    }

    @Test
    @DisplayName("P26 expressions that are none: 400, and nothing of them reaches SQL")
    void brokenExpressions() {
        List<String> broken =
                List.of(
                        " ",
                        "()",
                        "\"text\"",
                        "id",
                        "id eq",
                        "id eq \"a",
                        "id pr \"a\"",
                        "id eq 'a'",
                        "id eq \"a\" and",
                        "and id eq \"a\"",
                        "id eq \"a\"; DROP TABLE users",
                        "id eq \"a\" id eq \"b\"",
                        "profile.'||pg_sleep(10)||' eq \"a\"",
                        "id eq \"a\\u0000\"",
                        "id eq \"\\ud800\"",
                        "id like \"%\"",
                        "created gt \"yesterday\"",
                        "ID eq \"a\"",
                        "\u0000");
        eachExpression(
                (list, parameter) ->
                        broken.forEach(
                                expression -> {
                                    Answer answer =
                                            org.http()
                                                    .get(
                                                            list
                                                                    + "?"
                                                                    + parameter
                                                                    + "="
                                                                    + encode(expression));
                                    assertThat(answer.status())
                                            .as(answer.toString())
                                            .isEqualTo(400);
                                }));
    }

    @Test
    @DisplayName("P30 quotes, wildcards and escapes are letters like others")
    void injectedLetters() {
        for (String letters :
                List.of(
                        "' OR '1'='1",
                        "%",
                        "_",
                        "\\\\",
                        "$1",
                        "a'); DELETE FROM users; --",
                        "${jndi:ldap://x}")) {
            String literal = "\"" + letters + "\"";
            for (String operator : List.of("eq", "sw", "co")) {
                Answer answer =
                        org.http()
                                .get(
                                        "/api/v1/users?search="
                                                + encode(
                                                        "profile.lastName "
                                                                + operator
                                                                + " "
                                                                + literal));
                assertThat(answer.expect(200).json().size()).as(letters).isZero();
            }
            assertThat(
                            org.http()
                                    .get("/api/v1/users?q=" + encode(letters))
                                    .expect(200)
                                    .json()
                                    .size())
                    .isZero();
            assertThat(
                            org.http()
                                    .get("/api/v1/groups?q=" + encode(letters))
                                    .expect(200)
                                    .json()
                                    .size())
                    .isZero();
        }
    }

    @Test
    @DisplayName("P25 a cursor with any letter changed: a clean 400 or a page, never a 500")
    void tamperedCursors() {
        Directory directory = new Directory(org);
        for (int i = 0; i < 3; i++) {
            directory.staged("cursor" + i + "@example.com");
            directory.group("Cursor " + i);
        }
        for (String list :
                List.of(
                        "/api/v1/users?limit=1",
                        "/api/v1/groups?limit=1",
                        "/api/v1/logs?limit=1",
                        "/api/v1/users?limit=1&search=" + encode("status pr"))) {
            String cursor = cursor(org.http().get(list).expect(200));
            for (int i = 0; i < cursor.length(); i++) {
                char changed = cursor.charAt(i) == 'A' ? 'B' : 'A';
                clean(org.http(), list, cursor.substring(0, i) + changed + cursor.substring(i + 1));
                clean(org.http(), list, cursor.substring(0, i));
            }
            for (String nonsense :
                    List.of(
                            "%00",
                            "%F0%9F%9A%A2",
                            "%27%3B--",
                            "-1",
                            "999999999999999999999",
                            "x".repeat(20_000),
                            "..%2F..")) {
                clean(org.http(), list, nonsense);
            }
            assertThat(clean(org.http(), list, "%21%21not-a-cursor%21%21").status()).isEqualTo(400);
        }
        new StillThere(org).check();
    }

    @Test
    @DisplayName("P40 another org's cursor shows nothing of that org")
    void foreignCursor() {
        Org other = server.newOrg();
        Directory directory = new Directory(other);
        List<String> foreign =
                List.of("secret-a@example.com", "secret-b@example.com").stream()
                        .map(directory::staged)
                        .map(Directory::id)
                        .toList();
        for (String list : List.of("/api/v1/users?limit=1", "/api/v1/logs?limit=1")) {
            Answer answer = clean(org.http(), list, cursor(other.http().get(list).expect(200)));
            foreign.forEach(id -> assertThat(answer.text()).doesNotContain(id));
            assertThat(answer.text()).doesNotContain("secret-");
        }
    }

    @Test
    @DisplayName("ids of any form: 404 or 400, never a 500")
    void strangeIds() {
        for (String id :
                List.of(
                        "%00",
                        "a%00b",
                        "%2e%2e",
                        "%2e%2e%2f%2e%2e",
                        "..;",
                        "%25",
                        "%F0%9F%9A%A2",
                        "%C3%28",
                        "x".repeat(10_000),
                        "'%20or%20'1'='1",
                        "%3Cscript%3E",
                        "-1",
                        "*",
                        "%E2%80%AE",
                        "%ED%A0%80")) {
            for (String list :
                    List.of("/api/v1/users/", "/api/v1/groups/", "/api/v1/api-tokens/")) {
                Answer answer = org.http().get(list + id);
                assertThat(answer.status()).as(answer.toString()).isIn(400, 404);
                assertThat(answer.errorCode()).as(answer.toString()).startsWith("E00000");
            }
        }
    }

    @Test
    @DisplayName("P24 limits and switches of any form: 400 or a documented default, never a 500")
    void strangeParameters() {
        for (String value : List.of("-1", "0", "99999999999999", "1e3", "ten", "%00", "", "1;2")) {
            for (String list : List.of("/api/v1/users", "/api/v1/groups", "/api/v1/logs")) {
                assertThat(org.http().get(list + "?limit=" + value).status())
                        .as(list + value)
                        .isIn(200, 400);
            }
        }
        for (String query :
                List.of(
                        "sortBy=nonsense",
                        "sortOrder=sideways",
                        "since=yesterday",
                        "until=%00",
                        "after=&limit=",
                        "limit=1&limit=2",
                        "search=%F0%9F",
                        "q=%25",
                        "&&&",
                        "filter=a&filter=b",
                        "expand=nonsense")) {
            for (String list : List.of("/api/v1/users", "/api/v1/groups", "/api/v1/logs")) {
                Answer answer = org.http().get(list + "?" + query);
                assertThat(answer.status()).as(answer.toString()).isIn(200, 400);
            }
        }
    }

    private void eachExpression(BiConsumer<String, String> check) {
        EXPRESSIONS.forEach(
                (list, parameters) ->
                        parameters.forEach(parameter -> check.accept(list, parameter)));
    }

    private static Answer clean(Http http, String list, String cursor) {
        Answer answer = http.get(list + "&after=" + cursor);
        assertThat(answer.status()).as(answer.toString()).isIn(200, 400);
        return answer;
    }

    private static String cursor(Answer page) {
        Matcher matcher = AFTER.matcher(page.link("next").orElseThrow());
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
