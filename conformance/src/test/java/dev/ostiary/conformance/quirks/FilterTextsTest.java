package dev.ostiary.conformance.quirks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Http;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.SuiteServer;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SuiteServer.class)
@Timeout(120)
@DisplayName("Filters: the documented cases, and the words of every refusal")
class FilterTextsTest {

    private static final String IPHONE =
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15"
                    + " (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1";
    private static final String WINDOWS =
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
                    + " Chrome/126.0.0.0 Safari/537.36";

    private final Org org;

    FilterTextsTest(Org org) {
        this.org = org;
    }

    private Answer ask(String list, String parameter, String text) {
        return org.http().get("/api/v1/" + list, parameter, text);
    }

    @Test
    @DisplayName("P28 the documented lt or gt finds all user agents but iOS, as ne does")
    void notEqual() {
        group("by iOS", org.http().with("User-Agent", IPHONE));
        group("by Windows", org.http().with("User-Agent", WINDOWS));
        String created =
                "eventType eq \"group.lifecycle.create\" and target.displayName sw \"by \"";

        assertThat(systems(created)).contains("iOS");
        for (String expression :
                List.of(
                        "(client.userAgent.os lt \"iOS\" or client.userAgent.os gt \"iOS\")",
                        "client.userAgent.os ne \"iOS\"",
                        "not (client.userAgent.os eq \"iOS\")")) {
            assertThat(systems(created + " and " + expression))
                    .as(expression)
                    .hasSize(1)
                    .doesNotContain("iOS");
        }
    }

    private static void group(String name, Http http) {
        http.post("/api/v1/groups", "{\"profile\":{\"name\":\"" + name + "\"}}").expect(200);
    }

    private List<String> systems(String filter) {
        return Json.texts(ask("logs", "filter", filter).expect(200).json(), "client.userAgent.os");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("P28 the log refuses in the documented words, as the summary itself")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "display_message eqq \"Create okta user\" | E0000053 | Invalid filter 'display_message eqq \"Create okta user\"': Unrecognized attribute operator 'eqq' at position 16. Expected: eq,co,sw,pr,gt,ge,lt,le",
                "some_invalid_field pr | E0000053 | field is not valid: some_invalid_field",
                "client gt 5 | E0000031 | The supplied combination of operator and field is not currently supported. Operator: gt, Field: client",
                "eventType eq | E0000053 | Invalid filter 'eventType eq': Unexpected end of filter at position 12. Expected: a value",
                "(eventType pr | E0000053 | Invalid filter '(eventType pr': Unexpected end of filter at position 13. Expected: and,or,')'",
                "eventType pr eventType pr | E0000053 | Invalid filter 'eventType pr eventType pr': Unexpected token 'eventType' at position 13. Expected: and,or,end of filter",
            })
    void log(String text, String code, String summary) {
        assertThat(ask("logs", "filter", text).expect(400, code).text("errorSummary"))
                .isEqualTo(summary);
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @DisplayName(
            "P28 users and groups refuse as Invalid search criteria, with position and expectation")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "users | search | status eqq \"x\" | Invalid filter 'status eqq \"x\"': Unrecognized attribute operator 'eqq' at position 7. Expected: eq,ne,co,sw,ew,pr,gt,ge,lt,le",
                "users | filter | nosuch eq \"x\" | field is not valid: nosuch",
                "users | search | Status eq \"x\" | field is not valid: Status",
                "groups | search | profile.name eq x | Invalid filter 'profile.name eq x': Unexpected token 'x' at position 16. Expected: a quoted string,a number,true,false",
                "groups | filter | id eq 5 | Invalid filter 'id eq 5': Wrong type of value for 'id' at position 0. Expected: a quoted string",
                "groups | search | created sw \"2026\" | The supplied combination of operator and field is not currently supported. Operator: sw, Field: created",
            })
    void search(String list, String parameter, String text, String cause) {
        Answer answer = ask(list, parameter, text).expect(400, "E0000031");
        assertThat(answer.text("errorSummary")).isEqualTo("Invalid search criteria.");
        assertThat(answer.errorCauses().getFirst()).isEqualTo(cause);
    }

    @Test
    @DisplayName("P28 a date that is none is refused by name")
    void dates() {
        assertThat(
                        ask("users", "search", "created gt \"yesterday\"")
                                .expect(400, "E0000030")
                                .text())
                .contains("created: invalid date 'yesterday'");
    }
}
