package dev.ostiary.server.directory.users;

import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import dev.ostiary.server.directory.users.password.HashedPassword;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * {@code credentials} as a client sends them (schema {@code UserCredentialsWritable}).
 *
 * @param password a password in one of three forms
 * @param recoveryQuestion question and answer
 * @param provider who checks the password
 */
record CredentialsBody(
        @Nullable PasswordBody password,
        @Nullable QuestionBody recoveryQuestion,
        @Nullable ProviderBody provider) {

    /**
     * The same without a recovery question that says what is already so: whoever sends a user back
     * as it was read sends the question, and never had the answer.
     */
    CredentialsBody without(@Nullable String present) {
        boolean unchanged =
                recoveryQuestion != null
                        && recoveryQuestion.answer() == null
                        && recoveryQuestion.question() != null
                        && recoveryQuestion.question().equals(present);
        return unchanged ? new CredentialsBody(password, null, provider) : this;
    }

    /**
     * A password: itself, its hash, or the promise that a hook knows it.
     *
     * @param value the password
     * @param hash its hash, made by another system
     * @param hook the kind of hook
     */
    record PasswordBody(
            @Nullable String value, @Nullable HashedPassword hash, @Nullable HookBody hook) {

        boolean isEmpty() {
            return value == null && hash == null && hook == null;
        }

        /** The password itself, the only form of it that proves or changes anything. */
        static Optional<String> clear(@Nullable PasswordBody given, String field, Reading reading) {
            Path at = Path.root(field).field(field);
            if (given != null && (given.hash() != null || given.hook() != null)) {
                return reading.wrong(
                        at, "A hashed password or a password hook is not supported here");
            }
            String value = given == null ? null : given.value();
            return value == null || value.isEmpty()
                    ? reading.wrong(at, NewCredentials.BLANK)
                    : Optional.of(value);
        }

        /** Says nothing. */
        @Override
        public String toString() {
            return "PasswordBody[…]";
        }
    }

    /** A password hook. */
    record HookBody(@Nullable String type) {}

    /** A recovery question with its answer. */
    record QuestionBody(@Nullable String question, @Nullable String answer) {

        /** Says nothing of the answer. */
        @Override
        public String toString() {
            return "QuestionBody[" + question + "]";
        }
    }

    /** A provider; of what kind is not yet known. */
    record ProviderBody(@Nullable String type, @Nullable String name) {}

    static final Shape<CredentialsBody> SHAPE = shape();

    private static Shape<CredentialsBody> shape() {
        Shape.Builder<CredentialsBody> shape = Shape.of("credentials");
        Field<CredentialsBody, PasswordBody> password =
                shape.field("password", Type.nested(passwordShape()), CredentialsBody::password);
        Field<CredentialsBody, QuestionBody> question =
                shape.field(
                        "recovery_question",
                        Type.nested(questionShape()),
                        CredentialsBody::recoveryQuestion);
        Field<CredentialsBody, ProviderBody> provider =
                shape.field("provider", Type.nested(providerShape()), CredentialsBody::provider);
        return shape.build(
                values ->
                        new CredentialsBody(
                                values.orNull(password),
                                values.orNull(question),
                                values.orNull(provider)));
    }

    static Shape<PasswordBody> passwordShape() {
        Shape.Builder<PasswordBody> shape = Shape.of("password");
        Field<PasswordBody, String> value =
                shape.field("value", Type.TEXT, PasswordBody::value).writeOnly();
        Field<PasswordBody, HashedPassword> hash =
                shape.field("hash", Type.nested(hashShape()), PasswordBody::hash).writeOnly();
        Field<PasswordBody, HookBody> hook =
                shape.field("hook", Type.nested(hookShape()), PasswordBody::hook).writeOnly();
        return shape.build(
                values ->
                        new PasswordBody(
                                values.orNull(value), values.orNull(hash), values.orNull(hook)));
    }

    private static Shape<HashedPassword> hashShape() {
        Shape.Builder<HashedPassword> shape = Shape.of("hash");
        Field<HashedPassword, String> algorithm =
                shape.field("algorithm", Type.TEXT, HashedPassword::algorithm);
        Field<HashedPassword, String> value =
                shape.field("value", Type.TEXT, HashedPassword::value);
        Field<HashedPassword, String> salt = shape.field("salt", Type.TEXT, HashedPassword::salt);
        Field<HashedPassword, String> saltOrder =
                shape.field("saltOrder", Type.TEXT, HashedPassword::saltOrder);
        Field<HashedPassword, Integer> workFactor =
                shape.field("workFactor", Type.INTEGER, HashedPassword::workFactor);
        Field<HashedPassword, String> digest =
                shape.field("digestAlgorithm", Type.TEXT, HashedPassword::digestAlgorithm);
        Field<HashedPassword, Integer> iterations =
                shape.field("iterationCount", Type.INTEGER, HashedPassword::iterationCount);
        Field<HashedPassword, Integer> keySize =
                shape.field("keySize", Type.INTEGER, HashedPassword::keySize);
        return shape.build(
                values ->
                        new HashedPassword(
                                values.orNull(algorithm),
                                values.orNull(value),
                                values.orNull(salt),
                                values.orNull(saltOrder),
                                values.orNull(workFactor),
                                values.orNull(digest),
                                values.orNull(iterations),
                                values.orNull(keySize)));
    }

    /** Writes a hash as a client sends one: for whoever may see it. */
    static void writeHash(JsonGenerator out, HashedPassword hash) {
        out.writeStartObject();
        text(out, "algorithm", hash.algorithm());
        number(out, "workFactor", hash.workFactor());
        text(out, "salt", hash.salt());
        text(out, "value", hash.value());
        text(out, "saltOrder", hash.saltOrder());
        text(out, "digestAlgorithm", hash.digestAlgorithm());
        number(out, "iterationCount", hash.iterationCount());
        number(out, "keySize", hash.keySize());
        out.writeEndObject();
    }

    private static void text(JsonGenerator out, String name, @Nullable String value) {
        if (value != null) {
            out.writeStringProperty(name, value);
        }
    }

    private static void number(JsonGenerator out, String name, @Nullable Integer value) {
        if (value != null) {
            out.writeNumberProperty(name, value);
        }
    }

    private static Shape<HookBody> hookShape() {
        Shape.Builder<HookBody> shape = Shape.of("hook");
        Field<HookBody, String> type = shape.field("type", Type.TEXT, HookBody::type);
        return shape.build(values -> new HookBody(values.orNull(type)));
    }

    private static Shape<QuestionBody> questionShape() {
        Shape.Builder<QuestionBody> shape = Shape.of("recovery_question");
        Field<QuestionBody, String> question =
                shape.field("question", Type.TEXT, QuestionBody::question);
        Field<QuestionBody, String> answer =
                shape.field("answer", Type.TEXT, QuestionBody::answer).writeOnly();
        return shape.build(
                values -> new QuestionBody(values.orNull(question), values.orNull(answer)));
    }

    private static Shape<ProviderBody> providerShape() {
        Shape.Builder<ProviderBody> shape = Shape.of("provider");
        Field<ProviderBody, String> type = shape.field("type", Type.TEXT, ProviderBody::type);
        Field<ProviderBody, String> name = shape.field("name", Type.TEXT, ProviderBody::name);
        return shape.build(values -> new ProviderBody(values.orNull(type), values.orNull(name)));
    }
}
