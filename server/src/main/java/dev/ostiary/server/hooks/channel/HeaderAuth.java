package dev.ostiary.server.hooks.channel;

import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import org.jspecify.annotations.Nullable;

/**
 * A header that proves who calls.
 *
 * @param key the header's name
 * @param value the secret, as a client sends it; null where it says nothing of it, and always in
 *     what is kept
 */
public record HeaderAuth(String key, @Nullable String value) {

    static final Shape<HeaderAuth> SHAPE = shape();

    private static Shape<HeaderAuth> shape() {
        Shape.Builder<HeaderAuth> shape = Shape.of("authScheme");
        shape.field("type", Type.TEXT, auth -> "HEADER")
                .always()
                .must("HEADER"::equalsIgnoreCase, "must be HEADER");
        Field<HeaderAuth, String> key =
                shape.field("key", Type.TEXT, HeaderAuth::key)
                        .required()
                        .must(HookHeader::name, "must be the name of a header that may be set");
        Field<HeaderAuth, String> value =
                shape.field("value", Type.TEXT, HeaderAuth::value)
                        .writeOnly()
                        .must(
                                text -> !text.isEmpty() && HookHeader.content(text),
                                "must be visible ASCII characters");
        return shape.build(in -> new HeaderAuth(in.get(key), in.orNull(value)));
    }
}
