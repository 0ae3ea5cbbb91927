package dev.ostiary.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HeaderLinesTest {

    @Test
    @DisplayName("P30 a line too long for HTTP/2's table of headers is kept out of it")
    void longLines() {
        Header link = new Header("Link", "<https://org.example/" + "a".repeat(5000) + ">");

        assertThat(HeaderLines.of(link).changing()).isTrue();
        assertThat(HeaderLines.of(link).get()).isEqualTo(link.value());
        assertThat(HeaderLines.of(new Header("Link", "<https://org.example/>")).changing())
                .isFalse();
    }
}
