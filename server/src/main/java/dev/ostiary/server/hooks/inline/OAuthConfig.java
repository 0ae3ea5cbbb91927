package dev.ostiary.server.hooks.inline;

import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import dev.ostiary.server.hooks.channel.HookUrl;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a hook's access token is got: by the grant of client credentials (RFC 6749, 4.4).
 *
 * @param secret the client's secret as a body brings it; null for none, and always in what is kept
 * @param keyId the hook key that signs, for {@code private_key_jwt}
 */
record OAuthConfig(
        String clientId,
        String tokenUrl,
        Method method,
        @Nullable String scope,
        @Nullable String secret,
        @Nullable String keyId) {

    private static final int LONGEST = 1024;

    /** How the client proves itself (OpenID Connect Core, 9). */
    enum Method {
        CLIENT_SECRET_POST,
        PRIVATE_KEY_JWT;

        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Method> of(String wire) {
            return Arrays.stream(values()).filter(each -> each.wire().equals(wire)).findFirst();
        }
    }

    /** The part of {@code channel.config} that channels of type HTTP do not have. */
    static final Shape<OAuthConfig> SHAPE = shape();

    private static Shape<OAuthConfig> shape() {
        Shape.Builder<OAuthConfig> shape = Shape.of("config");
        Field<OAuthConfig, String> client =
                shape.field("clientId", Type.TEXT, OAuthConfig::clientId)
                        .required()
                        .must(OAuthConfig::sensible, "must be 1 to 1024 characters");
        Field<OAuthConfig, String> url =
                shape.field("tokenUrl", Type.TEXT, OAuthConfig::tokenUrl)
                        .required()
                        .must(HookUrl::valid, HookUrl.RULE);
        Field<OAuthConfig, String> method =
                shape.field("authType", Type.TEXT, config -> config.method().wire())
                        .required()
                        .must(
                                text -> Method.of(text).isPresent(),
                                "must be client_secret_post or private_key_jwt");
        Field<OAuthConfig, String> scope =
                shape.field("scope", Type.TEXT, OAuthConfig::scope)
                        .orNull()
                        .must(OAuthConfig::sensible, "must be 1 to 1024 characters");
        Field<OAuthConfig, String> secret =
                shape.field("clientSecret", Type.TEXT, OAuthConfig::secret)
                        .writeOnly()
                        .must(OAuthConfig::sensible, "must be 1 to 1024 characters");
        Field<OAuthConfig, String> key =
                shape.field("hookKeyId", Type.TEXT, OAuthConfig::keyId)
                        .must(OAuthConfig::sensible, "must be 1 to 1024 characters");
        return shape.build(
                in -> {
                    Method how = Method.of(in.get(method)).orElseThrow();
                    boolean signs = how == Method.PRIVATE_KEY_JWT;
                    return new OAuthConfig(
                            in.get(client),
                            in.get(url),
                            how,
                            in.orNull(scope),
                            signs ? null : in.orNull(secret),
                            signs ? in.orNull(key) : null);
                });
    }

    private static boolean sensible(String text) {
        return !text.isBlank() && text.length() <= LONGEST;
    }

    OAuthConfig withoutSecret() {
        return new OAuthConfig(clientId, tokenUrl, method, scope, null, keyId);
    }
}
