package dev.ostiary.server.security.behaviours;

import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a behaviour compares, with its settings (schemas {@code BehaviorRuleSettings…}). */
sealed interface Measure {

    /** As the wire calls the kinds. */
    enum Kind {
        ANOMALOUS_LOCATION(Location.SHAPE),
        ANOMALOUS_DEVICE(Device.SHAPE),
        ANOMALOUS_IP(Ip.SHAPE),
        ANOMALOUS_ASN(Asn.SHAPE),
        VELOCITY(Velocity.SHAPE);

        private final Shape<? extends Measure> settings;

        Kind(Shape<? extends Measure> settings) {
            this.settings = settings;
        }

        Shape<? extends Measure> settings() {
            return settings;
        }
    }

    Kind kind();

    /** How exactly a place is meant. */
    enum Granularity {
        CITY,
        SUBDIVISION,
        COUNTRY,
        LAT_LONG
    }

    /**
     * A place that is new.
     *
     * @param radius in kilometres; what is nearer to an earlier place is not new. Null unless the
     *     granularity is LAT_LONG
     */
    record Location(Granularity granularity, @Nullable Integer radius, History history)
            implements Measure {

        /** Half the way around the earth: everything is nearer. */
        private static final int FARTHEST = 20_037;

        static final Shape<Location> SHAPE = shape();

        private static Shape<Location> shape() {
            Shape.Builder<Location> shape = Shape.of("settings");
            History.Fields<Location> history = History.fields(shape, Location::history);
            Field<Location, String> granularity =
                    shape.field("granularity", Type.TEXT, place -> place.granularity().name())
                            .required()
                            .must(
                                    text -> granularity(text).isPresent(),
                                    "must be CITY, COUNTRY, LAT_LONG or SUBDIVISION");
            Field<Location, Integer> radius =
                    shape.field("radiusKilometers", Type.INTEGER, Location::radius)
                            .must(
                                    n -> n >= 1 && n <= FARTHEST,
                                    "must be between 1 and " + FARTHEST);
            return shape.build(
                    in -> {
                        Granularity exact = granularity(in.get(granularity)).orElseThrow();
                        return new Location(
                                exact,
                                exact == Granularity.LAT_LONG ? in.orNull(radius) : null,
                                history.read(in, 20));
                    });
        }

        private static Optional<Granularity> granularity(String text) {
            return Arrays.stream(Granularity.values())
                    .filter(each -> each.name().equals(text))
                    .findFirst();
        }

        @Override
        public Kind kind() {
            return Kind.ANOMALOUS_LOCATION;
        }
    }

    /** A device that is new. */
    record Device(History history) implements Measure {

        static final Shape<Device> SHAPE = historyOnly(Device::history, Device::new, 20);

        @Override
        public Kind kind() {
            return Kind.ANOMALOUS_DEVICE;
        }
    }

    /** An address that is new. */
    record Ip(History history) implements Measure {

        static final Shape<Ip> SHAPE = historyOnly(Ip::history, Ip::new, 50);

        @Override
        public Kind kind() {
            return Kind.ANOMALOUS_IP;
        }
    }

    /** An autonomous system that is new. */
    record Asn(History history) implements Measure {

        static final Shape<Asn> SHAPE = historyOnly(Asn::history, Asn::new, 20);

        @Override
        public Kind kind() {
            return Kind.ANOMALOUS_ASN;
        }
    }

    /**
     * A place that nobody can have reached since the sign-in before.
     *
     * @param kph kilometres per hour that somebody may have travelled at
     */
    record Velocity(int kph) implements Measure {

        /** Five hundred miles. */
        static final int STANDARD = 805;

        static final Shape<Velocity> SHAPE = shape();

        private static Shape<Velocity> shape() {
            Shape.Builder<Velocity> shape = Shape.of("settings");
            Field<Velocity, Integer> kph =
                    shape.field("velocityKph", Type.INTEGER, Velocity::kph)
                            .always()
                            .must(n -> n >= 1, "must be at least 1");
            return shape.build(in -> new Velocity(in.find(kph).orElse(STANDARD)));
        }

        @Override
        public Kind kind() {
            return Kind.VELOCITY;
        }
    }

    private static <T extends Measure> Shape<T> historyOnly(
            Function<T, History> history, Function<History, T> making, int standard) {
        Shape.Builder<T> shape = Shape.of("settings");
        History.Fields<T> fields = History.fields(shape, history);
        return shape.build(in -> making.apply(fields.read(in, standard)));
    }
}
