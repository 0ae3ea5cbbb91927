package dev.ostiary.server.security.origins;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebOriginTest {

    @ParameterizedTest(name = "{0} is {1}")
    @DisplayName("P35 an origin gets the spelling that browsers give to it")
    @CsvSource({
        "https://example.com, https://example.com",
        "http://example.com, http://example.com",
        "HTTPS://Example.COM, https://example.com",
        "https://example.com/, https://example.com",
        "https://example.com:443, https://example.com",
        "https://example.com:443/, https://example.com",
        "http://example.com:80, http://example.com",
        "http://example.com:443, http://example.com:443",
        "https://example.com:80, https://example.com:80",
        "https://example.com:08443, https://example.com:8443",
        "http://localhost:3000, http://localhost:3000",
        "ftp://files.example.com:21, ftp://files.example.com",
        "ionic://localhost, ionic://localhost",
        "capacitor://localhost, capacitor://localhost",
        "https://a_b.example.com, https://a_b.example.com",
        "http://192.0.2.7:8080, http://192.0.2.7:8080",
        "http://[::1]:8080, http://[::1]:8080",
        "'https://[2001:0DB8:0:0:0:0:0:1]', 'https://[2001:db8::1]'",
        "https://bücher.example, https://xn--bcher-kva.example",
        "https://BÜCHER.example, https://xn--bcher-kva.example",
        "https://xn--bcher-kva.example, https://xn--bcher-kva.example",
        "https://例え.テスト, https://xn--r8jz45g.xn--zckzah",
        "https://ｅxample.com, https://example.com"
    })
    void spelling(String written, String canonical) {
        assertThat(WebOrigin.parse(written)).map(WebOrigin::text).contains(canonical);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("P35 what is no origin, or could be read in two ways, is refused")
    @ValueSource(
            strings = {
                "",
                "null",
                "*",
                "example.com",
                "//example.com",
                "https://",
                "https:///",
                "https://*",
                "https://*.example.com",
                "https://example.com:*",
                "https://example.com/path",
                "https://example.com//",
                "https://example.com?",
                "https://example.com#",
                "https://example.com?a=b",
                "https://user@example.com",
                "https://user:secret@example.com",
                "https://example.com:",
                "https://example.com:0",
                "https://example.com:65536",
                "https://example.com:999999",
                "https://example.com:80a",
                "https://example.com.",
                "https://.example.com",
                "https://example..com",
                "https://-example.com",
                "https://exa mple.com",
                " https://example.com",
                "https://example.com ",
                "https://example.com\n",
                "https://example.com\0",
                "https://example.com\\",
                "https://example%2ecom",
                "https://example.com／path",
                "https://example.com, https://other.example",
                "javascript://example.com",
                "file://",
                "data:text/html,x",
                "chrome-extension://abcdef",
                "http://127.1",
                "http://2130706433",
                "http://0x7f.0.0.1",
                "http://010.0.0.1",
                "http://256.1.1.1",
                "http://[::1",
                "http://::1",
                "http://[127.0.0.1]",
                "http://[::ffff:127.0.0.1]",
                "http://[fe80::1%25eth0]",
                "http://[::g]",
                "https://straße.example",
                "https://\u03c3\u03b1\u03c2.example",
                "https://\u2028.example",
                "https://xn--\u00fc.example.\u0000"
            })
    void refused(String written) {
        assertThat(WebOrigin.parse(written)).isEmpty();
    }

    @ParameterizedTest(name = "{0} characters")
    @DisplayName("an origin has at most 255 characters")
    @ValueSource(ints = {256, 100_000})
    void tooLong(int length) {
        String start = "https://";
        String host = "a.".repeat(length).substring(0, length - start.length() - 1) + "a";
        assertThat(WebOrigin.parse(start + host)).isEmpty();
    }
}
