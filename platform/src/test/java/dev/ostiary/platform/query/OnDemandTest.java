package dev.ostiary.platform.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.platform.query.DocumentIndex.Shape;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which indexes a search would take. */
class OnDemandTest {

    private static final Documents DOCUMENTS = new Documents("s.doc", "s.words");

    private static final Attributes ATTRIBUTES =
            Attributes.of(
                    DOCUMENTS.number("profile.badge"),
                    DOCUMENTS.text("profile.city"),
                    DOCUMENTS.instant("activated"),
                    DOCUMENTS.texts("profile.tags"),
                    DOCUMENTS.numbers("profile.levels"),
                    DOCUMENTS.any("profile.any"),
                    DOCUMENTS.text("profile.odd-name"),
                    DOCUMENTS.hotText("profile.login", "s.login"),
                    Attribute.instant("created").column("s.created"));

    private static OnDemand uses(String search) {
        return OnDemand.of(FilterParser.parse(search, FilterErrors.SEARCH), ATTRIBUTES);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "profile.badge gt 5 | profile.badge | NUMBERS",
                "profile.city le \"x\" | profile.city | TEXTS",
                "activated ge \"2026-01-01\" | activated | TEXTS",
                "profile.city pr | profile.city | PRESENT",
                "not (profile.city pr) | profile.city | ABSENT",
                "created pr and not profile.badge pr | profile.badge | ABSENT",
                "created pr or (not (profile.city pr)) | profile.city | ABSENT",
                "profile.tags pr | profile.tags | SOME",
                "not (profile.tags pr) | profile.tags | NONE",
                "not (profile.any pr) | profile.any | NONE",
                "profile.city sw \"ny\" | profile.city | TEXTS",
                "profile.city ew \"a 7\" | profile.city | ENDINGS",
                "profile.city co \"a 7\" | profile.city | PARTS",
                "profile.tags gt \"x\" | profile.tags | GREATEST_TEXTS",
                "profile.tags le \"x\" | profile.tags | LEAST_TEXTS",
                "profile.levels ge 5 | profile.levels | GREATEST_NUMBERS",
                "profile.levels lt 5 | profile.levels | LEAST_NUMBERS",
                "profile.login ew \"x\" | profile.login | ENDINGS",
            })
    @DisplayName("given a range, a presence or a few letters, then the index of it")
    void indexes(String search, String place, Shape shape) {
        assertThat(uses(search).indexes()).containsExactly(new DocumentIndex(place, shape));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "profile.badge eq 5",
                "profile.badge ne 5",
                "not (profile.badge gt 5)",
                "profile.city eq \"x\"",
                "profile.city sw \"york\"",
                "profile.city ew \"york\"",
                "profile.city co \"york\"",
                "profile.city co \"x\"",
                "profile.tags ew \"x\"",
                "profile.tags eq \"x\"",
                "profile.levels eq 5",
                "profile.any gt 5",
                "profile.odd-name gt \"x\"",
                "profile.login gt \"x\"",
                "created gt \"2026-01-01\"",
            })
    @DisplayName("given what the other indexes serve, or none can, then none")
    void none(String search) {
        assertThat(uses(search).indexes()).isEmpty();
        assertThat(uses(search).range()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "profile.city eq \"x\" | profile.city | TEXTS",
                "profile.badge eq 5 | profile.badge | NUMBERS",
                "profile.city sw \"york\" | profile.city | TEXTS",
                "profile.city ew \"york\" | profile.city | ENDINGS",
                "profile.city co \"york\" | profile.city | PARTS",
                "profile.login co \"york\" | profile.login | PARTS",
                "profile.city eq \"x\" and created pr | profile.city | TEXTS",
            })
    @DisplayName("given what all hits have, then its index is of use where there are many")
    void common(String search, String place, Shape shape) {
        assertThat(uses(search).common()).containsExactly(new DocumentIndex(place, shape));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "profile.city eq \"x\" or profile.badge eq 5",
                "not (profile.city eq \"x\")",
                "profile.city ne \"x\"",
                "profile.tags co \"york\"",
                "profile.tags eq \"x\"",
                "profile.login eq \"x\"",
                "profile.badge gt 5",
            })
    @DisplayName("given what some hits lack, or an index gives already, then none is of more use")
    void notCommon(String search) {
        assertThat(uses(search).common()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "profile.badge gt 5 | true",
                "profile.badge gt 5 and profile.badge le 9 | true",
                "profile.badge gt 5 and profile.city gt \"x\" | false",
                "profile.badge gt 5 and profile.badge eq 7 | false",
                "profile.badge gt 5 or profile.badge lt 1 | false",
                "not (profile.badge gt 5) | false",
            })
    @DisplayName("given a range of one attribute and nothing else, then it is the search's order")
    void range(String search, boolean whole) {
        assertThat(uses(search).range().isPresent()).isEqualTo(whole);
    }

    @Test
    @DisplayName("given an index, then its expression stands in it as searches have it")
    void definition() {
        assertThat(new DocumentIndex("profile.city", Shape.TEXTS).key("doc"))
                .isEqualTo(
                        "(left( (doc -> 'profile'::text ->> 'city'::text) , 200) COLLATE \"C\")");
        assertThat(new DocumentIndex("profile.city", Shape.ENDINGS).key("doc"))
                .isEqualTo(
                        "(reverse(right( (doc -> 'profile'::text ->> 'city'::text) , 200))"
                                + " COLLATE \"C\")");
        assertThat(new DocumentIndex("profile.levels", Shape.LEAST_NUMBERS).key("doc"))
                .isEqualTo("(ostiary_least_number( (doc -> 'profile'::text -> 'levels'::text) ))");
        assertThat(new DocumentIndex("profile.city", Shape.ABSENT).condition("doc"))
                .isEqualTo(
                        "((doc -> 'profile'::text -> 'city'::text)"
                                + " NOT IN ('null', '\"\"', '[]', '{}')) IS NOT TRUE");
    }

    @Test
    @DisplayName("given a place that is more than names, then there is no index of it")
    void places() {
        for (String bad : new String[] {"", "a-b", "a'b", "a.", "tags[]", "x".repeat(201)}) {
            assertThatThrownBy(() -> new DocumentIndex(bad, Shape.TEXTS))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
