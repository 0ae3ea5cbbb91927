package dev.ostiary.platform.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.query.DocumentIndex.Shape;
import dev.ostiary.platform.store.Sql;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of which searches one plan is the best, whatever is looked for. */
class BestPlanTest {

    private static final Documents DOCUMENTS = new Documents("s.doc", "s.words");

    private static final Attributes ATTRIBUTES =
            Attributes.of(
                    DOCUMENTS.number("profile.badge"),
                    DOCUMENTS.text("profile.city"),
                    DOCUMENTS.text("profile.team"),
                    DOCUMENTS.texts("profile.tags"),
                    DOCUMENTS.bool("profile.open"),
                    DOCUMENTS.hotText("profile.login", "s.login"));

    private static final Set<DocumentIndex> THERE =
            Set.of(
                    new DocumentIndex("profile.badge", Shape.NUMBERS),
                    new DocumentIndex("profile.city", Shape.TEXTS),
                    new DocumentIndex("profile.tags", Shape.GREATEST_TEXTS));

    private static final SqlFilter FILTER =
            new SqlFilter(ATTRIBUTES, FilterErrors.SEARCH, false, THERE::contains);

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "profile.login eq \"x\" | FOR_ALL",
                "profile.badge eq 5 | FOR_ORG",
                "profile.city eq \"x\" | FOR_ORG",
                "profile.login sw \"x\" | FOR_VALUES",
                "profile.login gt \"x\" | FOR_VALUES",
                "profile.login pr | FOR_VALUES",
                "profile.badge gt 5 | FOR_VALUES",
                "profile.city eq \"\" | FOR_VALUES",
                "profile.city sw \"x\" | FOR_VALUES",
                "profile.team eq \"x\" | FOR_VALUES",
                "profile.tags eq \"x\" | FOR_VALUES",
                "profile.open eq true | FOR_VALUES",
                "not (profile.login eq \"x\") | FOR_VALUES",
                "profile.login eq \"x\" and profile.badge eq 5 | FOR_VALUES",
                "profile.login eq \"x\" or profile.login eq \"y\" | FOR_VALUES",
            })
    @DisplayName("given one value of what an index holds in the order of ids, then one plan")
    void plans(String search, BestPlan plan) {
        assertThat(FILTER.bestPlan(FilterParser.parse(search, FilterErrors.SEARCH)))
                .isEqualTo(plan);
    }

    @Test
    @DisplayName("P30 given a plan for an org, then the attribute is text and the value is none")
    void text() {
        Sql sql = FILTER.where("profile.city eq \"x'y?\"");

        assertThat(sql.text()).contains("'city'").endsWith("= ?)").containsOnlyOnce("?");
        assertThat(sql.parameters()).containsExactly("x'y?");
    }
}
