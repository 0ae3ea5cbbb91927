package dev.ostiary.server.hooks.inline;

import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import dev.ostiary.platform.json.Way;
import dev.ostiary.server.hooks.channel.HttpConfig;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** Channels as the wire has them: which configuration there is depends on the type. */
final class ChannelJson {

    static final String VERSION = "1.0.0";

    /** The published versions have this form; several types have come to a second or third one. */
    static final Pattern VERSIONS = Pattern.compile("[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}");

    static final Schema.Fields ANSWERED =
            Schema.object()
                    .always("type", Schema.words("HTTP", "OAUTH"))
                    .always("version", Schema.TEXT)
                    .always(
                            "config",
                            Schema.either(
                                    HttpConfig.SHAPE.schema(Way.OUT),
                                    HttpConfig.SHAPE
                                            .schema(Way.OUT)
                                            .with(OAuthConfig.SHAPE.schema(Way.OUT))));

    static final Schema.Fields TAKEN =
            Schema.object()
                    .always("type", Schema.words("HTTP", "OAUTH"))
                    .maybe("version", Schema.TEXT.orNull())
                    .always(
                            "config",
                            Schema.either(
                                    HttpConfig.SHAPE.schema(Way.IN),
                                    HttpConfig.SHAPE
                                            .schema(Way.IN)
                                            .with(OAuthConfig.SHAPE.schema(Way.IN))));

    private ChannelJson() {}

    /** What channels of both types have. */
    private record Base(String type, @Nullable String version) {

        private static final Shape<Base> SHAPE = shape();

        private static Shape<Base> shape() {
            Shape.Builder<Base> shape = Shape.of("channel");
            Field<Base, String> type =
                    shape.field("type", Type.TEXT, Base::type)
                            .required()
                            .must(Set.of("HTTP", "OAUTH")::contains, "must be HTTP or OAUTH");
            Field<Base, String> version =
                    shape.field("version", Type.TEXT, Base::version)
                            .must(
                                    text -> VERSIONS.matcher(text).matches(),
                                    "must be a version such as " + VERSION);
            return shape.build(in -> new Base(in.get(type), in.orNull(version)));
        }
    }

    /** Reads a channel; what is wrong is told to the reading. */
    static Optional<Channel> read(@Nullable JsonNode node, Path at, Reading reading) {
        if (node == null || node.isNull()) {
            return reading.wrong(at, "The field cannot be left blank");
        }
        Optional<Base> base = Base.SHAPE.read(node, at, reading);
        JsonNode config = node.path("config").isMissingNode() ? Json.object() : node.get("config");
        Path inside = at.field("config");
        Optional<HttpConfig> http = HttpConfig.SHAPE.read(config, inside, reading);
        if (!node.path("type").asString("").equals("OAUTH")) {
            return both(base, http).map(found -> new Channel.Http(version(base), found));
        }
        Optional<OAuthConfig> client =
                http.isPresent() || config.isObject()
                        ? OAuthConfig.SHAPE.read(config, inside, reading)
                        : Optional.empty();
        return both(base, http)
                .flatMap(
                        found ->
                                client.map(
                                        oauth ->
                                                new Channel.OAuth(
                                                        version(base),
                                                        new HttpConfig(
                                                                found.uri(), found.headers(), null),
                                                        oauth)));
    }

    private static Optional<HttpConfig> both(Optional<Base> base, Optional<HttpConfig> http) {
        return base.isPresent() ? http : Optional.empty();
    }

    private static String version(Optional<Base> base) {
        return base.map(Base::version).orElse(VERSION);
    }

    static void write(JsonGenerator out, Channel channel) {
        out.writeStartObject();
        switch (channel) {
            case Channel.Http http -> out.writeStringProperty("type", "HTTP");
            case Channel.OAuth oauth -> out.writeStringProperty("type", "OAUTH");
        }
        out.writeStringProperty("version", channel.version());
        out.writeObjectPropertyStart("config");
        HttpConfig.SHAPE.writeFields(out, channel.http());
        switch (channel) {
            case Channel.Http http -> {}
            case Channel.OAuth oauth -> OAuthConfig.SHAPE.writeFields(out, oauth.client());
        }
        out.writeEndObject();
        out.writeEndObject();
    }
}
