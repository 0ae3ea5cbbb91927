package dev.ostiary.server.limits;

import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import dev.ostiary.platform.limits.PerClientMode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What happens to single clients past their own limits, by use case (Client-based rate limits).
 * Immutable.
 *
 * @param defaultMode for use cases without a mode of their own
 * @param overrides null for none
 */
record PerClient(String defaultMode, @Nullable Overrides overrides) {

    /** What holds in an org that has not chosen (WIRE). */
    static final PerClient ENFORCED = new PerClient(PerClientMode.ENFORCE.name(), null);

    static final Shape<PerClient> SHAPE = shape();

    /** The modes of use cases; null where the default holds. */
    record Overrides(
            @Nullable String loginPage,
            @Nullable String oauth2Authorize,
            @Nullable String oieAppIntent) {}

    private static Shape<PerClient> shape() {
        Shape.Builder<PerClient> shape = Shape.of("perClientRateLimitSettings");
        Field<PerClient, String> defaultMode =
                shape.field("defaultMode", Type.TEXT, PerClient::defaultMode)
                        .required()
                        .must(PerClient::isMode, MUST_BE);
        Field<PerClient, Overrides> overrides =
                shape.field(
                        "useCaseModeOverrides",
                        Type.nested(overridesShape()),
                        PerClient::overrides);
        return shape.build(in -> new PerClient(in.get(defaultMode), in.orNull(overrides)));
    }

    private static final String MUST_BE = "must be DISABLE, ENFORCE or PREVIEW";

    private static Shape<Overrides> overridesShape() {
        Shape.Builder<Overrides> shape = Shape.of("useCaseModeOverrides");
        Field<Overrides, String> loginPage =
                shape.field("LOGIN_PAGE", Type.TEXT, Overrides::loginPage)
                        .must(PerClient::isMode, MUST_BE);
        Field<Overrides, String> authorize =
                shape.field("OAUTH2_AUTHORIZE", Type.TEXT, Overrides::oauth2Authorize)
                        .must(PerClient::isMode, MUST_BE);
        Field<Overrides, String> intent =
                shape.field("OIE_APP_INTENT", Type.TEXT, Overrides::oieAppIntent)
                        .must(PerClient::isMode, MUST_BE);
        return shape.build(
                in -> new Overrides(in.orNull(loginPage), in.orNull(authorize), in.orNull(intent)));
    }

    private static boolean isMode(String text) {
        return Arrays.stream(PerClientMode.values()).anyMatch(mode -> mode.name().equals(text));
    }

    /** As the database keeps it. */
    String json() {
        return new String(Json.bytes(out -> SHAPE.write(out, this)), StandardCharsets.UTF_8);
    }

    static PerClient parse(String json) {
        return SHAPE.decode(Json.parse(json));
    }

    /** How the log tells of a change. */
    static String change(PerClient old, PerClient now) {
        List<String> before = old.modes();
        List<String> after = now.modes();
        List<String> names = List.of("LOGIN", "OAUTH2_AUTHORIZE", "OIE_APP_INTENT");
        return java.util.stream.IntStream.range(0, names.size())
                .mapToObj(
                        i ->
                                names.get(i)
                                        + "={currentMode="
                                        + after.get(i)
                                        + ", previousMode="
                                        + before.get(i)
                                        + "}")
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private List<String> modes() {
        Overrides own = overrides == null ? new Overrides(null, null, null) : overrides;
        return List.of(or(own.loginPage()), or(own.oauth2Authorize()), or(own.oieAppIntent()));
    }

    private String or(@Nullable String mode) {
        return mode == null ? defaultMode : mode;
    }
}
