package dev.ostiary.server.security.behaviours;

import dev.ostiary.platform.context.Place;
import dev.ostiary.server.security.behaviours.Finding.Outcome;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Compares a sign-in with those before it. Pure.
 *
 * <p>Only earlier sign-ins that say what is compared count, the newest first, as many as the
 * behaviour looks back. A sign-in that does not say it itself is a {@code BAD_REQUEST}; fewer
 * earlier ones than the behaviour needs are {@code UNKNOWN}. A behaviour that needs none, which is
 * the default, finds everything new in the first sign-in of all; velocity needs one to be measured
 * from.
 *
 * @param now the sign-in
 * @param past earlier ones, the newest first
 */
record Judgement(SignIn now, List<SignIn> past) {

    private static final double SECONDS_AN_HOUR = 3600;

    Finding of(Behaviour behaviour) {
        return new Finding(behaviour.id(), behaviour.name(), outcome(behaviour.measure()));
    }

    Outcome outcome(Measure measure) {
        return switch (measure) {
            case Measure.Device device -> same(SignIn::device, device.history());
            case Measure.Ip ip -> same(SignIn::address, ip.history());
            case Measure.Asn asn -> same(at -> at.place().asn(), asn.history());
            case Measure.Location location -> location(location);
            case Measure.Velocity velocity -> velocity(velocity.kph());
        };
    }

    private Outcome location(Measure.Location location) {
        History history = location.history();
        return switch (location.granularity()) {
            case COUNTRY -> same(at -> at.place().country(), history);
            case SUBDIVISION -> same(at -> all(at.place().country(), at.place().region()), history);
            case CITY ->
                    same(
                            at -> all(at.place().country(), at.place().region(), at.place().city()),
                            history);
            case LAT_LONG -> near(location.radius(), history);
        };
    }

    private Outcome near(@Nullable Integer radius, History history) {
        int kilometres = radius == null ? 0 : radius;
        return compare(
                at -> Position.of(at.place()).orElse(null),
                (here, there) -> here.kilometresTo(there) <= kilometres,
                history);
    }

    private <T> Outcome same(Function<SignIn, @Nullable T> what, History history) {
        return compare(what, Object::equals, history);
    }

    private <T> Outcome compare(
            Function<SignIn, @Nullable T> what, BiPredicate<T, T> alike, History history) {
        T here = what.apply(now);
        if (here == null) {
            return Outcome.BAD_REQUEST;
        }
        List<T> before =
                past.stream()
                        .flatMap(at -> Optional.ofNullable(what.apply(at)).stream())
                        .limit(history.most())
                        .toList();
        if (before.size() < history.least()) {
            return Outcome.UNKNOWN;
        }
        return before.stream().anyMatch(there -> alike.test(here, there))
                ? Outcome.NEGATIVE
                : Outcome.POSITIVE;
    }

    private Outcome velocity(int kph) {
        Optional<Position> here = Position.of(now.place());
        if (here.isEmpty()) {
            return Outcome.BAD_REQUEST;
        }
        for (SignIn before : past) {
            Optional<Position> there = Position.of(before.place());
            if (there.isPresent()) {
                double way = here.get().kilometresTo(there.get());
                Duration taken = Duration.between(before.at(), now.at());
                return tooFar(way, taken, kph) ? Outcome.POSITIVE : Outcome.NEGATIVE;
            }
        }
        return Outcome.UNKNOWN;
    }

    /** Compares ways, not speeds: no time at all leads nowhere, and is no speed. */
    private static boolean tooFar(double kilometres, Duration taken, int kph) {
        double hours = Math.max(0, taken.toMillis() / 1000.0) / SECONDS_AN_HOUR;
        return kilometres > hours * kph;
    }

    /** The parts of a place's name, if all are known. */
    private static @Nullable List<String> all(@Nullable String... parts) {
        return Arrays.stream(parts).allMatch(part -> part != null)
                ? List.copyOf(Arrays.asList(parts))
                : null;
    }

    /** A point on the earth, in degrees. */
    record Position(double latitude, double longitude) {

        /** The mean radius of the earth (IUGG). */
        private static final double EARTH_KILOMETRES = 6371.0088;

        static Optional<Position> of(Place place) {
            Double latitude = place.latitude();
            Double longitude = place.longitude();
            return latitude == null || longitude == null
                    ? Optional.empty()
                    : Optional.of(new Position(latitude, longitude));
        }

        /**
         * The way over the surface of a sphere, by the haversine formula: unlike the cosine rule it
         * stays exact for points that are close to each other. Half a percent off at most, since
         * the earth is no sphere.
         */
        double kilometresTo(Position other) {
            double lat = Math.toRadians(other.latitude - latitude) / 2;
            double lon = Math.toRadians(other.longitude - longitude) / 2;
            double a =
                    Math.pow(Math.sin(lat), 2)
                            + Math.cos(Math.toRadians(latitude))
                                    * Math.cos(Math.toRadians(other.latitude))
                                    * Math.pow(Math.sin(lon), 2);
            return 2 * EARTH_KILOMETRES * Math.asin(Math.min(1, Math.sqrt(a)));
        }
    }
}
