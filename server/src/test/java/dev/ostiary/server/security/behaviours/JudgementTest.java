package dev.ostiary.server.security.behaviours;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.ostiary.platform.context.IpAddress;
import dev.ostiary.platform.context.Place;
import dev.ostiary.server.security.behaviours.Finding.Outcome;
import dev.ostiary.server.security.behaviours.Judgement.Position;
import dev.ostiary.server.security.behaviours.Measure.Granularity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A sign-in, compared with those before it,")
class JudgementTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Place BERLIN = place("DE", "BE", "Berlin", 52.52, 13.405, 3320L);
    private static final Place POTSDAM = place("DE", "BB", "Potsdam", 52.3906, 13.0645, 3320L);
    private static final Place MUNICH = place("DE", "BY", "Munich", 48.1374, 11.5755, 8881L);
    private static final Place VIENNA = place("AT", "9", "Vienna", 48.2082, 16.3738, 8447L);

    private static Place place(
            String country, String region, String city, double lat, double lon, long asn) {
        return new Place(
                country, region, null, null, city, null, lat, lon, asn, null, Optional.empty());
    }

    private static SignIn from(Place place, Duration ago) {
        return SignIn.of(NOW.minus(ago), "laptop", IpAddress.parse("192.0.2.1"), place);
    }

    private static SignIn from(Place place) {
        return from(place, Duration.ZERO);
    }

    private static SignIn by(String device, String address) {
        return SignIn.of(NOW, device, IpAddress.parse(address), Place.unknown());
    }

    private static Outcome outcome(Measure measure, SignIn now, SignIn... past) {
        Behaviour behaviour = new Behaviour("bhv1", "Any", true, measure, NOW, NOW);
        return new Judgement(now, List.of(past)).of(behaviour).outcome();
    }

    private static Measure location(Granularity granularity) {
        return new Measure.Location(granularity, null, History.of(20));
    }

    private static Measure within(int kilometres) {
        return new Measure.Location(Granularity.LAT_LONG, kilometres, History.of(20));
    }

    @Test
    @DisplayName("comes from a new device if its token is none of the earlier ones")
    void devices() {
        Measure device = new Measure.Device(History.of(20));
        SignIn phone = by("phone", "192.0.2.1");
        assertThat(outcome(device, by("laptop", "192.0.2.1"), phone)).isEqualTo(Outcome.POSITIVE);
        assertThat(outcome(device, by("laptop", "192.0.2.1"), phone, by("laptop", "192.0.2.9")))
                .isEqualTo(Outcome.NEGATIVE);
        SignIn bare = SignIn.of(NOW, null, IpAddress.parse("192.0.2.1"), Place.unknown());
        assertThat(outcome(device, bare, phone)).isEqualTo(Outcome.BAD_REQUEST);
        assertThat(outcome(device, phone, bare)).isEqualTo(Outcome.POSITIVE);
    }

    @Test
    @DisplayName("comes from a new address, IPv6 in any spelling")
    void addresses() {
        Measure ip = new Measure.Ip(History.of(50));
        assertThat(outcome(ip, by("a", "2001:db8::1"), by("b", "2001:db8:0:0::1")))
                .isEqualTo(Outcome.NEGATIVE);
        assertThat(outcome(ip, by("a", "192.0.2.2"), by("a", "192.0.2.1")))
                .isEqualTo(Outcome.POSITIVE);
        assertThat(outcome(ip, SignIn.of(NOW, "a", null, Place.unknown())))
                .isEqualTo(Outcome.BAD_REQUEST);
    }

    @Test
    @DisplayName("comes from a new autonomous system")
    void systems() {
        Measure asn = new Measure.Asn(History.of(20));
        assertThat(outcome(asn, from(BERLIN), from(POTSDAM))).isEqualTo(Outcome.NEGATIVE);
        assertThat(outcome(asn, from(MUNICH), from(POTSDAM))).isEqualTo(Outcome.POSITIVE);
        assertThat(outcome(asn, from(Place.unknown()), from(POTSDAM)))
                .isEqualTo(Outcome.BAD_REQUEST);
    }

    @Test
    @DisplayName("comes from a new city, state or country, each with what it lies in")
    void places() {
        assertThat(outcome(location(Granularity.COUNTRY), from(MUNICH), from(BERLIN)))
                .isEqualTo(Outcome.NEGATIVE);
        assertThat(outcome(location(Granularity.SUBDIVISION), from(MUNICH), from(BERLIN)))
                .isEqualTo(Outcome.POSITIVE);
        assertThat(outcome(location(Granularity.COUNTRY), from(VIENNA), from(BERLIN)))
                .isEqualTo(Outcome.POSITIVE);
        Place otherBerlin = place("US", "NH", "Berlin", 44.4687, -71.1851, 1L);
        assertThat(outcome(location(Granularity.CITY), from(otherBerlin), from(BERLIN)))
                .isEqualTo(Outcome.POSITIVE);
        assertThat(outcome(location(Granularity.CITY), from(BERLIN), from(MUNICH), from(BERLIN)))
                .isEqualTo(Outcome.NEGATIVE);
        Place countryOnly =
                new Place(
                        "DE",
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        Optional.empty());
        assertThat(outcome(location(Granularity.CITY), from(countryOnly), from(BERLIN)))
                .isEqualTo(Outcome.BAD_REQUEST);
    }

    @Test
    @DisplayName("comes from farther away than the radius, over the date line too")
    void radius() {
        assertThat(outcome(within(20), from(POTSDAM), from(BERLIN))).isEqualTo(Outcome.POSITIVE);
        assertThat(outcome(within(30), from(POTSDAM), from(BERLIN))).isEqualTo(Outcome.NEGATIVE);
        Place west = place("FJ", "N", "West", -16.8, 179.95, 1L);
        Place east = place("FJ", "N", "East", -16.8, -179.95, 1L);
        assertThat(outcome(within(20), from(west), from(east))).isEqualTo(Outcome.NEGATIVE);
    }

    @Test
    @DisplayName("is too fast if nobody could have come here from the last place that is known")
    void velocity() {
        Measure velocity = new Measure.Velocity(805);
        SignIn here = from(VIENNA);
        assertThat(outcome(velocity, here, from(BERLIN, Duration.ofHours(1))))
                .isEqualTo(Outcome.NEGATIVE);
        assertThat(outcome(velocity, here, from(BERLIN, Duration.ofMinutes(30))))
                .isEqualTo(Outcome.POSITIVE);
        assertThat(outcome(velocity, here, from(BERLIN, Duration.ZERO)))
                .isEqualTo(Outcome.POSITIVE);
        assertThat(outcome(velocity, here, from(BERLIN, Duration.ofMinutes(-5))))
                .isEqualTo(Outcome.POSITIVE);
        assertThat(outcome(velocity, here, from(VIENNA, Duration.ZERO)))
                .isEqualTo(Outcome.NEGATIVE);
        assertThat(
                        outcome(
                                velocity,
                                here,
                                from(Place.unknown(), Duration.ofMinutes(1)),
                                from(BERLIN, Duration.ofMinutes(30))))
                .isEqualTo(Outcome.POSITIVE);
        assertThat(outcome(velocity, here)).isEqualTo(Outcome.UNKNOWN);
        assertThat(outcome(velocity, from(Place.unknown()), from(BERLIN)))
                .isEqualTo(Outcome.BAD_REQUEST);
    }

    @Test
    @DisplayName("is unknown before there are as many as are needed, and new before there is any")
    void tooFew() {
        Measure needsTwo = new Measure.Ip(new History(50, 2));
        SignIn now = by("a", "192.0.2.1");
        assertThat(outcome(needsTwo, now, by("a", "192.0.2.9"))).isEqualTo(Outcome.UNKNOWN);
        assertThat(outcome(needsTwo, now, by("a", "192.0.2.9"), by("a", "192.0.2.8")))
                .isEqualTo(Outcome.POSITIVE);
        assertThat(outcome(new Measure.Ip(History.of(50)), now)).isEqualTo(Outcome.POSITIVE);
    }

    @Test
    @DisplayName("is compared with no more than the behaviour looks back")
    void lookingBack() {
        SignIn[] past =
                IntStream.rangeClosed(1, 21)
                        .mapToObj(i -> by("device-" + i, "192.0.2.1"))
                        .toArray(SignIn[]::new);
        Measure device = new Measure.Device(History.of(20));
        assertThat(outcome(device, by("device-20", "192.0.2.1"), past)).isEqualTo(Outcome.NEGATIVE);
        assertThat(outcome(device, by("device-21", "192.0.2.1"), past)).isEqualTo(Outcome.POSITIVE);
    }

    @Test
    @DisplayName("is as far away as maps say")
    void distances() {
        Position berlin = Position.of(BERLIN).orElseThrow();
        Position munich = Position.of(MUNICH).orElseThrow();
        assertThat(berlin.kilometresTo(munich)).isCloseTo(504.2, offset(1.0));
        assertThat(munich.kilometresTo(berlin)).isEqualTo(berlin.kilometresTo(munich));
        assertThat(berlin.kilometresTo(berlin)).isZero();
        assertThat(new Position(0, 0).kilometresTo(new Position(0, 180)))
                .isCloseTo(20_015.1, offset(1.0));
    }

    @Test
    @DisplayName("matches a rule unless all is as before, and is told as the log has it")
    void findings() {
        Findings findings =
                new Findings(
                        List.of(
                                new Finding("bhv1", "New City", Outcome.POSITIVE),
                                new Finding("bhv2", "New Device", Outcome.BAD_REQUEST),
                                new Finding("bhv3", "New IP", Outcome.NEGATIVE),
                                new Finding("bhv4", "Velocity", Outcome.UNKNOWN)));
        assertThat(findings.text())
                .isEqualTo(
                        "{New City=POSITIVE, New Device=BAD_REQUEST, New IP=NEGATIVE,"
                                + " Velocity=UNKNOWN}");
        assertThat(findings.matching()).containsExactly("New City", "New Device", "Velocity");
        assertThat(findings.matchAny(List.of("bhv3"))).isFalse();
        assertThat(findings.matchAny(List.of("bhv3", "bhv4"))).isTrue();
        assertThat(findings.matchAny(List.of("bhv9"))).isFalse();
    }
}
