package dev.ostiary.server.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused and why, and what bounds there are. */
class ExpressionTest {

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("", "The expression is empty"),
                Arguments.of(
                        "user.nobody == 1", "Invalid property nobody in expression user.nobody"),
                Arguments.of("firstName == \"a\"", "Invalid property firstName at position 0"),
                Arguments.of("profile.firstName == 'a'", "Invalid property profile at position 0"),
                Arguments.of("user.FirstName == 'a'", "Invalid property FirstName in expression"),
                Arguments.of("user.firstName", "Expected Boolean at position 5, found String"),
                Arguments.of("user.firstName = 'a'", "Assignment is not possible, at position 15"),
                Arguments.of("user.hasBadge AND", "Unexpected end of the expression"),
                Arguments.of("user.hasBadge OR )", "Unexpected ')' at position 17"),
                Arguments.of("user.hasBadge user.hasBadge", "Unexpected 'user' at position 14"),
                Arguments.of("user.firstName == 'a", "The string that begins at position 18"),
                Arguments.of("user.salary == 'a'", "cannot compare Integer with String"),
                Arguments.of("user.salary < true", "cannot compare Integer with Boolean"),
                Arguments.of(
                        "user.hasBadge < user.isContractor", "cannot compare Boolean with Boo"),
                Arguments.of(
                        "String.len(user.salary) == 1", "Parameter 1 of the function String.len"),
                Arguments.of("String.len() == 1", "cannot be called with 0 arguments"),
                Arguments.of("String.len('a', 'b') == 1", "cannot be called with 2 arguments"),
                Arguments.of("String.stringSwitch('a','b','c') == ''", "cannot be called with 3"),
                Arguments.of("String.nothing('a')", "Unknown function String.nothing at position"),
                Arguments.of("exec('ls')", "Unknown function exec at position 0"),
                Arguments.of(
                        "T(java.lang.Runtime).getRuntime()", "Unknown function T at position 0"),
                Arguments.of("user.getClass() == null", "User has no function getClass"),
                Arguments.of(
                        "user.class == null", "Invalid property class in expression user.class"),
                Arguments.of("''.getClass() == null", "String has no function getClass"),
                Arguments.of("new String('a') == 'a'", "Unexpected 'String' at position 4"),
                Arguments.of("@bean.x", "Unexpected '@' at position 0"),
                Arguments.of("#x == 1", "Unexpected '#' at position 0"),
                Arguments.of(
                        "user.firstName matches '('", "Invalid regular expression at position"),
                Arguments.of(
                        "user.firstName matches user.lastName", "Expected a regular expression"),
                Arguments.of("'a' matches '(){2000000000}'", "Invalid regular expression"),
                Arguments.of(
                        "Convert.toInt(\"2018\") == user.yearJoined", "not allowed in group rules"),
                Arguments.of("Time.now() == 'x'", "Time.now is not allowed in group rules"),
                Arguments.of(
                        "user.getLinkedObject('m').title == 'x'", "not allowed in group rules"),
                Arguments.of("hasDirectoryUser()", "not allowed in group rules"),
                Arguments.of("user.status == 'ACTIVE'", "Invalid property status in expression"),
                Arguments.of(
                        "user.getInternalProperty('login') == 'x'", "Invalid internal property"),
                Arguments.of("user.isMemberOf({'group.size': '1'})", "Invalid key at position"),
                Arguments.of("user.isMemberOf({'group.id': '1', 'operator': 'EXACT'})", "only for"),
                Arguments.of(
                        "user.isMemberOf({'group.profile.name': 'x', 'operator': 'LIKE'})", "Inv"),
                Arguments.of("user.isMemberOf('x')", "Parameter 2 of the function isMemberOf"),
                Arguments.of("{'group.id': 'x'} == null", "cannot compare"),
                Arguments.of("{'group.id': 'x'}[0]", "Expected Array"),
                Arguments.of("user.intArray[user.firstName] == 1", "Expected Integer"),
                Arguments.of(
                        "user.intArray.![id] == null", "Invalid property id in the projection"),
                Arguments.of("user.salary - 1 == 2", "Unexpected '-' at position 12"),
                Arguments.of("user.intArray + 'a' == 'b'", "Expected String or Number"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    @DisplayName("given what makes no sense in a group rule, then it is refused with the reason")
    void refusals(String text, String reason) {
        assertThatThrownBy(() -> Expression.condition(text, Somebody.RULES))
                .isInstanceOf(InvalidExpression.class)
                .hasMessageContaining(reason);
    }

    static Stream<String> excessive() {
        return Stream.of(
                "user.hasBadge OR ".repeat(6_000) + "true",
                "(".repeat(65) + "true" + ")".repeat(65),
                "!".repeat(65) + "true",
                "{".repeat(66) + "}".repeat(66) + " == null",
                "user" + ".profile".repeat(70) + " == null",
                "true ? ".repeat(70) + "true" + " : true".repeat(70),
                "'a'" + ".toUpperCase()".repeat(70) + " == 'A'",
                "x".repeat(100_000),
                "'" + "x".repeat(100_000) + "'");
    }

    @ParameterizedTest
    @MethodSource("excessive")
    @DisplayName("P30 given an expression that is too long or too deep, then it is refused shortly")
    void bounds(String text) {
        assertThatThrownBy(() -> Expression.condition(text, Somebody.RULES))
                .isInstanceOf(InvalidExpression.class)
                .satisfies(error -> assertThat(error.getMessage()).hasSizeLessThan(300));
    }

    static Stream<String> expensive() {
        String grown = "'aaaaaaaaaa'";
        for (int n = 0; n < 20; n++) {
            grown = "String.replace(" + grown + ", 'a', 'aaaaaaaaaa')";
        }
        String text = "'" + "a".repeat(99) + "'";
        String pattern = " matches '(.*)(.*)(.*)(.*)(.*)(.*)(.*)x\\1y'";
        return Stream.of(
                grown + " == 'a'",
                "!(" + text + pattern + ")",
                (text + pattern + " OR ").repeat(100) + "true");
    }

    @ParameterizedTest
    @MethodSource("expensive")
    @DisplayName(
            "P30 given one that would grow or search without end, then it ends and does not hold")
    void budget(String text) throws InvalidExpression {
        Expression expression = Expression.condition(text, Somebody.RULES);
        assertThat(expression.value(Somebody.john())).isEmpty();
        assertThat(expression.holds(Somebody.john())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "true OR false AND false",
                "!false AND true",
                "!(true AND false)",
                "1 + 2 == 3",
                "1 + 1.5 == 2.5",
                "'a' + 1 == 'a1'",
                "1 + 'a' == '1a'",
                "'it''s' == \"it's\"",
                "'\\' == \"\\\"",
                "2147483647 + 1 < 0",
                "2147483648 > 0",
                "false ? false : true ? true : false",
                "(null ?: 'x') == 'x'",
                "('' ?: 'x') == 'x'",
                "user.middleInitial == null",
                "user.employeeNumber != null",
                "user.employeeNumber == ''",
                "user.middleInitial != ''",
                "!(user.middleInitial < 'a') AND !(user.middleInitial >= 'a')",
                "user.firstName + user.middleInitial == 'John'",
                "{1, 2} == {1, 2.0}",
                "{1, 2}[5] == null",
                "user.profile.firstName == user.firstName",
                "NOT false",
                "TRUE && !FALSE",
                "Arrays.contains('a, b', 'b')"
            })
    @DisplayName("given operators and constants, then they mean what they mean")
    void meaning(String text) throws InvalidExpression {
        assertThat(Expression.condition(text, Somebody.RULES).holds(Somebody.john())).isTrue();
    }

    @Test
    @DisplayName("given a long chain of one operator, then it is no deeper than one")
    void chains() throws InvalidExpression {
        String text = "user.hasBadge OR ".repeat(900) + "false";
        assertThat(Expression.condition(text, Somebody.RULES).holds(Somebody.john())).isTrue();
    }

    @Test
    @DisplayName("given an expression, then it tells whether it asks for groups")
    void groups() throws InvalidExpression {
        assertThat(Expression.condition("user.hasBadge", Somebody.RULES).asksForGroups()).isFalse();
        assertThat(
                        Expression.condition("isMemberOfGroupNameRegex('a')", Somebody.RULES)
                                .asksForGroups())
                .isTrue();
    }
}
