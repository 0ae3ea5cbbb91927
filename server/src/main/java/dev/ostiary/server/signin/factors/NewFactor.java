package dev.ostiary.server.signin.factors;

import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import dev.ostiary.platform.problem.ApiException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What shall be enrolled (Factors, "Enroll Factor"). Immutable.
 *
 * @param factorType type of the wire
 * @param provider provider of the wire
 * @param profile what it is like
 * @param factorProfileId which configuration of a custom token it is for
 * @param verify proves at once what needs no activation
 */
public record NewFactor(
        String factorType,
        String provider,
        Profile profile,
        @Nullable String factorProfileId,
        Proof verify) {

    /** The part that depends on the kind; what belongs to other kinds does not count. */
    public record Profile(
            @Nullable String question,
            @Nullable String answer,
            @Nullable String phoneNumber,
            @Nullable String phoneExtension,
            @Nullable String email,
            @Nullable String sharedSecret) {

        static final Profile NONE = new Profile(null, null, null, null, null, null);

        static final Shape<Profile> SHAPE = shape();

        private static Shape<Profile> shape() {
            Shape.Builder<Profile> shape = Shape.of("profile");
            Field<Profile, String> question = text(shape, "question");
            Field<Profile, String> answer = text(shape, "answer");
            Field<Profile, String> number = text(shape, "phoneNumber");
            Field<Profile, String> extension = text(shape, "phoneExtension");
            Field<Profile, String> email = text(shape, "email");
            Field<Profile, String> secret = text(shape, "sharedSecret");
            return shape.build(
                    in ->
                            new Profile(
                                    in.orNull(question),
                                    in.orNull(answer),
                                    in.orNull(number),
                                    in.orNull(extension),
                                    in.orNull(email),
                                    in.orNull(secret)));
        }

        private static Field<Profile, String> text(Shape.Builder<Profile> shape, String name) {
            return shape.field(name, Type.TEXT, profile -> "").writeOnly();
        }

        /** Says nothing: there may be an answer or a secret. */
        @Override
        public String toString() {
            return "Profile[…]";
        }
    }

    /** Schema {@code UserFactorProvider}. */
    private static final Set<String> PROVIDERS =
            Set.of("CUSTOM", "DUO", "FIDO", "GOOGLE", "OKTA", "RSA", "SYMANTEC", "YUBICO");

    /** The address in the profile. */
    static final NewFactor MAIL = new NewFactor("email", "OKTA", Profile.NONE, null, Proof.NONE);

    /** The body of {@code enrollFactor}. */
    public static final Shape<NewFactor> SHAPE = shape();

    private static Shape<NewFactor> shape() {
        Shape.Builder<NewFactor> shape = Shape.of("factorEnrollRequest");
        Field<NewFactor, String> type =
                shape.field("factorType", Type.TEXT, NewFactor::factorType).required();
        Field<NewFactor, String> provider =
                shape.field("provider", Type.TEXT, NewFactor::provider).required();
        Field<NewFactor, Profile> profile =
                shape.field("profile", Type.nested(Profile.SHAPE), NewFactor::profile);
        Field<NewFactor, String> configuration =
                shape.field("factorProfileId", Type.TEXT, NewFactor::factorProfileId);
        Field<NewFactor, Proof> verify =
                shape.field("verify", Type.nested(Proof.SHAPE), NewFactor::verify);
        return shape.build(
                in ->
                        new NewFactor(
                                in.get(type),
                                in.get(provider),
                                in.find(profile).orElse(Profile.NONE),
                                in.orNull(configuration),
                                in.find(verify).orElse(Proof.NONE)));
    }

    /**
     * The kind that is meant.
     *
     * @throws ApiException {@code E0000001} if there is none, {@code E0000060} for services of
     *     other companies, which this server does not ask
     */
    public FactorKind kind() {
        return FactorKind.of(factorType, provider).orElseThrow(this::unknown);
    }

    /** The same, proven at once by a code, unless something else proves it. */
    public NewFactor provenBy(String passCode) {
        return verify.isEmpty()
                ? new NewFactor(
                        factorType, provider, profile, factorProfileId, Proof.code(passCode))
                : this;
    }

    private ApiException unknown() {
        return switch (factorType + " " + provider) {
            case "token RSA", "token SYMANTEC", "web DUO", "u2f FIDO" ->
                    ApiException.of("E0000060");
            default ->
                    ApiException.validation(
                            "factorEnrollRequest",
                            PROVIDERS.contains(provider)
                                    ? "Factor not enabled."
                                    : "Invalid Provider.");
        };
    }
}
