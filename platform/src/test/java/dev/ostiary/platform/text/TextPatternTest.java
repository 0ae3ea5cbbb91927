package dev.ostiary.platform.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A regular expression from outside is held to a bound. */
class TextPatternTest {

    @Test
    @DisplayName("given an expression, then the whole of a text has to match")
    void whole() {
        TextPattern pattern = TextPattern.of("[a-z]+[0-9]{1,3}").orElseThrow();
        assertThat(pattern.matches("ab12")).isTrue();
        assertThat(pattern.matches("ab1234")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "(",
                "a{2000000000}",
                "(){2000000000}",
                "((((){500}){500}){500}){500}",
                "(){1,2000000000}",
                "a{99999999999999999999}"
            })
    @DisplayName("given what is no expression or repeats without end, then it is none")
    void refused(String text) {
        assertThat(TextPattern.of(text)).isEmpty();
    }

    @Test
    @DisplayName("given one that goes back and forth, then its end is told")
    void bounded() {
        TextPattern.Attempt attempt =
                TextPattern.of("(a+)+b").orElseThrow().attempt("a".repeat(100), 1_000);
        assertThat(attempt.complete()).isFalse();
        assertThat(attempt.matches()).isFalse();
        assertThat(attempt.steps()).isLessThan(1_100);
    }
}
