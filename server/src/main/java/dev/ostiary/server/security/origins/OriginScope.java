package dev.ostiary.server.security.origins;

import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an origin is trusted with.
 *
 * @param type {@code CORS}, {@code REDIRECT} or {@code IFRAME_EMBED}
 * @param allowedOktaApps which pages may stand in a frame, for {@code IFRAME_EMBED}: none for the
 *     sign-in pages alone, {@code OKTA_ENDUSER} for the dashboard too; null for the other types
 */
record OriginScope(String type, @Nullable List<String> allowedOktaApps) {

    static final String CORS = "CORS";
    private static final String IFRAME = "IFRAME_EMBED";

    static final Shape<OriginScope> SHAPE = shape();

    private static Shape<OriginScope> shape() {
        Shape.Builder<OriginScope> shape = Shape.of("scope");
        Field<OriginScope, String> type =
                shape.field("type", Type.TEXT, OriginScope::type)
                        .required()
                        .must(
                                Set.of(CORS, "REDIRECT", IFRAME)::contains,
                                "must be CORS, REDIRECT or IFRAME_EMBED");
        Field<OriginScope, List<String>> apps =
                shape.field("allowedOktaApps", Type.list(Type.TEXT), OriginScope::allowedOktaApps)
                        .must(
                                names -> Set.of("OKTA_ENDUSER").containsAll(names),
                                "must be empty or hold OKTA_ENDUSER");
        return shape.build(in -> of(in.get(type), in.find(apps).orElse(List.of())));
    }

    private static OriginScope of(String type, List<String> apps) {
        return new OriginScope(type, type.equals(IFRAME) ? List.copyOf(Set.copyOf(apps)) : null);
    }
}
