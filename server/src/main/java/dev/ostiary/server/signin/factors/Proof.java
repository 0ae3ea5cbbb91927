package dev.ostiary.server.signin.factors;

import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import org.jspecify.annotations.Nullable;

/**
 * What somebody shows to prove a factor: which of it counts depends on the kind. Immutable.
 *
 * @param passCode a code that was sent or made by a token
 * @param answer to a question
 * @param clientData what a browser made of a challenge, base 64
 * @param attestation what a new security key says of itself, base 64
 * @param authenticatorData what a security key says, base 64
 * @param signatureData its signature over both, base 64
 * @param useNumberMatchingChallenge whether a device shall ask for a number
 */
public record Proof(
        @Nullable String passCode,
        @Nullable String answer,
        @Nullable String clientData,
        @Nullable String attestation,
        @Nullable String authenticatorData,
        @Nullable String signatureData,
        boolean useNumberMatchingChallenge) {

    /** Nothing: a challenge is asked for. */
    public static final Proof NONE = new Proof(null, null, null, null, null, null, false);

    private static final int LONGEST = 100_000;
    private static final String TOO_LONG = "must not be longer than " + LONGEST + " characters";

    /** A body that holds a proof, among whatever else. */
    public static final Shape<Proof> SHAPE = shape();

    /** A code alone. */
    public static Proof code(String code) {
        return new Proof(code, null, null, null, null, null, false);
    }

    /** An answer alone. */
    public static Proof answer(String answer) {
        return new Proof(null, answer, null, null, null, null, false);
    }

    /** Whether there is none: then a challenge is wanted. */
    public boolean isEmpty() {
        return passCode == null
                && answer == null
                && clientData == null
                && attestation == null
                && authenticatorData == null
                && signatureData == null;
    }

    private static Shape<Proof> shape() {
        Shape.Builder<Proof> shape = Shape.of("factorVerifyRequest");
        Field<Proof, String> passCode = text(shape, "passCode");
        Field<Proof, String> answer = text(shape, "answer");
        Field<Proof, String> clientData = text(shape, "clientData");
        Field<Proof, String> attestation = text(shape, "attestation");
        Field<Proof, String> authenticatorData = text(shape, "authenticatorData");
        Field<Proof, String> signatureData = text(shape, "signatureData");
        Field<Proof, Boolean> number =
                shape.field(
                        "useNumberMatchingChallenge",
                        Type.BOOLEAN,
                        Proof::useNumberMatchingChallenge);
        return shape.build(
                in ->
                        new Proof(
                                in.orNull(passCode),
                                in.orNull(answer),
                                in.orNull(clientData),
                                in.orNull(attestation),
                                in.orNull(authenticatorData),
                                in.orNull(signatureData),
                                in.find(number).orElse(false)));
    }

    /** Never written: it is what others know. */
    private static Field<Proof, String> text(Shape.Builder<Proof> shape, String name) {
        return shape.field(name, Type.TEXT, proof -> "")
                .writeOnly()
                .must(value -> value.length() <= LONGEST, TOO_LONG);
    }

    /** Says nothing. */
    @Override
    public String toString() {
        return "Proof[…]";
    }
}
