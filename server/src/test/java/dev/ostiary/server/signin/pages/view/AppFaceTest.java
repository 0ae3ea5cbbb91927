package dev.ostiary.server.signin.pages.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.context.Language;
import dev.ostiary.server.signin.pages.text.Texts;
import dev.ostiary.server.signin.pages.text.Words;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("How an app shows itself")
class AppFaceTest {

    private static final Words WORDS = Texts.load().in(Language.ENGLISH);

    private static AppFace saying(String address) {
        Optional<String> said = Optional.of(address);
        return new AppFace("Cars", said, said, said, said);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://cars.example.com/a",
                "javascript:alert(1)",
                "data:image/svg+xml,<svg/>",
                "https://",
                "https://ada@cars.example.com/",
                "https://cars.example.com; script-src *",
                "https://cars.example.com/ a",
                "https://cars.example.com/\u00e4",
                "https://k\u00e4fer.example.com/",
                "https://[::1]/",
                "//cars.example.com/a",
                ""
            })
    @DisplayName("P18 given no address of the web over TLS: neither picture nor link is shown")
    void others(String address) {
        AppFace face = saying(address);

        assertThat(face.links(WORDS)).isEmpty();
        assertThat(face.pictureOrigin()).isEmpty();
        assertThat(face.about().or(face::terms).or(face::privacy)).isEmpty();
    }

    @Test
    @DisplayName("given a picture of another host: that host is named to the browser, and no more")
    void elsewhere() {
        assertThat(saying("https://cars.example.com:8443/logo.png?v=1").pictureOrigin())
                .contains("https://cars.example.com:8443");
    }

    @Test
    @DisplayName("given a picture of the own host: no other one is named to the browser")
    void own() {
        AppFace face =
                new AppFace(
                        "Cars",
                        Optional.of("/fs/bco/a.png"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());

        assertThat(face.pictureOrigin()).isEmpty();
        assertThat(face.image()).isPresent();
        assertThat(face.links(WORDS)).isEmpty();
    }
}
