package dev.ostiary.server.oauth.direct;

import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.secret.Tokens;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.oauth.clients.ClientRegistry;
import dev.ostiary.server.oauth.grants.BegunSteps;
import dev.ostiary.server.oauth.grants.ClientRequests;
import dev.ostiary.server.oauth.grants.ClientRequests.ClientRequest;
import dev.ostiary.server.oauth.grants.Form;
import dev.ostiary.server.oauth.grants.Recipient;
import dev.ostiary.server.oauth.grants.TokenFamilies;
import dev.ostiary.server.oauth.issued.DirectAuthentication;
import dev.ostiary.server.oauth.issued.DirectAuthentication.Kind;
import dev.ostiary.server.oauth.problem.OAuthErrors;
import dev.ostiary.server.signin.direct.DirectProofs;
import dev.ostiary.server.signin.direct.DirectProofs.Channel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where a client has a user asked for a further factor, after {@code mfa_required} (OpenID Connect
 * API, {@code /challenge}). Thread-safe.
 */
public final class Challenge implements Family {

    private static final String OTP = "http://auth0.com/oauth/grant-type/mfa-otp";
    private static final String OOB = "http://auth0.com/oauth/grant-type/mfa-oob";
    private static final String KEY = "urn:okta:params:oauth:grant-type:mfa-webauthn";
    private static final List<String> TYPES = List.of(OTP, OOB, KEY);
    private static final String TOKEN = "mfa_token";
    private static final String CHANNEL = "channel_hint";

    private static final Schema FORM =
            Schema.object()
                    .maybe("client_id", Schema.TEXT)
                    .maybe("client_secret", Schema.TEXT)
                    .maybe("client_assertion_type", Schema.TEXT)
                    .maybe("client_assertion", Schema.TEXT)
                    .maybe(TOKEN, Schema.TEXT)
                    .maybe("challenge_types_supported", Schema.TEXT)
                    .maybe(CHANNEL, Schema.TEXT);

    private static final Schema ANSWER =
            Asking.answer(Schema.object("ChallengeResponse").always("challenge_type", Schema.TEXT));

    private final ClientRequests clients;
    private final BegunSteps steps;
    private final Asking asking;
    private final OAuthErrors errors;

    /**
     * The endpoint for clients of this registry.
     *
     * @param proofs asks users
     */
    public Challenge(
            Database database,
            ClientRegistry registry,
            TokenFamilies tokens,
            DirectProofs proofs,
            Tokens random) {
        this.clients = tokens.clientRequests();
        this.errors = tokens.errors();
        this.steps = new BegunSteps(database, errors);
        this.asking = new Asking(database, registry, proofs, random, errors);
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("challenge", clients.ofOrg("challenge", this::asked))
                        .takesForm()
                        .takes(FORM)
                        .answers(ANSWER),
                Binding.of("challenge-custom-as", clients.custom("challenge", this::asked))
                        .takesForm()
                        .takes(FORM)
                        .answers(ANSWER));
    }

    private Reply asked(Request request, ClientRequest client) {
        Recipient to = client.to();
        Form form = client.form();
        String token = form.required(TOKEN, errors);
        List<String> types = types(to, form);
        DirectAuthentication begun = steps.require(to, Kind.MFA, TOKEN, token);
        Optional<String> channel = form.text(CHANNEL);
        boolean otp = asking.proofs().means(request, begun.userId()).otp();
        if (channel.isEmpty()
                && types.contains(KEY)
                && (types.getFirst().equals(KEY) || !(otp && types.contains(OTP)))) {
            return keys(request, to, begun, token);
        }
        if (types.contains(OOB) && (channel.isPresent() || !types.contains(OTP))) {
            return outOfBand(
                    request, to, begun, token, asking.channel(form.required(CHANNEL, errors)));
        }
        if (!otp) {
            throw errors.of("direct_auth_factor_enrollment_required");
        }
        return Reply.ok(
                out -> {
                    out.writeStartObject();
                    out.writeStringProperty("challenge_type", OTP);
                    out.writeEndObject();
                });
    }

    /** What the client can go on with: what it says, and is registered for. */
    private List<String> types(Recipient to, Form form) {
        List<String> said =
                form.text("challenge_types_supported")
                        .map(text -> List.of(text.split(" ", -1)))
                        .orElse(TYPES);
        for (String type : said) {
            if (!TYPES.contains(type)) {
                throw errors.of("direct_auth_invalid_challenge_type", OAuthErrors.shown(type));
            }
        }
        List<String> types = said.stream().filter(to.client().grantTypes()::contains).toList();
        if (types.isEmpty()) {
            to.requireGrant(said.getFirst(), errors);
        }
        return types;
    }

    private Reply keys(Request request, Recipient to, DirectAuthentication begun, String token) {
        DirectProofs.KeysAsked.Sent asked =
                asking.askKeys(request, to, begun.userId(), Optional.of(token), begun.expires());
        return Reply.ok(
                out -> {
                    out.writeStartObject();
                    out.writeStringProperty("challenge_type", KEY);
                    Asking.write(out, asked);
                    out.writeEndObject();
                });
    }

    private Reply outOfBand(
            Request request,
            Recipient to,
            DirectAuthentication begun,
            String token,
            Channel channel) {
        Asking.Open open =
                asking.ask(
                        request,
                        to,
                        Kind.OOB,
                        begun.userId(),
                        channel,
                        List.of(),
                        Optional.of(token),
                        Optional.empty(),
                        true,
                        begun.expires());
        return Reply.ok(
                out -> {
                    out.writeStartObject();
                    out.writeStringProperty("challenge_type", OOB);
                    Asking.write(out, open, channel, Duration.between(to.now(), begun.expires()));
                    out.writeEndObject();
                });
    }
}
