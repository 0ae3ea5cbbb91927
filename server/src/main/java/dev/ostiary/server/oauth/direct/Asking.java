package dev.ostiary.server.oauth.direct;

import dev.ostiary.platform.http.Request;
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
     * Asks a user, and keeps it.
     *
     * @param scopes that are asked for, where they are said now
     * @param parent the {@code mfa_token} that it is a step of, if it is one
     * @return what the client comes back with
     * @throws OAuthException where the user cannot be asked
     */
    String ask(
            Request request,
            Recipient to,
            Kind kind,
            String userId,
            Channel channel,
            List<String> scopes,
            Optional<String> parent,
            Optional<String> message,
            Instant expires) {
        Asked asked =
                switch (proofs.ask(request, userId, channel, message)) {
                    case DirectProofs.Asked.Sent sent ->
                            new Asked(sent.factorId(), sent.question());
                    case DirectProofs.Asked.NotEnrolled none ->
                            throw errors.of("direct_auth_factor_enrollment_required");
                    case DirectProofs.Asked.Refused refused ->
                            throw errors.of("direct_auth_policy_denied");
                    case DirectProofs.Asked.TooOften tooOften ->
                            throw errors.of("user_rate_limited");
                };
        DirectAuthentication begun =
                new DirectAuthentication(
                        kind,
                        to.client().id(),
                        to.issuer().id(),
                        userId,
                        scopes,
                        List.of(),
                        Optional.of(asked),
                        expires);
        String code = random.urlSafe(CODE);
        database.write(
                to.org().number(),
                tx -> {
                    store.insert(tx, code, parent, begun, to.now());
                    return begun;
                });
        return code;
    }

    /** What a client is told of a question on a channel. */
    static void write(JsonGenerator out, String code, Channel channel, Duration life) {
        out.writeStringProperty("oob_code", code);
        out.writeStringProperty("channel", channel.text());
        out.writeStringProperty("binding_method", channel == Channel.PUSH ? "none" : "prompt");
        out.writeNumberProperty("expires_in", life.toSeconds());
        if (channel == Channel.PUSH) {
            out.writeNumberProperty("interval", PolledRequest.INTERVAL.toSeconds());
        }
    }
}
