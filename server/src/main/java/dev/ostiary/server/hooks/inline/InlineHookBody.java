package dev.ostiary.server.hooks.inline;

import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import dev.ostiary.platform.json.Way;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A hook as a client sends it; what it leaves out is empty. */
record InlineHookBody(
        Optional<String> name,
        Optional<HookType> type,
        Optional<String> version,
        Optional<Channel> channel) {

    private static final int LONGEST_NAME = 255;
    private static final Path ROOT = Path.root("inlineHook");

    /** What is asked of a body. */
    enum Need {
        /** Everything. */
        CREATE,
        /** Everything but the type, which cannot change. */
        REPLACE,
        /** Nothing. */
        UPDATE
    }

    private record Base(@Nullable String name, @Nullable String type, @Nullable String version) {

        private static final Shape<Base> SHAPE = shape();

        private static Shape<Base> shape() {
            Shape.Builder<Base> shape = Shape.of("inlineHook");
            Field<Base, String> name = shape.name("name", LONGEST_NAME, Base::name);
            Field<Base, String> type =
                    shape.field("type", Type.TEXT, Base::type)
                            .must(
                                    text -> HookType.of(text).isPresent(),
                                    "must be a type of inline hooks");
            Field<Base, String> version =
                    shape.field("version", Type.TEXT, Base::version)
                            .must(
                                    text -> ChannelJson.VERSIONS.matcher(text).matches(),
                                    "must be a version such as " + ChannelJson.VERSION);
            return shape.build(
                    in -> new Base(in.orNull(name), in.orNull(type), in.orNull(version)));
        }
    }

    static final Schema CREATED =
            Base.SHAPE.schema(Way.IN).partly("name", "type").always("channel", ChannelJson.TAKEN);

    static final Schema REPLACED =
            Base.SHAPE.schema(Way.IN).partly("name").always("channel", ChannelJson.TAKEN);

    static final Schema UPDATED =
            Base.SHAPE.schema(Way.IN).partly().maybe("channel", ChannelJson.TAKEN.orNull());

    /**
     * Reads a body.
     *
     * @throws dev.ostiary.platform.problem.ApiException {@code E0000001} with every cause
     */
    static InlineHookBody of(ObjectNode body, Need need) {
        Reading reading = new Reading();
        switch (need) {
            case CREATE -> {
                wanted(body, "name", reading);
                wanted(body, "type", reading);
            }
            case REPLACE -> wanted(body, "name", reading);
            case UPDATE -> {}
        }
        Optional<Base> base = Base.SHAPE.read(body, ROOT, reading);
        Optional<Channel> channel =
                need == Need.UPDATE && (!body.has("channel") || body.get("channel").isNull())
                        ? Optional.empty()
                        : ChannelJson.read(body.get("channel"), ROOT.field("channel"), reading);
        reading.finish();
        Base found = base.orElseThrow();
        return new InlineHookBody(
                Optional.ofNullable(found.name()),
                Optional.ofNullable(found.type()).flatMap(HookType::of),
                Optional.ofNullable(found.version()),
                channel);
    }

    private static void wanted(ObjectNode body, String field, Reading reading) {
        if (!body.has(field) || body.get(field).isNull()) {
            reading.wrong(ROOT.field(field), "The field cannot be left blank");
        }
    }
}
