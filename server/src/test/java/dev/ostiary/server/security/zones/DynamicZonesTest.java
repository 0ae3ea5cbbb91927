package dev.ostiary.server.security.zones;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.context.Atlas;
import dev.ostiary.platform.context.IpAddress;
import dev.ostiary.platform.context.Place;
import dev.ostiary.platform.context.Place.Anonymizer;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Zones of places, networks and services, with an atlas of five addresses. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DynamicZonesTest {

    private static final Map<String, Place> PLACES =
            Map.of(
                    "10.0.0.1", place("DE", "BE", 64500L, Anonymizer.NONE),
                    "10.0.0.2", place("DE", "BY", 64501L, Anonymizer.TOR),
                    "10.0.0.3", place("US", null, 64500L, Anonymizer.PROXY_OR_VPN),
                    "10.0.0.4", place(null, null, 64502L, Anonymizer.OTHER),
                    "10.0.0.5", place("FR", null, null, null));

    private static final Atlas ATLAS =
            address -> PLACES.getOrDefault(address.toString(), Place.unknown());

    private final ZoneGround ground;

    DynamicZonesTest(DatabaseAccess access) {
        ground = new ZoneGround(access, ATLAS);
    }

    private static Place place(
            @Nullable String country,
            @Nullable String region,
            @Nullable Long asn,
            @Nullable Anonymizer how) {
        return new Place(
                country,
                region,
                null,
                null,
                null,
                null,
                null,
                null,
                asn,
                null,
                Optional.ofNullable(how));
    }

    @BeforeEach
    void fromTheBeginning() {
        ground.forget(ground.org);
    }

    @AfterAll
    void close() {
        ground.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"locations\":[{\"country\":\"DE\"}] | 1 2",
                "\"locations\":[{\"country\":\"DE\",\"region\":\"DE-BE\"}] | 1",
                "\"locations\":[{\"country\":\"DE\",\"region\":\"BY\"},{\"country\":\"FR\",\"region\":null}] | 2 5",
                "\"locations\":[{\"country\":\"FR\",\"region\":\"FR-75\"}] | ",
                "\"asns\":[\"64500\",\"64502\"] | 1 3 4",
                "\"locations\":[{\"country\":\"DE\"}],\"asns\":[\"64500\"] | 1",
                "\"proxyType\":\"Any\" | 2 3 4",
                "\"proxyType\":\"Tor\" | 2",
                "\"proxyType\":\"NotTorAnonymizer\" | 3 4",
                "\"proxyType\":\"Any\",\"locations\":[{\"country\":\"US\"}] | 3",
            })
    @DisplayName("in a dynamic zone every kind of condition holds, and of each one value")
    void dynamic(String conditions, @Nullable String expected) {
        assertThat(within("DYNAMIC", conditions)).isEqualTo(expected == null ? "" : expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"locations\":{\"include\":[{\"country\":\"DE\"}],\"exclude\":[{\"country\":\"DE\",\"region\":\"DE-BY\"}]} | 1",
                "\"locations\":{\"exclude\":[{\"country\":\"DE\"}]} | 3 5",
                "\"asns\":{\"exclude\":[\"64500\"]} | 2 4",
                "\"locations\":{\"include\":[{\"country\":\"DE\"}]},\"asns\":{\"exclude\":[\"64500\"]} | 2",
                "\"ipServiceCategories\":{\"include\":[\"ALL_ANONYMIZERS\"]} | 2 3 4",
                "\"ipServiceCategories\":{\"include\":[\"ALL_ANONYMIZERS\"],\"exclude\":[\"ANONYMIZER_TOR\"]} | 3 4",
                "\"ipServiceCategories\":{\"include\":[\"ALL_ANONYMIZERS_EXCEPT_TOR\"]} | 3 4",
                "\"ipServiceCategories\":{\"include\":[\"ALL_PROXIES_VPNS\"]} | 3",
                "\"ipServiceCategories\":{\"include\":[\"NORD_VPN\",\"YILU_PROXY\"]} | ",
            })
    @DisplayName("an enhanced one excludes, too; what nobody knows satisfies neither")
    void enhanced(String conditions, @Nullable String expected) {
        assertThat(within("DYNAMIC_V2", conditions)).isEqualTo(expected == null ? "" : expected);
    }

    @Test
    @DisplayName("the enhanced zone of the system blocks anonymizers only, and nobody before that")
    void systemZone() {
        assertThat(blocked()).isEmpty();
        ground.call(ground.org, "activateNetworkZone", SystemZone.ENHANCED.id(ground.org), "", "");
        assertThat(blocked()).containsExactly(2, 3, 4);
        assertThat(
                        ZoneMap.of(
                                        List.of(
                                                SystemZone.ENHANCED
                                                        .untouched(ground.org)
                                                        .active(true, ground.org.created())),
                                        Atlas.none())
                                .blockedBy(ZoneGround.address("10.0.0.2")))
                .isEmpty();
    }

    private List<Integer> blocked() {
        return IntStream.rangeClosed(1, 6)
                .filter(
                        i ->
                                ground.map(ground.org)
                                        .blockedBy(ZoneGround.address("10.0.0." + i))
                                        .isPresent())
                .boxed()
                .toList();
    }

    @Test
    @DisplayName("without a database a dynamic block list blocks nobody, whatever it excludes")
    void withoutMaps() {
        Zone zone =
                new Zone(
                        "nzo1",
                        "All but Germany",
                        true,
                        ZoneUsage.BLOCKLIST,
                        Optional.empty(),
                        new Perimeter.Enhanced(
                                new Choice<>(List.of(), List.of(new ZoneLocation("DE", null))),
                                Choice.none(),
                                Choice.none()),
                        ground.org.created(),
                        ground.org.created());
        IpAddress address = ZoneGround.address("10.0.0.3");
        assertThat(ZoneMap.of(List.of(zone), Atlas.none()).blockedBy(address)).isEmpty();
        assertThat(ZoneMap.of(List.of(zone), ATLAS).blockedBy(address)).isPresent();
    }

    /** The last numbers of those addresses that are in a zone with these conditions. */
    private String within(String type, String conditions) {
        ground.create(
                ground.org, "{\"type\":\"" + type + "\",\"name\":\"there\"," + conditions + "}");
        StringBuilder found = new StringBuilder();
        for (int i = 1; i <= 6; i++) {
            if (ground.map(ground.org).zoneOf(ZoneGround.address("10.0.0." + i)).isPresent()) {
                found.append(found.isEmpty() ? "" : " ").append(i);
            }
        }
        return found.toString();
    }
}
