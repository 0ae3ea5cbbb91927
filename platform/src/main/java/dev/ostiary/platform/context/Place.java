package dev.ostiary.platform.context;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What databases of the operator know of an address; null for what they do not know.
 *
 * @param country ISO 3166-1 code of two letters
 * @param region ISO 3166-2 code of the largest subdivision, without the country
 * @param countryName as the log shows it
 * @param regionName as the log shows it
 * @param asn the number of the autonomous system
 * @param asOrg who runs it
 * @param anonymizer whether the address hides who uses it
 */
public record Place(
        @Nullable String country,
        @Nullable String region,
        @Nullable String countryName,
        @Nullable String regionName,
        @Nullable String city,
        @Nullable String postalCode,
        @Nullable Double latitude,
        @Nullable Double longitude,
        @Nullable Long asn,
        @Nullable String asOrg,
        Optional<Anonymizer> anonymizer) {

    private static final Place UNKNOWN =
            new Place(null, null, null, null, null, null, null, null, null, null, Optional.empty());

    /** How an address hides who uses it. */
    public enum Anonymizer {
        /** It does not. */
        NONE,
        TOR,
        PROXY_OR_VPN,
        /** It does, nobody knows how. */
        OTHER
    }

    /** Nothing is known. */
    public static Place unknown() {
        return UNKNOWN;
    }
}
