package dev.ostiary.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("P16 the query in an event")
class LoggedQueryTest {

    @Test
    @DisplayName("values of secrets are left out, everything else stays as it was sent")
    void hidesSecrets() {
        assertThat(LoggedQuery.of("a=1&recoveryToken=abc&limit=5"))
                .isEqualTo("a=1&recoveryToken=***&limit=5");
        assertThat(LoggedQuery.of("NEW_PASSWORD=a=b")).isEqualTo("NEW_PASSWORD=***");
        assertThat(LoggedQuery.of("q=token&token&&=x&")).isEqualTo("q=token&token&&=x&");
        assertThat(LoggedQuery.of("")).isEmpty();
    }

    @Test
    @Timeout(5)
    @DisplayName("P30 a query as long as a head may be is walked once")
    void longQueries() {
        String value = "x".repeat(250_000);

        assertThat(LoggedQuery.of("filter=" + value)).hasSize(250_007);
        assertThat(LoggedQuery.of(value)).isEqualTo(value);
        assertThat(LoggedQuery.of("&".repeat(250_000))).hasSize(250_000);
        assertThat(LoggedQuery.of(value + "token" + value + "=1")).endsWith("=***");
    }
}
