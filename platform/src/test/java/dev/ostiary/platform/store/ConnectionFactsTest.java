package dev.ostiary.platform.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionFactsTest {

    @Test
    @DisplayName("an operator's URL serves both roles")
    void url() {
        ConnectionFacts facts =
                ConnectionFacts.ofUrl(
                        "postgresql://me:p%40ss+w%3A@db.example:6432/ids?sslmode=require");
        assertThat(facts)
                .isEqualTo(
                        new ConnectionFacts(
                                "jdbc:postgresql://db.example:6432/ids?sslmode=require",
                                "me",
                                "p@ss+w:",
                                "me",
                                "p@ss+w:"));
        assertThat(facts.oneRole()).isTrue();
    }

    @Test
    @DisplayName("port and database have PostgreSQL's defaults, and an address may be IPv6")
    void defaults() {
        assertThat(ConnectionFacts.ofUrl("postgres://me@[::1]").jdbcUrl())
                .isEqualTo("jdbc:postgresql://[::1]:5432/me");
    }

    @ParameterizedTest
    @DisplayName("what is no such URL is refused without repeating its password")
    @ValueSource(
            strings = {
                "postgresql://u:hush@",
                "mysql://u:hush@h/d",
                "postgresql://h/d",
                "postgresql://u:hush@h/d d",
                "hush"
            })
    void refused(String url) {
        assertThatThrownBy(() -> ConnectionFacts.ofUrl(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("hush");
    }
}
