package dev.ostiary.platform.geo;

import dev.ostiary.platform.context.Place;
import dev.ostiary.platform.context.Place.Anonymizer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the databases said of one address, collected by one thread. Nothing of a file is believed
 * beyond its form: a value of another type counts as absent.
 */
final class Findings {

    private @Nullable Map<?, ?> geography;
    private @Nullable Long asn;
    private @Nullable String asOrg;
    private Optional<Anonymizer> anonymizer = Optional.empty();

    /**
     * @param databaseType as the file names itself, such as {@code GeoLite2-City}
     */
    void add(String databaseType, Map<?, ?> found) {
        if (geography == null && found.get("country") instanceof Map<?, ?>) {
            geography = found;
        }
        if (asn == null && found.get("autonomous_system_number") instanceof Number number) {
            asn = number.longValue();
            asOrg = text(found, "autonomous_system_organization");
        }
        if (anonymizer.isEmpty() && databaseType.contains("Anonymous")) {
            anonymizer = Optional.of(anonymizer(found));
        }
    }

    private static Anonymizer anonymizer(Map<?, ?> found) {
        if (is(found, "is_tor_exit_node")) {
            return Anonymizer.TOR;
        }
        if (is(found, "is_anonymous_vpn")
                || is(found, "is_public_proxy")
                || is(found, "is_residential_proxy")) {
            return Anonymizer.PROXY_OR_VPN;
        }
        return is(found, "is_anonymous") ? Anonymizer.OTHER : Anonymizer.NONE;
    }

    Place place() {
        Map<?, ?> all = geography == null ? Map.of() : geography;
        Map<?, ?> country = map(all, "country");
        Map<?, ?> region = first(all, "subdivisions");
        Map<?, ?> location = map(all, "location");
        Double latitude = number(location, "latitude");
        Double longitude = number(location, "longitude");
        boolean located = latitude != null && longitude != null;
        return new Place(
                text(country, "iso_code"),
                text(region, "iso_code"),
                name(country),
                name(region),
                name(map(all, "city")),
                text(map(all, "postal"), "code"),
                located ? latitude : null,
                located ? longitude : null,
                asn,
                asOrg,
                anonymizer);
    }

    private static Map<?, ?> map(Map<?, ?> from, String key) {
        return from.get(key) instanceof Map<?, ?> found ? found : Map.of();
    }

    private static Map<?, ?> first(Map<?, ?> from, String key) {
        return from.get(key) instanceof List<?> list
                        && !list.isEmpty()
                        && list.getFirst() instanceof Map<?, ?> found
                ? found
                : Map.of();
    }

    private static @Nullable String name(Map<?, ?> from) {
        return text(map(from, "names"), "en");
    }

    private static @Nullable String text(Map<?, ?> from, String key) {
        return from.get(key) instanceof String found ? found : null;
    }

    private static @Nullable Double number(Map<?, ?> from, String key) {
        return from.get(key) instanceof Number found ? Double.valueOf(found.doubleValue()) : null;
    }

    private static boolean is(Map<?, ?> from, String key) {
        return Boolean.TRUE.equals(from.get(key));
    }
}
