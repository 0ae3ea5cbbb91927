package dev.ostiary.server.security.behaviours;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.context.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The risk of a sign-in")
class RiskTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Place KIEL = place("DE", "SH", "Kiel", 54.3, 10.1);
    private static final Place OSAKA = place("JP", "27", "Osaka", 34.7, 135.5);

    @Test
    @DisplayName("given nobody who signed in before: low, whatever is new")
    void first() {
        assertThat(risk(at("d1", OSAKA), List.of()).text()).isEqualTo("{level=LOW}");
    }

    @Test
    @DisplayName("given a device and a place as before: low")
    void asBefore() {
        assertThat(risk(at("d1", KIEL), List.of(before("d1", KIEL))).level())
                .isEqualTo(Risk.Level.LOW);
    }

    @Test
    @DisplayName("given a new device: medium; in a place that is new, too: high")
    void anomalies() {
        List<SignIn> past = List.of(before("d1", KIEL));

        assertThat(risk(at("d2", KIEL), past).text())
                .isEqualTo("{reasons=Anomalous Device, level=MEDIUM}");
        assertThat(risk(at("d2", OSAKA), past).text())
                .isEqualTo("{reasons=Anomalous Device, Anomalous Location, Velocity, level=HIGH}");
    }

    @Test
    @DisplayName("what a sign-in, or the past, does not say is no anomaly")
    void unsaid() {
        assertThat(risk(at(null, KIEL), List.of(before("d1", KIEL))).level())
                .isEqualTo(Risk.Level.LOW);
        assertThat(risk(at("d1", Place.unknown()), List.of(before(null, KIEL))).level())
                .isEqualTo(Risk.Level.LOW);
    }

    @Test
    @DisplayName("an address that attacks come from makes it high alone")
    void suspected() {
        assertThat(Risk.of(at("d1", KIEL), List.of(before("d1", KIEL)), true).text())
                .isEqualTo("{reasons=Suspected Threat, level=HIGH}");
    }

    private static Risk risk(SignIn now, List<SignIn> past) {
        return Risk.of(now, past, false);
    }

    private static SignIn at(@Nullable String device, Place place) {
        return SignIn.of(NOON, device, null, place);
    }

    private static SignIn before(@Nullable String device, Place place) {
        return SignIn.of(NOON.minus(Duration.ofHours(1)), device, null, place);
    }

    private static Place place(
            String country, String region, String city, double latitude, double longitude) {
        return new Place(
                country,
                region,
                null,
                null,
                city,
                null,
                latitude,
                longitude,
                null,
                null,
                Optional.empty());
    }
}
