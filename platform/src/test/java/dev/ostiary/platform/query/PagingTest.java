package dev.ostiary.platform.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.ostiary.platform.problem.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PagingTest {

    private static final SortKey ID = SortKey.id("u.id", Direction.ASC);

    @ParameterizedTest(name = "limit={0}")
    @DisplayName("P24 given limit, then the documented default, maximum and refusal")
    @CsvSource({"'', 20", "1, 1", "200, 200", "+5, 5", "007, 7"})
    void limits(String text, int expected) {
        assertThat(PageRequest.of(query("limit", text), Limits.refusing(20, 200)).limit())
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "limit={0}")
    @DisplayName("P24 given a limit that is no number or out of bounds, then E0000001")
    @ValueSource(strings = {"0", "-1", "201", "99999999999999999999", "ten", "1.5", "NaN", " 1"})
    void badLimits(String text) {
        assertCode(
                "E0000001", () -> PageRequest.of(query("limit", text), Limits.refusing(20, 200)));
    }

    @Test
    @DisplayName("P24 given a resource that clamps, then a larger limit is the largest page")
    void clamped() {
        Limits users = Limits.clamping(200, 200);
        assertThat(PageRequest.of(query("limit", "99999999999999"), users).limit()).isEqualTo(200);
        assertThat(PageRequest.of(Map.of(), users.withDefault(10)).limit()).isEqualTo(10);
        assertThat(PageRequest.of(query("limit", "0"), users.from(0)).limit()).isZero();
        assertCode("E0000001", () -> PageRequest.of(query("limit", "-99999999999999"), users));
    }

    @Test
    @DisplayName("P24 given before and after together, then 400")
    void both() {
        Map<String, List<String>> both = Map.of("after", List.of("a"), "before", List.of("b"));
        assertCode("E0000029", () -> PageRequest.of(both, Limits.refusing(1, 2)));
        assertThat(PageRequest.forward(both, Limits.refusing(1, 2)).before()).isEmpty();
    }

    @Test
    @DisplayName("P25 given more, then self as asked and next with all parameters and the limit")
    void links() {
        Map<String, List<String>> query = new LinkedHashMap<>();
        query.put("q", List.of(""));
        query.put("filter", List.of("a eq \"é&b\"\r\nX: y"));
        query.put("after", List.of("old"));
        query.put("expand", List.of("x", "y"));
        PageUrl url = new PageUrl("https://localhost:8443/api/v1/users", query);

        List<String> lines = new Page<>(List.of("row"), Optional.of("new>")).links(url, 20, SELF);

        String filter = "filter=a%20eq%20%22%C3%A9%26b%22%0D%0AX%3A%20y";
        assertThat(lines)
                .containsExactly(
                        "<https://localhost:8443/api/v1/users?q=&"
                                + filter
                                + "&after=old&expand=x&expand=y>; rel=\"self\"",
                        "<https://localhost:8443/api/v1/users?q=&"
                                + filter
                                + "&expand=x&expand=y&after=new%3E&limit=20>; rel=\"next\"");
    }

    private static final Page.LinkPolicy SELF = Page.LinkPolicy.SELF;

    @Test
    @DisplayName("P25 given no more, then no next; and no self where none is sent")
    void lastPage() {
        PageUrl url = new PageUrl("https://h/x", Map.of());
        Page<String> last = new Page<>(List.of("row"), Optional.empty());

        assertThat(last.links(url, 20, SELF)).containsExactly("<https://h/x>; rel=\"self\"");
        assertThat(last.links(url, 20, Page.LinkPolicy.IF_MORE)).isEmpty();
        assertThat(last.followedBy("c").links(url, 20, Page.LinkPolicy.IF_MORE)).hasSize(2);
        assertThat(last.followedBy("c").links(url, 20, Page.LinkPolicy.NONE)).isEmpty();
    }

    @Test
    @DisplayName("P24 given a cursor, then it holds any text, absent values too")
    void cursors() {
        SortKey name = nullable("name", SortValue.Type.TEXT);
        Keyset keyset = Keyset.of(List.of(name, ID), PagingErrors.SEARCH);

        String cursor = keyset.cursor(List.of(Optional.of("é.~😀 \""), Optional.of("00u1")));
        assertThat(cursor).matches("[A-Za-z0-9_.~-]+");
        assertThat(keyset.beyond(cursor).parameters())
                .containsExactly("é.~😀 \"", "é.~😀 \"", "00u1");

        String absent = keyset.cursor(List.of(Optional.empty(), Optional.of("00u1")));
        assertThat(keyset.beyond(absent).parameters()).containsExactly("00u1");
    }

    @Test
    @DisplayName("P24 given a cursor that cannot be read, then a clean 400")
    void badCursors() {
        SortKey date = nullable("created", SortValue.Type.INSTANT);
        Keyset keyset = Keyset.of(List.of(date, ID), PagingErrors.SEARCH);
        String good = keyset.cursor(List.of(Optional.of("0"), Optional.of("x")));
        String order = good.substring(0, good.indexOf('.'));

        for (String bad :
                List.of(
                        "x",
                        "00u1",
                        ".",
                        "~",
                        "~.~",
                        "\0",
                        "é",
                        order,
                        order + ".MA",
                        order + ".MA.~",
                        order + ".eA.eA",
                        order + "." + b64("9".repeat(18)) + ".eA",
                        order + "." + b64("9".repeat(30)) + ".eA",
                        order + ".MA." + b64("a\0b"),
                        order + ".MA._w",
                        order + ".MA.eA.eA",
                        order + ".eA".repeat(10_000),
                        "A".repeat(200_000),
                        Keyset.of(List.of(date.reversed(), ID), PagingErrors.SEARCH)
                                .cursor(List.of(Optional.of("0"), Optional.of("x"))))) {
            assertCode("E0000031", () -> keyset.beyond(bad));
        }
        assertThat(keyset.beyond(good).isEmpty()).isFalse();
    }

    @Test
    @DisplayName("P24 given a list whose cursor is an id, then the id, and nothing else")
    void idCursors() {
        Keyset keyset = Keyset.byId(ID, PagingErrors.PAGING);
        assertThat(keyset.cursor(List.of(Optional.of("00u1")))).isEqualTo("00u1");
        assertThat(keyset.beyond("00u1").parameters()).containsExactly("00u1");
        for (String bad : List.of("a b", "a'b", "é", "\0", "x".repeat(65))) {
            assertCode("E0000029", () -> keyset.beyond(bad));
        }
    }

    @Test
    @DisplayName(
            "given sortBy and sortOrder, then a key; given no sortBy, then sortOrder is nothing")
    void sorting() {
        Attributes attributes =
                Attributes.of(
                        Attribute.text("profile.name").column("g.name"),
                        new Documents("d", "w").node("profile"));
        assertThat(Sorting.of(query("sortOrder", "up"), attributes, FilterErrors.SEARCH)).isEmpty();
        assertThat(Sorting.of(query("sortBy", "profile.name"), attributes, FilterErrors.SEARCH))
                .get()
                .extracting(SortKey::direction)
                .isEqualTo(Direction.ASC);
        assertThat(
                        Sorting.of(
                                Map.of(
                                        "sortBy", List.of("profile.name"),
                                        "sortOrder", List.of("DESC")),
                                attributes,
                                FilterErrors.SEARCH))
                .get()
                .extracting(SortKey::direction)
                .isEqualTo(Direction.DESC);
        assertCode("E0000001", () -> Sorting.order(query("sortOrder", "up")));
        for (String bad : List.of("nosuch", "profile", "profile.name pr", "x;--", "(")) {
            assertCode(
                    "E0000031",
                    () -> Sorting.of(query("sortBy", bad), attributes, FilterErrors.SEARCH));
        }
    }

    private static SortKey nullable(String name, SortValue.Type type) {
        SortKey key = SortKey.column(name, name, type, Direction.ASC);
        return new SortKey(name, key.value(), Direction.ASC, true);
    }

    private static Map<String, List<String>> query(String name, String value) {
        return Map.of(name, List.of(value));
    }

    private static String b64(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertCode(String code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .asInstanceOf(type(ApiException.class))
                .extracting(ApiException::code)
                .isEqualTo(code);
    }
}
