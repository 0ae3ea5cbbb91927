package dev.ostiary.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.context.Cidr;
import dev.ostiary.platform.context.TrustedProxies;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForwardedIncomingTest {

    /** The address that a {@link Sent} request comes from. */
    private static final TrustedProxies TRUSTING = trusting("192.0.2.0/24");

    private static TrustedProxies trusting(String block) {
        return new TrustedProxies(List.of(Cidr.parse(block)));
    }

    private static Sent sent(Map<String, List<String>> headers) {
        return new Sent("GET", "/api/v1/users", "", "inner.example:8443", headers, -1);
    }

    @Test
    @DisplayName("P2 a trusted proxy says scheme and host; whatever it does not say stays")
    void trusted() {
        Incoming whole =
                ForwardedIncoming.behind(
                        TRUSTING,
                        sent(
                                Map.of(
                                        "X-Forwarded-Proto", List.of("http"),
                                        "X-Forwarded-Host", List.of("login.example"))));
        assertThat(whole.secure()).isFalse();
        assertThat(whole.authority()).isEqualTo("login.example");
        Incoming silent = ForwardedIncoming.behind(TRUSTING, sent(Map.of()));
        assertThat(silent.secure()).isTrue();
        assertThat(silent.authority()).isEqualTo("inner.example:8443");
    }

    @Test
    @DisplayName("P2 nobody else is believed")
    void untrusted() {
        Sent forged =
                sent(
                        Map.of(
                                "X-Forwarded-Proto", List.of("http"),
                                "X-Forwarded-Host", List.of("evil.example")));
        assertThat(ForwardedIncoming.behind(trusting("198.51.100.0/24"), forged)).isSameAs(forged);
        assertThat(ForwardedIncoming.behind(new TrustedProxies(List.of()), forged))
                .isSameAs(forged);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("P2 P18 the last entry counts, if it is a host at all")
    @CsvSource(
            delimiter = '|',
            value = {
                "login.example:443 | login.example:443",
                "[2001:db8::1]:8443 | [2001:db8::1]:8443",
                "evil.example, login.example | login.example",
                "login.example/x | inner.example:8443",
                "user@login.example | inner.example:8443",
                "<script> | inner.example:8443",
                "login.example, | inner.example:8443",
                "'' | inner.example:8443"
            })
    void hosts(String said, String authority) {
        assertThat(
                        ForwardedIncoming.behind(
                                        TRUSTING, sent(Map.of("X-Forwarded-Host", List.of(said))))
                                .authority())
                .isEqualTo(authority);
    }
}
