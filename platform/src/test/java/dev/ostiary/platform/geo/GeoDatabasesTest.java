package dev.ostiary.platform.geo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.platform.context.IpAddress;
import dev.ostiary.platform.context.Place;
import dev.ostiary.platform.context.Place.Anonymizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeoDatabasesTest {

    @TempDir private Path folder;
    private Path city = Path.of("");
    private Path asn = Path.of("");
    private Path anonymous = Path.of("");

    @BeforeEach
    void write() {
        city =
                new TestGeoDatabase("GeoLite2-City")
                        .put(
                                "198.51.100.0/24",
                                Map.of(
                                        "country",
                                        Map.of("iso_code", "DE", "names", Map.of("en", "Germany")),
                                        "subdivisions",
                                        List.of(
                                                Map.of(
                                                        "iso_code",
                                                        "BE",
                                                        "names",
                                                        Map.of("en", "State of Berlin"))),
                                        "city",
                                        Map.of("names", Map.of("en", "Berlin")),
                                        "postal",
                                        Map.of("code", "10115"),
                                        "location",
                                        Map.of("latitude", 52.5, "longitude", 13.4)))
                        .put("2001:db8::/32", Map.of("country", Map.of("iso_code", "FR")))
                        .put("203.0.113.0/24", Map.of("country", "broken", "city", 7))
                        .write(folder.resolve("city.mmdb"));
        asn =
                new TestGeoDatabase("GeoLite2-ASN")
                        .put(
                                "198.51.100.0/25",
                                Map.of(
                                        "autonomous_system_number",
                                        64500,
                                        "autonomous_system_organization",
                                        "Example Net"))
                        .write(folder.resolve("asn.mmdb"));
        anonymous =
                new TestGeoDatabase("GeoIP2-Anonymous-IP")
                        .put(
                                "198.51.100.9/32",
                                Map.of("is_anonymous", true, "is_tor_exit_node", true))
                        .write(folder.resolve("anonymous.mmdb"));
    }

    @Test
    @DisplayName("P16 what several databases know of an address is put together")
    void together() {
        try (GeoDatabases atlas = GeoDatabases.open(List.of(city, asn, anonymous))) {
            assertThat(at(atlas, "198.51.100.9"))
                    .isEqualTo(
                            new Place(
                                    "DE",
                                    "BE",
                                    "Germany",
                                    "State of Berlin",
                                    "Berlin",
                                    "10115",
                                    52.5,
                                    13.4,
                                    64500L,
                                    "Example Net",
                                    Optional.of(Anonymizer.TOR)));
            assertThat(at(atlas, "198.51.100.200").asn()).isNull();
            assertThat(at(atlas, "198.51.100.200").city()).isEqualTo("Berlin");
            assertThat(at(atlas, "2001:db8::1").country()).isEqualTo("FR");
        }
    }

    @Test
    @DisplayName("what no database knows is unknown, and so is what makes no sense")
    void unknown() {
        try (GeoDatabases atlas = GeoDatabases.open(List.of(city, asn))) {
            assertThat(at(atlas, "192.0.2.1")).isEqualTo(Place.unknown());
            assertThat(at(atlas, "::1")).isEqualTo(Place.unknown());
            assertThat(at(atlas, "203.0.113.1")).isEqualTo(Place.unknown());
        }
    }

    @Test
    @DisplayName("a file that is missing or something else is refused by name")
    void notADatabase() throws IOException {
        Path text = Files.writeString(folder.resolve("text.mmdb"), "no database");
        assertThatThrownBy(() -> GeoDatabases.open(List.of(city, text)))
                .isInstanceOf(GeoDatabaseFailure.class)
                .hasMessageContaining("text.mmdb");
        assertThatThrownBy(() -> GeoDatabases.open(List.of(folder.resolve("none"))))
                .isInstanceOf(GeoDatabaseFailure.class)
                .hasMessageContaining("none");
    }

    private static Place at(GeoDatabases atlas, String address) {
        return atlas.of(Objects.requireNonNull(IpAddress.parse(address)));
    }
}
