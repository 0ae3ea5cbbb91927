package dev.ostiary.server.oauth.direct;

import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.secret.Tokens;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.oauth.clients.ClientRegistry;
import dev.ostiary.server.oauth.grants.Recipient;
import dev.ostiary.server.oauth.issued.DirectAuthentication;
import dev.ostiary.server.oauth.issued.DirectAuthentication.Asked;
import dev.ostiary.server.oauth.issued.DirectAuthentication.Kind;
import dev.ostiary.server.oauth.issued.DirectAuthenticationStore;
import dev.ostiary.server.oauth.issued.PolledRequest;
import dev.ostiary.server.oauth.problem.OAuthErrors;
import dev.ostiary.server.oauth.problem.OAuthException;
import dev.ostiary.server.signin.direct.DirectProofs;
import dev.ostiary.server.signin.direct.DirectProofs.Channel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** Has users asked for clients, and keeps what was asked. Thread-safe. */
final class Asking {

    /** How long a code is that a client comes back with. */
    private static final int CODE = 34;

    private final Database database;
    private final ClientRegistry registry;
    private final DirectProofs proofs;
    private final Tokens random;
    private final OAuthErrors errors;
    private final DirectAuthenticationStore store = new DirectAuthenticationStore();

    Asking(
            Database database,
            ClientRegistry registry,
            DirectProofs proofs,
            Tokens random,
            OAuthErrors errors) {
        this.database = database;
        this.registry = registry;
        this.proofs = proofs;
        this.random = random;
        this.errors = errors;
    }

    /** Members that answers have in common. */
    static Schema answer(Schema.Fields schema) {
        return schema.maybe("oob_code", Schema.TEXT)
                .maybe("channel", Schema.TEXT)
                .maybe("binding_method", Schema.TEXT)
                .maybe("binding_code", Schema.TEXT)
                .maybe("publicKey", Schema.DOCUMENT)
                .maybe("authenticatorEnrollments", Schema.list(Schema.DOCUMENT))
                .maybe("expires_in", Schema.LONG)
                .maybe("interval", Schema.LONG);
    }

    /** Whose proofs these are. */
    DirectProofs proofs() {
        return proofs;
    }

    /** Whether a user may use a client. */
    boolean isAssigned(Recipient to, String userId) {
        return database.read(
                to.org().number(),
                reader -> registry.isAssigned(reader, to.org(), to.client(), userId));
    }

    /** The channel of a request. */
    Channel channel(String said) {
        return Channel.of(said)
                .orElseThrow(
                        () ->
                                errors.of(
                                        "direct_auth_invalid_channel_hint",
                                        OAuthErrors.shown(said)));
    }

    /**
     * A question that a client waits for.
     *
     * @param code what the client comes back with
     * @param number to be chosen on the device; empty for none
     */
    record Open(String code, Optional<Integer> number) {}

    /**
     * Asks a user, and keeps it.
     *
     * @param scopes that are asked for, where they are said now
     * @param parent the {@code mfa_token} that it is a step of, if it is one
     * @param shows whether the client can show the user a number
     * @throws OAuthException where the user cannot be asked
     */
    Open ask(
            Request request,
            Recipient to,
            Kind kind,
            String userId,
            Channel channel,
            List<String> scopes,
            Optional<String> parent,
            Optional<String> message,
            boolean shows,
            Instant expires) {
        DirectProofs.Asked.Sent sent =
                switch (proofs.ask(request, userId, channel, message, shows)) {
                    case DirectProofs.Asked.Sent asked -> asked;
                    case DirectProofs.Asked.NotEnrolled none ->
                            throw errors.of("direct_auth_factor_enrollment_required");
                    case DirectProofs.Asked.Refused refused ->
                            throw errors.of("direct_auth_policy_denied");
                    case DirectProofs.Asked.TooOften tooOften ->
                            throw errors.of("user_rate_limited");
                };
        String code = random.urlSafe(CODE);
        keep(
                to,
                code,
                parent,
                new DirectAuthentication(
                        kind,
                        to.client().id(),
                        to.issuer().id(),
                        userId,
                        scopes,
                        List.of(),
                        Optional.of(new Asked(sent.factorId(), sent.question())),
                        expires));
        return new Open(code, sent.number());
    }

    private void keep(
            Recipient to, String code, Optional<String> parent, DirectAuthentication begun) {
        database.write(
                to.org().number(),
                tx -> {
                    store.insert(tx, code, parent, begun, to.now());
                    return begun;
                });
    }

    /**
     * Asks a user's security keys, and keeps the challenge.
     *
     * @param parent the {@code mfa_token} that it is a step of, if it is one
     * @throws OAuthException where they cannot be asked
     */
    DirectProofs.KeysAsked.Sent askKeys(
            Request request,
            Recipient to,
            String userId,
            Optional<String> parent,
            Instant expires) {
        DirectProofs.KeysAsked.Sent sent =
                switch (proofs.askKeys(request, userId)) {
                    case DirectProofs.KeysAsked.Sent asked -> asked;
                    case DirectProofs.KeysAsked.NotEnrolled none ->
                            throw errors.of("direct_auth_factor_enrollment_required");
                    case DirectProofs.KeysAsked.Refused refused ->
                            throw errors.of("direct_auth_policy_denied");
                    case DirectProofs.KeysAsked.TooOften tooOften ->
                            throw errors.of("user_rate_limited");
                };
        keep(
                to,
                sent.challenge(),
                parent,
                new DirectAuthentication(
                        Kind.WEBAUTHN,
                        to.client().id(),
                        to.issuer().id(),
                        userId,
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        expires));
        return sent;
    }

    /** What a client hands to a user's security keys, and what people call them. */
    static void write(JsonGenerator out, DirectProofs.KeysAsked.Sent asked) {
        out.writeName("publicKey");
        Json.raw(out, Json.text(asked.publicKey()));
        out.writeArrayPropertyStart("authenticatorEnrollments");
        for (DirectProofs.Key key : asked.enrolments()) {
            out.writeStartObject();
            out.writeStringProperty("credentialId", key.credentialId());
            out.writeStringProperty("displayName", key.name());
            out.writeObjectPropertyStart("profile");
            out.writeEndObject();
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    /** What a client is told of a question on a channel. */
    static void write(JsonGenerator out, Open open, Channel channel, Duration life) {
        out.writeStringProperty("oob_code", open.code());
        out.writeStringProperty("channel", channel.text());
        out.writeStringProperty("binding_method", bindingMethod(open, channel));
        open.number()
                .ifPresent(
                        number ->
                                out.writeStringProperty("binding_code", Integer.toString(number)));
        out.writeNumberProperty("expires_in", life.toSeconds());
        if (channel == Channel.PUSH) {
            out.writeNumberProperty("interval", PolledRequest.INTERVAL.toSeconds());
        }
    }

    private static String bindingMethod(Open open, Channel channel) {
        if (open.number().isPresent()) {
            return "transfer";
        }
        return channel == Channel.PUSH ? "none" : "prompt";
    }
}
