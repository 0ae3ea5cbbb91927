package dev.ostiary.server.security.behaviours;

import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import dev.ostiary.platform.json.Way;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A behaviour as a client sends it.
 *
 * @param active what it says of the status, if anything
 */
record BehaviourBody(String name, Optional<Boolean> active, Measure measure) {

    private static final int LONGEST_NAME = 128;
    private static final Path ROOT = Path.root("behavior");

    /** What behaviours of all types have. */
    private record Base(String name, String type, @Nullable String status) {

        private static final Shape<Base> SHAPE = shape();

        private static Shape<Base> shape() {
            Shape.Builder<Base> shape = Shape.of("behavior");
            Field<Base, String> name = shape.name("name", LONGEST_NAME, Base::name).required();
            Field<Base, String> type =
                    shape.field("type", Type.TEXT, Base::type)
                            .required()
                            .must(
                                    text -> kind(text).isPresent(),
                                    "must be ANOMALOUS_LOCATION, ANOMALOUS_DEVICE, ANOMALOUS_IP,"
                                            + " ANOMALOUS_ASN or VELOCITY");
            Field<Base, String> status =
                    shape.field("status", Type.TEXT, Base::status)
                            .must(
                                    Set.of("ACTIVE", "INACTIVE")::contains,
                                    "must be ACTIVE or INACTIVE");
            return shape.build(in -> new Base(in.get(name), in.get(type), in.orNull(status)));
        }
    }

    static final Schema SCHEMA =
            Schema.either(
                    schema("ANOMALOUS_LOCATION", Measure.Location.SHAPE, true),
                    schema("ANOMALOUS_DEVICE", Measure.Device.SHAPE, false),
                    schema("ANOMALOUS_IP", Measure.Ip.SHAPE, false),
                    schema("ANOMALOUS_ASN", Measure.Asn.SHAPE, false),
                    schema("VELOCITY", Measure.Velocity.SHAPE, false));

    private static Schema schema(String type, Shape<?> settings, boolean needed) {
        Schema.Fields base = Base.SHAPE.schema(Way.IN).replaced("type", Schema.words(type));
        Schema inside = settings.schema(Way.IN);
        return needed ? base.always("settings", inside) : base.maybe("settings", inside.orNull());
    }

    /**
     * Reads a body.
     *
     * @throws dev.ostiary.platform.problem.ApiException {@code E0000001} with every cause
     */
    static BehaviourBody of(ObjectNode body) {
        Reading reading = new Reading();
        Optional<Base> base = Base.SHAPE.read(body, ROOT, reading);
        // settings are judged, too, where only the name is wrong
        Optional<? extends Measure> measure =
                kind(body.path("type").asString(""))
                        .flatMap(kind -> measure(kind, body.get("settings"), reading));
        reading.finish();
        Base found = base.orElseThrow();
        return new BehaviourBody(
                found.name(),
                Optional.ofNullable(found.status()).map("ACTIVE"::equals),
                measure.orElseThrow());
    }

    /** The measure that settings describe; none at all stand for the usual ones. */
    static Optional<? extends Measure> measure(
            Measure.Kind kind, @Nullable JsonNode settings, Reading reading) {
        Path at = ROOT.field("settings");
        JsonNode given = settings == null || settings.isNull() ? Json.object() : settings;
        Optional<? extends Measure> measure = kind.settings().read(given, at, reading);
        return measure.isPresent() && measure.get() instanceof Measure.Location place
                ? located(place, at, reading)
                : measure;
    }

    private static Optional<Measure> located(Measure.Location place, Path at, Reading reading) {
        return place.granularity() == Measure.Granularity.LAT_LONG && place.radius() == null
                ? reading.wrong(at.field("radiusKilometers"), "The field cannot be left blank")
                : Optional.of(place);
    }

    static Optional<Measure.Kind> kind(String text) {
        return Arrays.stream(Measure.Kind.values())
                .filter(each -> each.name().equals(text))
                .findFirst();
    }
}
