package dev.ostiary.server.oauth.authorize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.http.Urls;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Redirect URIs")
class RedirectUrisTest {

    private static final List<String> REGISTERED =
            List.of("https://app.example.com/cb", "com.example.app:/cb");
    private static final List<String> STARRED =
            List.of("https://pr-*.example.com/cb", "https://app.example.com/cb");

    @Test
    @DisplayName("are those that are registered, character by character")
    void exact() {
        assertThat(RedirectUris.has(REGISTERED, false, "https://app.example.com/cb")).isTrue();
        assertThat(RedirectUris.has(REGISTERED, false, "com.example.app:/cb")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "https://app.example.com/cb/",
                "https://app.example.com/cb?a=b",
                "https://app.example.com/cb#a",
                "https://app.example.com/CB",
                "https://app.example.com:443/cb",
                "http://app.example.com/cb",
                "https://app.example.com/cb ",
                "https://app.example.com%2Fcb",
                "com.example.app:/cb/../cb",
                "javascript:alert(1)//https://app.example.com/cb"
            })
    @DisplayName("are nothing else")
    void others(String uri) {
        assertThat(RedirectUris.has(REGISTERED, false, uri)).isFalse();
        assertThat(RedirectUris.has(REGISTERED, true, uri)).isFalse();
    }

    @Test
    @DisplayName("a star is a piece of the lowest label, where stars count")
    void stars() {
        assertThat(RedirectUris.has(STARRED, true, "https://pr-12-x.example.com/cb")).isTrue();
        assertThat(RedirectUris.has(STARRED, true, "https://app.example.com/cb")).isTrue();
        assertThat(RedirectUris.has(STARRED, false, "https://pr-12-x.example.com/cb")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://pr-.example.com/cb",
                "https://pr-*.example.com/cb",
                "https://pr-a.b.example.com/cb",
                "https://pr-evil.test/.example.com/cb",
                "https://pr-evil.test#.example.com/cb",
                "https://pr-evil.test?.example.com/cb",
                "https://pr-x@evil.test.example.com/cb",
                "https://pr-x\\.example.com/cb",
                "https://pr-x:1.example.com/cb",
                "https://pr-\u0430.example.com/cb"
            })
    @DisplayName("a star is nothing that could lead elsewhere")
    void tricks(String uri) {
        assertThat(RedirectUris.has(STARRED, true, uri)).isFalse();
    }

    @Test
    @DisplayName("have an origin if they are of the web, and a scheme in any case")
    void origins() {
        assertThat(Urls.origin("https://app.example.com:8443/cb?x=y"))
                .contains("https://app.example.com:8443");
        assertThat(Urls.origin("com.example.app:/cb")).isEmpty();
        assertThat(Urls.origin("https://user@app.example.com/cb")).isEmpty();
        assertThat(RedirectUris.source("com.example.app:/cb")).isEqualTo("com.example.app:");
        assertThat(RedirectUris.source("http://localhost/cb")).isEqualTo("http://localhost");
    }
}
