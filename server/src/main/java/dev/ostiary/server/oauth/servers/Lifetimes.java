package dev.ostiary.server.oauth.servers;

import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import org.jspecify.annotations.Nullable;

/**
 * How long tokens live that a rule lets be issued (Authorization Servers API, Actions object).
 * Immutable.
 *
 * @param accessToken minutes, 5 to a day
 * @param refreshToken minutes, no less than an access token lives; 0 for no end
 * @param refreshWindow minutes within which a refresh token has to be used again, 10 to five years
 * @param inlineHook id of the hook that changes tokens, if there is one
 */
public record Lifetimes(
        int accessToken, int refreshToken, int refreshWindow, @Nullable String inlineHook) {

    /** What a rule has that says nothing of it. */
    static final Lifetimes STANDARD = new Lifetimes(60, 0, 10_080, null);

    /** Of tokens of the org's own server (OpenID Connect API, "Token lifetime"). */
    public static final Lifetimes OF_ORG = new Lifetimes(60, 90 * 24 * 60, 90 * 24 * 60, null);

    private static final int SHORTEST_ACCESS = 5;
    private static final int LONGEST_ACCESS = 24 * 60;
    private static final int SHORTEST_WINDOW = 10;

    /** Five years. */
    private static final int LONGEST_WINDOW = 2_628_000;

    private static final Shape<String> HOOK = hook();

    static final Shape<Lifetimes> SHAPE = shape();

    /** {@code actions}, of which {@code token} is all. */
    static final Shape<Lifetimes> ACTIONS = actions();

    private static Shape<String> hook() {
        Shape.Builder<String> shape = Shape.of("inlineHook");
        Field<String, String> id = shape.field("id", Type.TEXT, each -> each).required();
        return shape.build(in -> in.get(id));
    }

    private static Shape<Lifetimes> shape() {
        Shape.Builder<Lifetimes> shape = Shape.of("token");
        Field<Lifetimes, Integer> access =
                shape.field("accessTokenLifetimeMinutes", Type.INTEGER, Lifetimes::accessToken)
                        .always()
                        .must(
                                minutes -> minutes >= SHORTEST_ACCESS && minutes <= LONGEST_ACCESS,
                                "must be between 5 and 1440");
        Field<Lifetimes, Integer> refresh =
                shape.field("refreshTokenLifetimeMinutes", Type.INTEGER, Lifetimes::refreshToken)
                        .always()
                        .must(
                                minutes -> minutes >= 0,
                                "must be 0 or the access token lifetime at least");
        Field<Lifetimes, Integer> window =
                shape.field("refreshTokenWindowMinutes", Type.INTEGER, Lifetimes::refreshWindow)
                        .always()
                        .must(
                                minutes -> minutes >= SHORTEST_WINDOW && minutes <= LONGEST_WINDOW,
                                "must be between 10 and 2628000");
        Field<Lifetimes, String> hook =
                shape.field("inlineHook", Type.nested(HOOK), Lifetimes::inlineHook);
        return shape.build(
                in ->
                        new Lifetimes(
                                in.find(access).orElse(STANDARD.accessToken),
                                in.find(refresh).orElse(STANDARD.refreshToken),
                                in.find(window).orElse(STANDARD.refreshWindow),
                                in.orNull(hook)));
    }

    private static Shape<Lifetimes> actions() {
        Shape.Builder<Lifetimes> shape = Shape.of("actions");
        Field<Lifetimes, Lifetimes> token =
                shape.field("token", Type.nested(SHAPE), each -> each)
                        .always()
                        .must(
                                Lifetimes::isConsistent,
                                "refreshTokenLifetimeMinutes must be 0 or the access token lifetime"
                                        + " at least");
        return shape.build(in -> in.find(token).orElse(STANDARD));
    }

    private boolean isConsistent() {
        return refreshToken == 0 || refreshToken >= accessToken;
    }
}
