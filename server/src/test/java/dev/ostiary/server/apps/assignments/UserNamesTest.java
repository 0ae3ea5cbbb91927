package dev.ostiary.server.apps.assignments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.json.Json;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The name of a user in an app")
class UserNamesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "${source.login} | Ann@org.example",
                "${source.email} | Ann.Lee@mail.example",
                "${fn:toLowerCase(source.email)} | ann.lee@mail.example",
                "${fn:substringBefore(source.login, \"@\")} | Ann",
                "${source.userName}${instance.userSuffix} | Ann@org.example.suffix",
                "user.email | Ann.Lee@mail.example",
                "${source.nothing} | none",
                "${nonsense( | ${nonsense("
            })
    @DisplayName("is what the template's expressions make of the profile")
    void expressions(String template, String expected) {
        assertThat(
                        UserNames.of(
                                        template,
                                        ".suffix",
                                        Json.object()
                                                .put("login", "Ann@org.example")
                                                .put("email", "Ann.Lee@mail.example"))
                                .orElse("none"))
                .isEqualTo(expected);
    }
}
