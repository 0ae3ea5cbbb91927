package dev.ostiary.server.directory.users;

import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import dev.ostiary.platform.problem.ApiException;
import org.jspecify.annotations.Nullable;

/**
 * Whose sessions and tokens end everywhere (schema {@code GlobalTokenRevocationRequest}; subject
 * identifiers are those of RFC 9493).
 *
 * @param format which kind of identifier it is
 * @param id of the user, for {@code opaque}
 * @param issuer of another identity provider, for {@code iss_sub}
 * @param subject what the user is called there
 */
record RevokedSubject(
        @Nullable String format,
        @Nullable String id,
        @Nullable String issuer,
        @Nullable String subject) {

    /** The body: it holds nothing else. */
    record Body(@Nullable RevokedSubject subject) {}

    static final Shape<Body> BODY = body();

    private static Shape<RevokedSubject> shape() {
        Shape.Builder<RevokedSubject> shape = Shape.of("sub_id");
        Field<RevokedSubject, String> format =
                shape.field("format", Type.TEXT, RevokedSubject::format);
        Field<RevokedSubject, String> id = shape.field("id", Type.TEXT, RevokedSubject::id);
        Field<RevokedSubject, String> issuer =
                shape.field("iss", Type.TEXT, RevokedSubject::issuer);
        Field<RevokedSubject, String> subject =
                shape.field("sub", Type.TEXT, RevokedSubject::subject);
        return shape.build(
                values ->
                        new RevokedSubject(
                                values.orNull(format),
                                values.orNull(id),
                                values.orNull(issuer),
                                values.orNull(subject)));
    }

    private static Shape<Body> body() {
        Shape.Builder<Body> shape = Shape.of("globalTokenRevocationRequest");
        Field<Body, RevokedSubject> subject =
                shape.field("sub_id", Type.nested(shape()), Body::subject);
        return shape.build(values -> new Body(values.orNull(subject)));
    }

    /**
     * The id of the user.
     *
     * @throws ApiException {@code E0000001} for what names none: an identity provider's subject
     *     does not, since an org has no other identity providers
     */
    static String userId(Body body) {
        RevokedSubject subject = body.subject();
        if (subject == null || subject.format() == null) {
            throw refused("sub_id: The field cannot be left blank");
        }
        return switch (subject.format()) {
            case "opaque" -> {
                if (subject.id() == null || subject.id().isBlank()) {
                    throw refused("id: The field cannot be left blank");
                }
                yield subject.id();
            }
            case "iss_sub" -> {
                if (subject.issuer() == null || subject.subject() == null) {
                    throw refused("iss, sub: The field cannot be left blank");
                }
                throw refused("iss: No identity provider has this issuer");
            }
            default -> throw refused("format: The value must be opaque or iss_sub");
        };
    }

    /** Nobody has the id: the published answers know no 404 here. */
    static ApiException unknown() {
        return refused("id: No user has this id");
    }

    private static ApiException refused(String cause) {
        return ApiException.validation("sub_id", cause);
    }
}
