package dev.ostiary.server.limits;

import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import dev.ostiary.platform.limits.TokenShare;
import dev.ostiary.platform.problem.ApiException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a client sends to make or replace a principal rate limit.
 *
 * @param percent null for the default
 * @param concurrencyPercent null for the default
 */
record PrincipalRateLimitBody(
        String principalId,
        String principalType,
        @Nullable Integer percent,
        @Nullable Integer concurrencyPercent) {

    /** What the original calls the object in errors (WIRE, Errors). */
    static final String SUBJECT = "principalRateLimitMediated";

    static final Shape<PrincipalRateLimitBody> SHAPE = shape();

    private static Shape<PrincipalRateLimitBody> shape() {
        Shape.Builder<PrincipalRateLimitBody> shape = Shape.of(SUBJECT);
        Field<PrincipalRateLimitBody, String> principalId =
                shape.field("principalId", Type.TEXT, PrincipalRateLimitBody::principalId)
                        .required();
        Field<PrincipalRateLimitBody, String> principalType =
                shape.field("principalType", Type.TEXT, PrincipalRateLimitBody::principalType)
                        .required()
                        .must(PrincipalRateLimitBody::isType, "must be OAUTH_CLIENT or SSWS_TOKEN");
        Field<PrincipalRateLimitBody, Integer> percent =
                shape.field("defaultPercentage", Type.INTEGER, PrincipalRateLimitBody::percent)
                        .must(PrincipalRateLimitBody::isShare, "must be between 1 and 100");
        Field<PrincipalRateLimitBody, Integer> concurrency =
                shape.field(
                                "defaultConcurrencyPercentage",
                                Type.INTEGER,
                                PrincipalRateLimitBody::concurrencyPercent)
                        .must(PrincipalRateLimitBody::isShare, "must be between 1 and 100");
        return shape.build(
                in ->
                        new PrincipalRateLimitBody(
                                in.get(principalId),
                                in.get(principalType),
                                in.orNull(percent),
                                in.orNull(concurrency)));
    }

    private static boolean isShare(int percent) {
        return percent >= 1 && percent <= 100;
    }

    private static boolean isType(String text) {
        return Arrays.stream(PrincipalType.values()).anyMatch(type -> type.name().equals(text));
    }

    /**
     * The body of a request.
     *
     * @throws ApiException {@code E0000001} with every cause
     */
    static PrincipalRateLimitBody of(Request request) {
        Reading reading = new Reading();
        Optional<PrincipalRateLimitBody> body =
                SHAPE.read(request.object(), Reading.Path.root(SUBJECT), reading);
        return body.orElseThrow(() -> ApiException.validation(SUBJECT, reading.causes()));
    }

    PrincipalType type() {
        return PrincipalType.valueOf(principalType);
    }

    TokenShare share() {
        return new TokenShare(orDefault(percent), orDefault(concurrencyPercent));
    }

    private static int orDefault(@Nullable Integer given) {
        return given == null ? TokenShare.DEFAULT : given;
    }
}
