package dev.ostiary.server.security.zones;

import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import dev.ostiary.platform.json.Way;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A zone as a client sends it: well-formed, every address readable, something in it. What depends
 * on the zone that it becomes is for {@link ZoneRules}.
 *
 * @param exempt what the client says of {@code useAsExemptList}
 */
record ZoneBody(
        String name,
        Optional<Boolean> active,
        Optional<ZoneUsage> usage,
        boolean exempt,
        Perimeter perimeter) {

    private static final int LONGEST_NAME = 128;
    private static final Path ROOT = Path.root("zone");

    /** What zones of all types have. */
    private record Base(
            ZoneType type,
            String name,
            @Nullable String status,
            @Nullable ZoneUsage usage,
            @Nullable Boolean exempt) {

        private static final Shape<Base> SHAPE = shape();

        private static Shape<Base> shape() {
            Shape.Builder<Base> shape = Shape.of("zone");
            Field<Base, String> type =
                    shape.field("type", Type.TEXT, base -> base.type().name())
                            .required()
                            .must(
                                    Set.of("IP", "DYNAMIC", "DYNAMIC_V2")::contains,
                                    "must be IP, DYNAMIC or DYNAMIC_V2");
            Field<Base, String> name = shape.name("name", LONGEST_NAME, Base::name).required();
            Field<Base, String> status =
                    shape.field("status", Type.TEXT, Base::status)
                            .must(
                                    Set.of("ACTIVE", "INACTIVE")::contains,
                                    "must be ACTIVE or INACTIVE");
            Field<Base, String> usage =
                    shape.field("usage", Type.TEXT, base -> null)
                            .must(
                                    Set.of("POLICY", "BLOCKLIST")::contains,
                                    "must be POLICY or BLOCKLIST");
            Field<Base, Boolean> exempt =
                    shape.field("useAsExemptList", Type.BOOLEAN, Base::exempt);
            return shape.build(
                    in ->
                            new Base(
                                    ZoneType.valueOf(in.get(type)),
                                    in.get(name),
                                    in.orNull(status),
                                    in.find(usage).map(ZoneUsage::valueOf).orElse(null),
                                    in.orNull(exempt)));
        }
    }

    /** What {@link #of} reads. */
    static final Schema SCHEMA =
            Schema.either(
                    schema(ZoneType.IP, Perimeter.Ip.SHAPE),
                    schema(ZoneType.DYNAMIC, Perimeter.Dynamic.SHAPE),
                    schema(ZoneType.DYNAMIC_V2, Perimeter.Enhanced.SHAPE));

    private static Schema schema(ZoneType type, Shape<?> perimeter) {
        return Base.SHAPE
                .schema(Way.IN)
                .replaced("type", Schema.words(type))
                .with(perimeter.schema(Way.IN));
    }

    /**
     * Reads a body.
     *
     * @throws dev.ostiary.platform.problem.ApiException {@code E0000001} with every cause
     */
    static ZoneBody of(ObjectNode body) {
        Reading reading = new Reading();
        Optional<Base> base = Base.SHAPE.read(body, ROOT, reading);
        Optional<? extends Perimeter> perimeter =
                base.flatMap(found -> perimeter(found.type(), body, reading));
        reading.finish();
        Base found = base.orElseThrow();
        return new ZoneBody(
                found.name(),
                Optional.ofNullable(found.status()).map("ACTIVE"::equals),
                Optional.ofNullable(found.usage()),
                Boolean.TRUE.equals(found.exempt()),
                perimeter.orElseThrow());
    }

    static Optional<? extends Perimeter> perimeter(
            ZoneType type, ObjectNode body, Reading reading) {
        return switch (type) {
            case IP -> Perimeter.Ip.SHAPE.read(body, ROOT, reading);
            case DYNAMIC -> Perimeter.Dynamic.SHAPE.read(body, ROOT, reading);
            case DYNAMIC_V2 -> Perimeter.Enhanced.SHAPE.read(body, ROOT, reading);
        };
    }
}
