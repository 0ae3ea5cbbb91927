package dev.ostiary.server.security.zones;

import dev.ostiary.platform.context.Place;
import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A country, or a region of it.
 *
 * @param country ISO 3166-1 code of two letters
 * @param region ISO 3166-2 code, with the country in front ({@code US-CA}) or without; null for the
 *     whole country
 */
record ZoneLocation(String country, @Nullable String region) {

    static final Shape<ZoneLocation> SHAPE = shape();

    private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");
    private static final Pattern REGION = Pattern.compile("([A-Z]{2}-)?[A-Z0-9]{1,3}");

    private static Shape<ZoneLocation> shape() {
        Shape.Builder<ZoneLocation> shape = Shape.of("location");
        Field<ZoneLocation, String> country =
                shape.field("country", Type.TEXT, ZoneLocation::country)
                        .required()
                        .must(
                                text -> COUNTRY.matcher(text).matches(),
                                "must be an ISO 3166-1 country code of two letters");
        Field<ZoneLocation, String> region =
                shape.field("region", Type.TEXT, ZoneLocation::region)
                        .orNull()
                        .must(
                                text -> text.isEmpty() || REGION.matcher(text).matches(),
                                "must be an ISO 3166-2 region code");
        return shape.build(in -> new ZoneLocation(in.get(country), given(in.orNull(region))));
    }

    private static @Nullable String given(@Nullable String region) {
        return region == null || region.isEmpty() ? null : region;
    }

    /** Whether a place that is known lies here. */
    boolean holds(Place place) {
        if (!country.equals(place.country())) {
            return false;
        }
        return region == null
                || region.equals(place.region())
                || region.equals(country + "-" + place.region());
    }
}
