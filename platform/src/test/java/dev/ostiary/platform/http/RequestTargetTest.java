package dev.ostiary.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestTargetTest {

    @ParameterizedTest(name = "{0}")
    @DisplayName(
            "P1 an absolute target says the host itself; whatever else is none is left as it is")
    @CsvSource({
        "/api/v1/users, /api/v1/users, header.example",
        "https://url.example:8443/api/v1/users, /api/v1/users, url.example:8443",
        "HTTP://url.example, /, url.example",
        "https:///api, /api, ''",
        "https://user@url.example/api, https://user@url.example/api, header.example",
        "//url.example/api, //url.example/api, header.example",
        "javascript:alert(1), javascript:alert(1), header.example",
        "*, *, header.example"
    })
    void targets(String sent, String path, String authority) {
        assertThat(RequestTarget.of(sent, "header.example"))
                .isEqualTo(new RequestTarget(path, authority));
    }
}
