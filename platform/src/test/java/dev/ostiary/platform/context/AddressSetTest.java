package dev.ostiary.platform.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AddressSetTest {

    @Test
    @DisplayName("a block and its ends are in, the neighbours are out, in both families")
    void blocks() {
        AddressSet set = set("10.1.2.3/24", "2001:db8::/33", "192.0.2.7", "0.0.0.0/32");
        assertIn(set, "10.1.2.0", "10.1.2.255", "192.0.2.7", "0.0.0.0");
        assertIn(set, "2001:db8::", "2001:db8:7fff:ffff:ffff:ffff:ffff:ffff");
        assertOut(set, "10.1.1.255", "10.1.3.0", "192.0.2.6", "192.0.2.8", "0.0.0.1");
        assertOut(set, "2001:db8:8000::", "2001:db7:ffff::", "::", "::a01:203");
    }

    @Test
    @DisplayName("everything is in a block of length 0, of its own family")
    void everything() {
        assertIn(set("0.0.0.0/0"), "0.0.0.0", "255.255.255.255", "127.0.0.1");
        assertOut(set("0.0.0.0/0"), "::", "::1");
        assertIn(set("::/0"), "::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff");
        assertOut(set("::/0"), "0.0.0.0");
    }

    @Test
    @DisplayName("an address of IPv4 that comes inside IPv6 is that address of IPv4")
    void mapped() {
        assertIn(set("192.0.2.0/24"), "::ffff:192.0.2.9");
    }

    @Test
    @DisplayName("ranges that overlap or repeat are kept once")
    void merged() {
        assertThat(set("10.0.0.0/8", "10.1.0.0/16", "10.0.0.0/8", "11.0.0.0/8").size())
                .isEqualTo(2);
        assertThat(set().isEmpty()).isTrue();
    }

    @Test
    @DisplayName("among random ranges it finds what looking at each of them finds")
    void sameAsLookingAtEach() {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            List<AddressRange> ranges = new ArrayList<>();
            for (int i = random.nextInt(30); i > 0; i--) {
                ranges.add(new Cidr(near(random), 24 + random.nextInt(9)).range());
            }
            AddressSet set = AddressSet.of(ranges);
            for (int i = 0; i < 100; i++) {
                IpAddress address = near(random);
                boolean expected =
                        ranges.stream()
                                .anyMatch(
                                        range ->
                                                range.first().compareTo(address) <= 0
                                                        && address.compareTo(range.last()) <= 0);
                assertThat(set.contains(address))
                        .as("%s in %s", address, ranges)
                        .isEqualTo(expected);
            }
        }
    }

    private static IpAddress near(Random random) {
        return address("255.0." + random.nextInt(3) + "." + random.nextInt(256));
    }

    private static AddressSet set(String... blocks) {
        return AddressSet.of(
                List.of(blocks).stream().map(text -> Cidr.parse(text).range()).toList());
    }

    private static void assertIn(AddressSet set, String... addresses) {
        for (String text : addresses) {
            assertThat(set.contains(address(text))).as(text).isTrue();
        }
    }

    private static void assertOut(AddressSet set, String... addresses) {
        for (String text : addresses) {
            assertThat(set.contains(address(text))).as(text).isFalse();
        }
    }

    private static IpAddress address(String text) {
        return Objects.requireNonNull(IpAddress.parse(text), text);
    }
}
