package dev.ostiary.platform.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Sql;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlFilterTest {

    private static final Documents DOCUMENTS = new Documents("s.doc", "s.words");

    private static final Attributes ATTRIBUTES =
            Attributes.of(
                            Attribute.text("status").column("u.status").documented(Operator.EQ),
                            Attribute.instant("created").column("u.created"),
                            Attribute.number("age").column("u.age"),
                            Attribute.bool("open").column("u.open"),
                            Attribute.text("url").column("u.url").without(Operator.CO),
                            DOCUMENTS.node("profile"),
                            DOCUMENTS.instant("hired"))
                    .or(
                            "profile.*",
                            path ->
                                    path.startsWith("profile.")
                                            ? Optional.of(DOCUMENTS.any(path))
                                            : Optional.empty());

    @Test
    @DisplayName("P30 given a hostile value, then it is a parameter and never text")
    void values() {
        Sql sql = where("status eq \"'; DROP TABLE users; --\"");

        assertThat(sql.text()).isEqualTo("((u.status COLLATE \"C\") = ?)");
        assertThat(sql.parameters()).containsExactly("'; DROP TABLE users; --");
    }

    @Test
    @DisplayName("P27 given a comparison under and, or, then it stands bare, for an index")
    void bare() {
        assertThat(where("status eq \"A\" or age gt 5 and open eq true").text())
                .isEqualTo(
                        "(((u.status COLLATE \"C\") = ?) OR (((u.age) > ?) AND ((u.open) = ?)))");
    }

    @Test
    @DisplayName("P27 given not, then rows without the attribute are not lost")
    void not() {
        assertThat(where("not age eq 5").text()).isEqualTo("(((u.age) = ?) IS NOT TRUE)");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("P27 given a date in any offset, then it is compared as an instant")
    @CsvSource({
        "2013-06-01T12:00:00.000Z, 2013-06-01T12:00:00Z",
        "2013-06-01T12:00:00.000-07:00, 2013-06-01T19:00:00Z",
        "2013-06-01T12:00:00+0530, 2013-06-01T06:30:00Z",
        "2013-06-01T12:00-01, 2013-06-01T13:00:00Z",
        "2013-06-01T12:00:00.5, 2013-06-01T12:00:00.500Z",
        "2013-06-01, 2013-06-01T00:00:00Z",
    })
    void dates(String date, OffsetDateTime instant) {
        assertThat(where("created gt \"" + date + "\"").parameters()).containsExactly(instant);
    }

    @Test
    @DisplayName("P27 given eq on a document, then it is containment of the folded value")
    void containment() {
        Sql sql = where("profile.lastName eq \"SMITH\"");

        assertThat(sql.text()).isEqualTo("((s.doc @> ?::jsonb OR s.doc @> ?::jsonb))");
        assertThat(sql.parameters())
                .containsExactly(
                        "{\"profile\":{\"lastName\":\"smith\"}}",
                        "{\"profile\":{\"lastName\":[\"smith\"]}}");
    }

    @Test
    @DisplayName("P27 given co on a document, then words narrow what the attribute decides")
    void words() {
        assertThat(where("profile.x co \"50%_\\\\a\"").parameters())
                .containsExactly("profile", "x", "%50\\%\\_\\\\a%");
        assertThat(where("profile.x co \"Smith\"").text())
                .startsWith("(s.words LIKE ? AND EXISTS (");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName(
            "P27 given co of several words, then long ones are looked for without their edges, which"
                    + " all documents may share, and short ones with them, if there is no number")
    @CsvSource(
            delimiter = '|',
            value = {
                "smith | %smith%",
                "ann | %ann%",
                "r-0123456 | %0123456%",
                "user-0123 | %user% %0123%",
                "department 77 | %department% % 77%",
                "city 1186 | %city% %1186%",
                "ann 1186 of b | %1186%",
                "item 77 | %item% % 77%",
                "ab.smith | %ab.% %smith%",
                "a.smith | %smith%",
                "ann-7 | %ann-7%",
                "smith@example.com | %smith% %example% %.com%",
            })
    void parts(String text, String patterns) {
        Sql sql = where("profile.x co \"" + text + "\"");
        List<Object> parameters = new ArrayList<>(sql.parameters());
        assertThat(parameters.removeLast()).isEqualTo("%" + text + "%");
        assertThat(parameters.subList(0, parameters.size() - 2))
                .containsExactlyElementsOf(parts(patterns));
    }

    /** Patterns begin and end with a percent sign; blanks inside belong to them. */
    private static List<String> parts(String patterns) {
        return List.of(patterns.split("(?<=%) (?=%)"));
    }

    @Test
    @DisplayName("P27 given co of very many words, then a few of them narrow")
    void manyParts() {
        String text = "word ".repeat(500);
        assertThat(where("profile.x co \"" + text + "\"").parameters()).hasSize(8 + 3);
    }

    @Test
    @DisplayName("P28 given an unknown attribute, or its wrong case, then 400 names what is known")
    void unknown() {
        for (String path : new String[] {"Status", "nosuch", "profil.x"}) {
            ApiException e = refusal(path + " eq \"x\"", FilterErrors.SEARCH, false);
            assertThat(e.code()).isEqualTo("E0000031");
            assertThat(e.causes())
                    .containsExactly(
                            "field is not valid: " + path,
                            "'"
                                    + path
                                    + "' at position 0. Expected:"
                                    + " status,created,age,open,url,profile,hired,profile.*");
        }
    }

    @Test
    @DisplayName("P28 given the log, then its errors are as documented")
    void logErrors() {
        ApiException unknown = refusal("some_invalid_field pr", FilterErrors.LOG, false);
        assertThat(unknown.code()).isEqualTo("E0000053");
        assertThat(FilterParserTest.summary(unknown))
                .isEqualTo("field is not valid: some_invalid_field");

        ApiException combination = refusal("url co \"/oauth/\"", FilterErrors.LOG, false);
        assertThat(combination.code()).isEqualTo("E0000031");
        assertThat(FilterParserTest.summary(combination))
                .isEqualTo(
                        "The supplied combination of operator and field is not currently"
                                + " supported. Operator: co, Field: url");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("P28 given an operator or value that does not suit the type, then 400")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "open gt true | The supplied combination of operator and field",
                "age co 5 | The supplied combination of operator and field",
                "created sw \"2013\" | The supplied combination of operator and field",
                "profile eq \"x\" | The supplied combination of operator and field",
                "profile.x sw 5 | The supplied combination of operator and field",
                "profile.x gt true | The supplied combination of operator and field",
                "age eq \"5\" | Wrong type of value for 'age' at position 0. Expected: a number",
                "status eq 5 | Wrong type of value for 'status' at position 0. Expected: a quoted",
                "open eq \"true\" | Wrong type of value for 'open' at position 0. Expected: true",
                "created gt 5 | Wrong type of value for 'created' at position 0. Expected: a quo",
            })
    void types(String text, String detail) {
        ApiException e = refusal(text, FilterErrors.SEARCH, false);
        assertThat(e.code()).isEqualTo("E0000031");
        assertThat(String.join("\n", e.causes())).contains(detail);
    }

    @ParameterizedTest
    @DisplayName("P28 given a bad date, then 400 E0000030 names it")
    @CsvSource({"yesterday", "2013-02-30T00:00:00Z", "2013-13-01", "+12013-01-01T00:00:00Z", "''"})
    void badDates(String date) {
        for (String path : new String[] {"created", "hired"}) {
            ApiException e = refusal(path + " gt \"" + date + "\"", FilterErrors.SEARCH, false);
            assertThat(e.code()).isEqualTo("E0000030");
            assertThat(e.causes()).containsExactly(path + ": invalid date '" + date + "'");
        }
    }

    @Test
    @DisplayName("P28 given strict, then only documented operators, and not where documented")
    void strict() {
        assertThat(where("status sw \"A\"").isEmpty()).isFalse();
        assertThat(refusal("status sw \"A\"", FilterErrors.SEARCH, true).causes())
                .contains("'status sw' at position 0. Expected: eq");
        assertThat(refusal("age ne 5", FilterErrors.SEARCH, true).code()).isEqualTo("E0000031");
        assertThat(new SqlFilter(ATTRIBUTES, FilterErrors.SEARCH, true).where("not age eq 5"))
                .isNotNull();

        SqlFilter noNot = new SqlFilter(ATTRIBUTES.withoutNot(), FilterErrors.SEARCH, true);
        assertThatThrownBy(() -> noNot.where("not age eq 5")).isInstanceOf(ApiException.class);
        assertThat(noNot.where("age lt 5 or age gt 5").isEmpty()).isFalse();
    }

    private static Sql where(String text) {
        return new SqlFilter(ATTRIBUTES, FilterErrors.SEARCH, false).where(text);
    }

    private static ApiException refusal(String text, FilterErrors errors, boolean strict) {
        SqlFilter filter = new SqlFilter(ATTRIBUTES, errors, strict);
        return assertThatThrownBy(() -> filter.where(text))
                .asInstanceOf(type(ApiException.class))
                .actual();
    }
}
