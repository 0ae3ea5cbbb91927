package dev.ostiary.server.hooks.channel;

import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a channel of type HTTP.
 *
 * @param uri where the receiver is
 * @param auth what proves who calls, if anything
 */
public record HttpConfig(String uri, List<HookHeader> headers, @Nullable HeaderAuth auth) {

    static final int MOST_HEADERS = 25;

    /** Reads and writes it; the secret is not written. */
    public static final Shape<HttpConfig> SHAPE = shape();

    private static Shape<HttpConfig> shape() {
        Shape.Builder<HttpConfig> shape = Shape.of("config");
        Field<HttpConfig, String> uri =
                shape.field("uri", Type.TEXT, HttpConfig::uri)
                        .required()
                        .must(HookUrl::valid, HookUrl.RULE);
        Field<HttpConfig, List<HookHeader>> headers =
                shape.field(
                                "headers",
                                Type.list(Type.nested(HookHeader.SHAPE)),
                                HttpConfig::headers)
                        .always()
                        .must(
                                list -> list.size() <= MOST_HEADERS,
                                "must be at most " + MOST_HEADERS);
        shape.field("method", Type.TEXT, config -> "POST")
                .always()
                .must("POST"::equals, "must be POST");
        Field<HttpConfig, HeaderAuth> auth =
                shape.field("authScheme", Type.nested(HeaderAuth.SHAPE), HttpConfig::auth).orNull();
        return shape.build(
                in ->
                        new HttpConfig(
                                in.get(uri), in.find(headers).orElse(List.of()), in.orNull(auth)));
    }

    /** The secret that it brings along; null for none. */
    public @Nullable String secret() {
        return auth == null ? null : auth.value();
    }

    /** The same without the secret, as it is kept. */
    public HttpConfig withoutSecret() {
        return auth == null ? this : new HttpConfig(uri, headers, new HeaderAuth(auth.key(), null));
    }

    /** Whether the secret of another configuration fits here, so that it need not be said again. */
    public boolean sameAuth(HttpConfig other) {
        return auth != null && other.auth != null && auth.key().equals(other.auth.key());
    }
}
