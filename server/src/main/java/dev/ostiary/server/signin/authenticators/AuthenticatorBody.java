package dev.ostiary.server.signin.authenticators;

import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import dev.ostiary.platform.problem.ApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a client says of an authenticator. Immutable.
 *
 * @param key which; needed where one is made
 * @param name what people call it
 * @param settings of it, as far as it has any
 */
record AuthenticatorBody(
        @Nullable String key, @Nullable String name, @Nullable ObjectNode settings) {

    /** Keys of the documentation that stand for what this server does not ask. */
    private static final Set<String> ELSEWHERE =
            Set.of(
                    "custom_app",
                    "duo",
                    "external_idp",
                    "onprem_mfa",
                    "security_key",
                    "smart_card_idp",
                    "symantec_vip",
                    "tac");

    private static final Set<String> ALLOWED_FOR = Set.of("any", "none", "recovery", "sso");
    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_LIFETIME = 1440;
    private static final int LONGEST_SETTINGS = 10_000;

    static final Shape<AuthenticatorBody> SHAPE = shape();

    private static Shape<AuthenticatorBody> shape() {
        Shape.Builder<AuthenticatorBody> shape = Shape.of("authenticator");
        Field<AuthenticatorBody, String> key =
                shape.field("key", Type.TEXT, AuthenticatorBody::key);
        Field<AuthenticatorBody, String> name =
                shape.field("name", Type.TEXT, AuthenticatorBody::name)
                        .must(
                                text -> !text.isBlank() && text.length() <= LONGEST_NAME,
                                "must be 1 to 255 characters");
        Field<AuthenticatorBody, ObjectNode> settings =
                shape.field("settings", Type.DOCUMENT, AuthenticatorBody::settings);
        return shape.build(
                in -> new AuthenticatorBody(in.orNull(key), in.orNull(name), in.orNull(settings)));
    }

    /**
     * The key that is to be made.
     *
     * @throws ApiException {@code E0000001} for none, {@code E0000060} for what is not served
     */
    AuthenticatorKey required() {
        if (key == null) {
            throw ApiException.validation("key", "key: The field cannot be left blank");
        }
        if (ELSEWHERE.contains(key)) {
            throw ApiException.of("E0000060");
        }
        return AuthenticatorKey.of(key)
                .orElseThrow(() -> ApiException.validation("key", "key: There is no such key."));
    }

    /**
     * The name that takes the place of another.
     *
     * @throws ApiException {@code E0000001} for none ("Update Authenticator settings")
     */
    String replacedName() {
        if (name == null) {
            throw ApiException.validation("name", "name: The field cannot be left blank");
        }
        return name;
    }

    /**
     * The settings, judged; those that were where none are given.
     *
     * @throws ApiException {@code E0000001} with every cause
     */
    String settings(AuthenticatorKey of, String before) {
        if (settings == null || before.isEmpty() && of.settings().isEmpty()) {
            return before;
        }
        List<String> wrong = new ArrayList<>();
        Optional.ofNullable(settings.get("allowedFor"))
                .filter(value -> !ALLOWED_FOR.contains(value.asString("")))
                .ifPresent(
                        value ->
                                wrong.add(
                                        "settings.allowedFor: must be any, none, recovery or sso"));
        Optional.ofNullable(settings.get("tokenLifetimeInMinutes"))
                .filter(value -> !isLifetime(value))
                .ifPresent(
                        value ->
                                wrong.add(
                                        "settings.tokenLifetimeInMinutes: must be from 1 to 1440"));
        ObjectNode merged = Json.object(before.isEmpty() ? "{}" : before);
        ObjectNode said = settings.deepCopy();
        if (of == AuthenticatorKey.OKTA_VERIFY) {
            ChannelBinding.complete(said, merged, wrong::add);
        }
        merged.setAll(said);
        String text = Json.text(merged);
        if (text.length() > LONGEST_SETTINGS) {
            wrong.add("settings: must not be longer than " + LONGEST_SETTINGS + " characters");
        }
        if (!wrong.isEmpty()) {
            throw ApiException.validation("Authenticator", wrong);
        }
        return text;
    }

    /** Whether it says what the authenticator is allowed for. */
    boolean limits() {
        return settings != null && settings.has("allowedFor");
    }

    private static boolean isLifetime(JsonNode value) {
        return value.isIntegralNumber()
                && value.canConvertToInt()
                && value.intValue() >= 1
                && value.intValue() <= LONGEST_LIFETIME;
    }
}
