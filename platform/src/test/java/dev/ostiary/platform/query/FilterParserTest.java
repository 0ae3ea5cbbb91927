package dev.ostiary.platform.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.problem.ErrorCatalogue;
import java.math.BigDecimal;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterParserTest {

    @ParameterizedTest(name = "{0} -> {1}")
    @DisplayName("P26 given operators and parentheses, then not binds before and, and before or")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "a pr | a?",
                "(a pr) | a?",
                "a pr or b pr and c pr | (a? or (b? and c?))",
                "(a pr or b pr) and c pr | ((a? or b?) and c?)",
                "not a pr and b pr | (!a? and b?)",
                "not (a pr and b pr) | !(a? and b?)",
                "not not a pr | !!a?",
                "not(a pr)or(b pr) | (!a? or b?)",
                "a pr and b pr and c pr | (a? and b? and c?)",
                "a eq \"x\"and(b pr) | (a eq x and b?)",
            })
    void precedence(String text, String shape) {
        assertThat(shape(parse(text))).isEqualTo(shape);
    }

    @ParameterizedTest
    @DisplayName("P26 given an operator or keyword in any case, then it is the same")
    @ValueSource(strings = {"a eq 1 and not b pr", "a EQ 1 AND NOT b PR", "a Eq 1 aNd nOt b pR"})
    void anyCase(String text) {
        assertThat(shape(parse(text))).isEqualTo("(a eq 1 and !b?)");
    }

    @ParameterizedTest
    @DisplayName("P26 given each operator, then it is read")
    @ValueSource(strings = {"eq", "ne", "gt", "ge", "lt", "le", "sw", "co", "ew"})
    void operators(String operator) {
        assertThat(shape(parse("a.b " + operator + " \"v\""))).isEqualTo("a.b " + operator + " v");
    }

    @Test
    @DisplayName("P26 given a path, then its case and its characters are kept")
    void paths() {
        assertThat(shape(parse("profile.my_Attr-2.x pr"))).isEqualTo("profile.my_Attr-2.x?");
    }

    @Test
    @DisplayName("P26 given every JSON escape, then the literal is what JSON says")
    void escapes() {
        assertThat(literal("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\uDE00é😀\""))
                .isEqualTo(new Literal.Text("\"\\/\b\f\n\r\té😀é😀"));
    }

    @Test
    @DisplayName("P26 given numbers and booleans, then they are literals of their own")
    void numbers() {
        assertThat(literal("-12.50e+2"))
                .isEqualTo(new Literal.Numeric(new BigDecimal("-12.50e+2")));
        assertThat(literal("0")).isEqualTo(new Literal.Numeric(BigDecimal.ZERO));
        assertThat(literal("true")).isEqualTo(new Literal.Bool(true));
        assertThat(literal("false")).isEqualTo(new Literal.Bool(false));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("P26 given what is no expression, then 400 says where and what was expected")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "'' | Unexpected end of filter at position 0. Expected: an attribute name",
                "'   ' | Unexpected end of filter at position 3. Expected: an attribute name",
                "() | Unexpected token ')' at position 1. Expected: an attribute name",
                "\"x\" | Unexpected token '\"' at position 0. Expected: an attribute name",
                "5 | Unexpected token '5' at position 0. Expected: an attribute name",
                "true | Unexpected end of filter at position 4. Expected: an attribute operator",
                "a eq | Unexpected end of filter at position 4. Expected: a value",
                "a eq null | Unexpected token 'null' at position 5. Expected: a quoted string",
                "a eq True | Unexpected token 'True' at position 5. Expected: a quoted string",
                "a eq x | Unexpected token 'x' at position 5. Expected: a quoted string",
                "a eq 01 | Unexpected token '01' at position 5. Expected: a quoted string",
                "a eq 1. | Unexpected token '1.' at position 5. Expected: a quoted string",
                "a eq 1e999 | Number out of range at position 5",
                "a eq 1e99999999999 | Number out of range at position 5",
                "a pr \"x\" | Unexpected token '\"' at position 5. Expected: and,or,end of filter",
                "a pr) | Unexpected token ')' at position 4. Expected: and,or,end of filter",
                "(a pr | Unexpected end of filter at position 5. Expected: and,or,')'",
                "a pr and | Unexpected end of filter at position 8. Expected: an attribute name",
                "and pr | Unexpected token 'and' at position 0. Expected: an attribute name",
                "a..b pr | Unexpected token 'a..b' at position 0. Expected: an attribute name",
                ".a pr | Unexpected token '.a' at position 0. Expected: an attribute name",
                "a.0 pr | Unexpected token 'a.0' at position 0. Expected: an attribute name",
                "a[b pr] | Unexpected token '[' at position 1. Expected: an attribute operator",
                "a eqq 1 | Unrecognized attribute operator 'eqq' at position 2. Expected: eq,ne,co",
                "a eq \"x | Unterminated string at position 5. Expected: '\"'",
                "a eq \"\\x\" | Bad escape in the string at position 5",
                "a eq \"\\u12G4\" | Bad escape in the string at position 5",
                "a eq \"\\ud800\" | Lone surrogate in the string at position 5",
                "a eq \"\\udc00\\ud800\" | Lone surrogate in the string at position 5",
                "a eq \"\\u0000\" | NUL in the string at position 5",
                "a eq \"\t\" | Control character in the string at position 5",
            })
    void refused(String text, String detail) {
        assertThatThrownBy(() -> parse(text))
                .asInstanceOf(type(ApiException.class))
                .satisfies(
                        e -> {
                            assertThat(e.code()).isEqualTo("E0000031");
                            assertThat(e.causes()).hasSize(1);
                            assertThat(e.causes().getFirst())
                                    .startsWith("Invalid filter '" + text + "': " + detail);
                        });
    }

    @Test
    @DisplayName("P28 given the log's documented example, then its error is as documented")
    void documentedError() {
        assertThatThrownBy(
                        () ->
                                FilterParser.parse(
                                        "display_message eqq \"Create okta user\"",
                                        FilterErrors.LOG))
                .asInstanceOf(type(ApiException.class))
                .satisfies(
                        e -> {
                            assertThat(e.code()).isEqualTo("E0000053");
                            assertThat(summary(e))
                                    .isEqualTo(
                                            "Invalid filter 'display_message eqq \"Create okta"
                                                    + " user\"': Unrecognized attribute operator"
                                                    + " 'eqq' at position 16. Expected:"
                                                    + " eq,co,sw,pr,gt,ge,lt,le");
                        });
    }

    @ParameterizedTest
    @DisplayName("P30 given endless nesting or length, then a 400 that repeats little of it")
    @ValueSource(ints = {65, 5_000, 10_000, 120_000})
    void bounds(int times) {
        assertRefusedBriefly("(".repeat(times) + "a pr" + ")".repeat(times));
        assertRefusedBriefly("(".repeat(times));
        assertRefusedBriefly("not ".repeat(times) + "a pr");
        assertRefusedBriefly("a".repeat(times * 5) + " pr");
        assertRefusedBriefly("a eq " + "1".repeat(times));
        assertRefusedBriefly("a eq \"" + "x".repeat(times));
        assertRefusedBriefly("a.".repeat(times) + "a pr");
        assertRefusedBriefly("a eq \"\\" + "😀".repeat(times));
    }

    @Test
    @DisplayName("P30 given an expression at the bounds, then it is read")
    void withinBounds() {
        int deep = FilterParser.MAX_DEPTH;
        assertThat(shape(parse("(".repeat(deep) + "a pr" + ")".repeat(deep)))).isEqualTo("a?");
        String wide = "a pr or ".repeat(FilterParser.MAX_LENGTH / 8 - 1) + "a pr";
        assertThat(parse(wide)).isInstanceOf(Filter.Or.class);
    }

    private static void assertRefusedBriefly(String text) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(ApiException.class)
                .extracting(Throwable::getMessage)
                .asString()
                .hasSizeLessThan(800);
    }

    private static Filter parse(String text) {
        return FilterParser.parse(text, FilterErrors.SEARCH);
    }

    private static Literal literal(String text) {
        return ((Filter.Comparison) parse("a eq " + text)).literal();
    }

    static String summary(ApiException e) {
        return e.summary(ErrorCatalogue.load().get(e.code()));
    }

    private static String shape(Filter filter) {
        return switch (filter) {
            case Filter.And(var terms) ->
                    terms.stream()
                            .map(FilterParserTest::shape)
                            .collect(Collectors.joining(" and ", "(", ")"));
            case Filter.Or(var terms) ->
                    terms.stream()
                            .map(FilterParserTest::shape)
                            .collect(Collectors.joining(" or ", "(", ")"));
            case Filter.Not(var term) -> "!" + shape(term);
            case Filter.Present(var path, _) -> path + "?";
            case Filter.Comparison(var path, var operator, var literal, _) ->
                    path + " " + operator.wire() + " " + value(literal);
        };
    }

    private static String value(Literal literal) {
        return switch (literal) {
            case Literal.Text(var text) -> text;
            case Literal.Numeric(var number) -> number.toString();
            case Literal.Bool(var bool) -> String.valueOf(bool);
            case Literal.Moment(var instant) -> instant.toString();
        };
    }
}
