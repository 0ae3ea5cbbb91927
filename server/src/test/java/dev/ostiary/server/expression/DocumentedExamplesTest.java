package dev.ostiary.server.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/**
 * What the documentation of the language shows, line by line: its examples with the values that it
 * says they have, those of the Okta Expression Language and those of Identity Engine.
 */
class DocumentedExamplesTest {

    @ParameterizedTest(name = "{0} is {1}")
    @CsvFileSource(
            resources = "examples.txt",
            delimiter = '§',
            quoteCharacter = '¶',
            ignoreLeadingAndTrailingWhitespace = false,
            maxCharsPerColumn = 4000)
    @DisplayName("given an example of the documentation, then it has the value that is shown")
    void classic(String example, String shown) throws InvalidExpression {
        assertThat(value(example, Somebody.MAPPINGS)).isEqualTo(shown);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvFileSource(
            resources = "examples-identity-engine.txt",
            delimiter = '§',
            quoteCharacter = '¶',
            ignoreLeadingAndTrailingWhitespace = false,
            maxCharsPerColumn = 4000)
    @DisplayName("given an example of Identity Engine's, then it has the value that is shown")
    void identityEngine(String example, String shown) throws InvalidExpression {
        assertThat(value(example, Somebody.ENGINE)).isEqualTo(shown);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvFileSource(
            resources = "examples-group-rules.txt",
            delimiter = '§',
            quoteCharacter = '¶',
            ignoreLeadingAndTrailingWhitespace = false,
            maxCharsPerColumn = 4000)
    @DisplayName("given an example of a group rule, then it holds or not")
    void groupRules(String example, boolean holds) throws InvalidExpression {
        assertThat(Expression.condition(example, Somebody.RULES).holds(Somebody.john()))
                .isEqualTo(holds);
    }

    private static String value(String example, Scope scope) throws InvalidExpression {
        Optional<Value> value = Expression.compile(example, scope).value(Somebody.john());
        return value.map(DocumentedExamplesTest::shown).orElse("no value");
    }

    private static String shown(Value value) {
        return switch (value) {
            case Value.Nothing _ -> "null";
            case Value.Items items ->
                    items.items().stream()
                            .map(DocumentedExamplesTest::shown)
                            .collect(Collectors.joining(", ", "{", "}"));
            case Value.Thing(Value.Attributes attributes) -> Values.text(attributes.get("id"));
            case Value.Text _,
                    Value.Whole _,
                    Value.Number _,
                    Value.Flag _,
                    Value.Moment _,
                    Value.Country _,
                    Value.Criteria _ ->
                    Values.text(value);
        };
    }
}
