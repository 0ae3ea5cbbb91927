package dev.ostiary.server.hooks.events;

import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import dev.ostiary.server.hooks.channel.HttpConfig;
import dev.ostiary.server.hooks.events.EventHook.Listing;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Hooks as a client sends them. */
final class EventHookBody {

    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_DESCRIPTION = 1024;
    private static final Path ROOT = Path.root("eventHook");

    private EventHookBody() {}

    /** The channel around its configuration. */
    private static final Shape<HttpConfig> CHANNEL = channel();

    static final Shape<Listing> SHAPE = shape();

    private static Shape<HttpConfig> channel() {
        Shape.Builder<HttpConfig> shape = Shape.of("channel");
        shape.field("type", Type.TEXT, config -> "HTTP")
                .required()
                .must("HTTP"::equals, "must be HTTP");
        shape.field("version", Type.TEXT, config -> "1.0.0")
                .required()
                .must("1.0.0"::equals, "must be 1.0.0");
        Field<HttpConfig, HttpConfig> config =
                shape.field("config", Type.nested(HttpConfig.SHAPE), each -> each).required();
        return shape.build(in -> in.get(config));
    }

    private static Shape<Listing> shape() {
        Shape.Builder<Listing> shape = Shape.of("eventHook");
        Field<Listing, String> name = shape.name("name", LONGEST_NAME, Listing::name).required();
        Field<Listing, String> description =
                shape.field("description", Type.TEXT, Listing::description)
                        .orNull()
                        .must(
                                text -> text.length() <= LONGEST_DESCRIPTION,
                                "must be at most " + LONGEST_DESCRIPTION + " characters");
        Field<Listing, Subscription> events =
                shape.field("events", Type.nested(Subscription.SHAPE), Listing::events).required();
        Field<Listing, HttpConfig> channel =
                shape.field("channel", Type.nested(CHANNEL), Listing::channel).required();
        return shape.build(
                in ->
                        new Listing(
                                in.get(name),
                                in.orNull(description),
                                in.get(events),
                                in.get(channel)));
    }

    /**
     * Reads a body.
     *
     * @throws dev.ostiary.platform.problem.ApiException {@code E0000001} with every cause
     */
    static Listing read(ObjectNode body, EligibleEvents eligible) {
        Reading reading = new Reading();
        Optional<Listing> listing = SHAPE.read(body, ROOT, reading);
        listing.ifPresent(found -> found.events().judge(eligible, ROOT.field("events"), reading));
        reading.finish();
        return listing.orElseThrow();
    }
}
