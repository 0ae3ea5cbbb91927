package dev.ostiary.platform.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {

    private static final Predicate<IpAddress> ORG = Cidr.parse("198.51.100.0/24")::contains;

    private final TrustedProxies none = new TrustedProxies(List.of());
    private final TrustedProxies operator =
            new TrustedProxies(Cidr.parseList("10.0.0.0/8, fd00::/8"));

    private static boolean nobody(IpAddress address) {
        return false;
    }

    private static IpAddress ip(String text) {
        return Objects.requireNonNull(IpAddress.parse(text), text);
    }

    private static String chain(ClientAddress address) {
        assertThat(address.chain()).first().isEqualTo(address.client());
        return String.join(" ", address.chain().stream().map(IpAddress::toString).toList());
    }

    @Test
    @DisplayName(
            "P13 given nobody is trusted, then the socket is the client whatever a header says")
    void untrusted() {
        assertThat(
                        chain(
                                none.resolve(
                                        ip("203.0.113.5"),
                                        List.of("1.1.1.1, 10.0.0.1"),
                                        ClientAddressTest::nobody)))
                .isEqualTo("203.0.113.5");
        assertThat(chain(operator.resolve(ip("203.0.113.5"), List.of("1.1.1.1"), ORG)))
                .isEqualTo("203.0.113.5");
    }

    @Test
    @DisplayName("P13 the operator's proxies are peeled off and stand in no chain; IPv6 too")
    void operatorsProxies() {
        assertThat(
                        chain(
                                operator.resolve(
                                        ip("10.1.1.1"),
                                        List.of("203.0.113.5, 10.9.9.9"),
                                        ClientAddressTest::nobody)))
                .isEqualTo("203.0.113.5");
        assertThat(
                        chain(
                                operator.resolve(
                                        ip("fd00::1"),
                                        List.of("2001:DB8:0:0::5"),
                                        ClientAddressTest::nobody)))
                .isEqualTo("2001:db8::5");
        assertThat(chain(operator.resolve(ip("10.1.1.1"), List.of(), ClientAddressTest::nobody)))
                .isEqualTo("10.1.1.1");
    }

    @Test
    @DisplayName(
            "P13 the org's proxies count from the right and stand in the chain behind the client")
    void orgsProxies() {
        assertThat(
                        chain(
                                none.resolve(
                                        ip("198.51.100.1"),
                                        List.of("6.6.6.6, 203.0.113.5, 198.51.100.2"),
                                        ORG)))
                .isEqualTo("203.0.113.5 198.51.100.2 198.51.100.1");
        assertThat(
                        chain(
                                operator.resolve(
                                        ip("10.1.1.1"),
                                        List.of("6.6.6.6, 203.0.113.5", "198.51.100.2"),
                                        ORG)))
                .isEqualTo("203.0.113.5 198.51.100.2");
    }

    @Test
    @DisplayName(
            "P13 given a client that forges its own hops, then the right-most untrusted one stays")
    void forged() {
        assertThat(
                        chain(
                                operator.resolve(
                                        ip("10.1.1.1"),
                                        List.of("198.51.100.9, 10.0.0.7, 203.0.113.5"),
                                        ORG)))
                .isEqualTo("203.0.113.5");
    }

    @ParameterizedTest
    @DisplayName("P13 given garbage in the header, then the last believable hop is the client")
    @ValueSource(
            strings = {
                "",
                ",",
                "unknown",
                "203.0.113.5, evil.example.com",
                "203.0.113.5, 127.1",
                "203.0.113.5, 010.0.0.1",
                "203.0.113.5, 1.2.3.4.5",
                "203.0.113.5, 256.1.1.1",
                "203.0.113.5, ::1%eth0",
                "203.0.113.5, [::1",
                "203.0.113.5, 1.1.1.1:x",
                "203.0.113.5, ٣.1.1.1"
            })
    void garbage(String header) {
        assertThat(chain(operator.resolve(ip("10.1.1.1"), List.of(header), ORG)))
                .isEqualTo("10.1.1.1");
    }

    @Test
    @DisplayName("given thousands of trusted hops or a huge entry, then reading stops early")
    void bounded() {
        String many = "10.0.0.1,".repeat(20_000) + "10.0.0.1";
        assertThat(
                        chain(
                                operator.resolve(
                                        ip("10.1.1.1"), List.of(many), ClientAddressTest::nobody)))
                .isEqualTo("10.0.0.1");
        String orgs = "198.51.100.7,".repeat(20_000) + "198.51.100.7";
        assertThat(none.resolve(ip("198.51.100.1"), List.of(orgs), ORG).chain())
                .hasSize(TrustedProxies.MAX_HOPS + 1);
        assertThat(
                        chain(
                                operator.resolve(
                                        ip("10.1.1.1"),
                                        List.of("1".repeat(200_000)),
                                        ClientAddressTest::nobody)))
                .isEqualTo("10.1.1.1");
    }

    @Test
    @DisplayName("ports and brackets that some proxies write are understood")
    void ports() {
        assertThat(
                        chain(
                                operator.resolve(
                                        ip("10.1.1.1"),
                                        List.of("203.0.113.5:4711"),
                                        ClientAddressTest::nobody)))
                .isEqualTo("203.0.113.5");
        assertThat(
                        chain(
                                operator.resolve(
                                        ip("10.1.1.1"),
                                        List.of("[2001:db8::7]:4711"),
                                        ClientAddressTest::nobody)))
                .isEqualTo("2001:db8::7");
    }

    @ParameterizedTest
    @DisplayName("addresses have one text each (RFC 5952)")
    @CsvSource({
        "::1,::1",
        "::,::",
        "1:0:0:2:0:0:0:3,1:0:0:2::3",
        "2001:0DB8::0:1,2001:db8::1",
        "::ffff:192.0.2.1,192.0.2.1",
        "fe80::1:0:0:0,fe80::1:0:0:0",
        "1:2:3:4:5:6:7:8,1:2:3:4:5:6:7:8",
        "1:2:3:4:5:6:0:0,1:2:3:4:5:6::",
        "1:0:3:4:5:6:7:8,1:0:3:4:5:6:7:8",
        "192.0.2.1,192.0.2.1"
    })
    void text(String given, String canonical) {
        assertThat(ip(given)).hasToString(canonical).isEqualTo(IpAddress.parse(canonical));
    }

    @Test
    @DisplayName("a block holds the addresses that share its prefix, of its own family only")
    void cidr() {
        assertThat(Cidr.parse("192.168.4.0/22").contains(ip("192.168.7.255"))).isTrue();
        assertThat(Cidr.parse("192.168.4.0/22").contains(ip("192.168.8.0"))).isFalse();
        assertThat(Cidr.parse("0.0.0.0/0").contains(ip("8.8.8.8"))).isTrue();
        assertThat(Cidr.parse("0.0.0.0/0").contains(ip("::1"))).isFalse();
        assertThat(Cidr.parse("2001:db8::/33").contains(ip("2001:db8:7fff::1"))).isTrue();
        assertThat(Cidr.parse("2001:db8::/33").contains(ip("2001:db8:8000::1"))).isFalse();
        assertThat(Cidr.parse("192.0.2.1")).hasToString("192.0.2.1/32");
        assertThat(Cidr.parseList(" ")).isEmpty();
        for (String bad :
                List.of("", "x", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "::/129", "10/8")) {
            assertThatThrownBy(() -> Cidr.parse(bad)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
