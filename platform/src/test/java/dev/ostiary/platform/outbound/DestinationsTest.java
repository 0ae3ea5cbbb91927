package dev.ostiary.platform.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A call")
class DestinationsTest {

    private final Destinations internet = Destinations.ofTheInternet();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.255.254",
                "0.0.0.0",
                "10.1.2.3",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "100.100.100.200",
                "192.0.0.192",
                "198.18.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::127.0.0.1",
                "64:ff9b::a00:1",
                "64:ff9b:1::a00:1",
                "2002:7f00:1::1",
                "fc00::1",
                "fd00:ec2::254",
                "fe80::1",
                "fec0::1",
                "ff02::1",
                "2001::1"
            })
    @DisplayName("does not go to what only the server reaches")
    void refused(String address) throws UnknownHostException {
        assertThat(internet.permit(InetAddress.getByName(address))).isFalse();
        assertThatThrownBy(() -> internet.resolve(address))
                .isInstanceOf(Destinations.NotPermitted.class);
        assertThat(Destinations.everywhere().permit(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "223.255.255.255",
                "2606:4700:4700::1111",
                "2a00:1450::1",
                "2001:4860:4860::8888"
            })
    @DisplayName("goes to the internet, to the address that was judged")
    void permitted(String address) throws UnknownHostException {
        assertThat(internet.resolve(address)).containsExactly(InetAddress.getByName(address));
    }

    @Test
    @DisplayName("does not go to the loopback by its name")
    void byName() {
        assertThatThrownBy(() -> internet.resolve("localhost"))
                .isInstanceOf(Destinations.NotPermitted.class);
    }
}
