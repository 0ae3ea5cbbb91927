package dev.ostiary.server.oauth.direct;

import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Handler;
import dev.ostiary.platform.http.Query;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.secret.Tokens;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.directory.users.Accounts;
import dev.ostiary.server.oauth.clients.ClientRegistry;
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
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Where a client has a user asked for a first factor (OpenID Connect API, {@code
 * /primary-authenticate} and its elder name {@code /oob-authenticate}). Thread-safe.
 */
public final class PrimaryAuthenticate implements Family {

    private static final String GRANT = "urn:okta:params:oauth:grant-type:oob";
    private static final String KEY = "urn:okta:params:oauth:grant-type:webauthn";
    private static final String NOW = "primary-authenticate";
    private static final String BEFORE = "oob-authenticate";
    private static final int LONGEST_NAME = 200;

    private static final Schema FORM =
            Schema.object()
                    .maybe("client_id", Schema.TEXT)
                    .maybe("client_secret", Schema.TEXT)
                    .maybe("client_assertion_type", Schema.TEXT)
                    .maybe("client_assertion", Schema.TEXT)
                    .maybe("login_hint", Schema.TEXT)
                    .maybe("challenge_hint", Schema.TEXT)
                    .maybe("channel_hint", Schema.TEXT);

    private static final Schema ANSWER = Asking.answer(Schema.object("OobAuthenticateResponse"));

    private final ClientRequests clients;
    private final Asking asking;
    private final OAuthErrors errors;

    /**
     * The endpoint for clients of this registry.
     *
     * @param proofs asks users
     */
    public PrimaryAuthenticate(
            Database database,
            ClientRegistry registry,
            TokenFamilies tokens,
            DirectProofs proofs,
            Tokens random) {
        this.clients = tokens.clientRequests();
        this.errors = tokens.errors();
        this.asking = new Asking(database, registry, proofs, random, errors);
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                of("primary-authenticate", clients.ofOrg(NOW, this::begun)),
                of("primary-authenticate-custom-as", clients.custom(NOW, this::begun)),
                of("oob-authenticate", clients.ofOrg(BEFORE, this::begun)),
                of("oob-authenticate-custom-as", clients.custom(BEFORE, this::begun)));
    }

    private static Binding of(String operation, Handler handler) {
        return Binding.of(operation, handler)
                .takesForm()
                .takes(FORM)
                .answers(ANSWER)
                .signingIn(PrimaryAuthenticate::userName);
    }

    /** Who is counted, in one spelling (P34). */
    static Optional<String> userName(Request request) {
        try {
            return Query.parse(new String(request.body(), StandardCharsets.UTF_8))
                    .text("login_hint")
                    .filter(name -> name.length() <= LONGEST_NAME)
                    .map(Accounts::spelling);
        } catch (ApiException unreadable) {
            return Optional.empty();
        }
    }

    private Reply begun(Request request, ClientRequest asked) {
        Recipient to = asked.to();
        Form form = asked.form();
        boolean key = form.text("challenge_hint").filter(KEY::equals).isPresent();
        to.requireGrant(key ? KEY : GRANT, errors);
        if (form.text("scope").isPresent()) {
            throw errors.of("direct_auth_scope_not_allowed");
        }
        String name =
                form.text("login_hint")
                        .orElseThrow(() -> errors.of("direct_auth_missing_login_hint"));
        if (key) {
            return keys(request, to, user(request, to, name));
        }
        String hint = form.required("challenge_hint", errors);
        if (!hint.equals(GRANT)) {
            throw errors.of("direct_auth_invalid_challenge_hint", OAuthErrors.shown(hint));
        }
        Channel channel = asking.channel(form.required("channel_hint", errors));
        String user = user(request, to, name);
        Asking.Open open =
                asking.ask(
                        request,
                        to,
                        Kind.OOB,
                        user,
                        channel,
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        true,
                        to.now().plus(DirectAuthentication.LIFE));
        return Reply.ok(
                out -> {
                    out.writeStartObject();
                    Asking.write(out, open, channel, DirectAuthentication.LIFE);
                    out.writeEndObject();
                });
    }

    private String user(Request request, Recipient to, String name) {
        String user =
                asking.proofs()
                        .find(request, name)
                        .orElseThrow(() -> errors.of("direct_auth_invalid_login_hint"));
        if (!asking.isAssigned(to, user)) {
            throw errors.of("user_not_assigned");
        }
        return user;
    }

    /** The user's security keys are asked, as Okta's mobile clients want it. */
    private Reply keys(Request request, Recipient to, String user) {
        DirectProofs.KeysAsked.Sent asked =
                asking.askKeys(
                        request,
                        to,
                        user,
                        Optional.empty(),
                        to.now().plus(DirectAuthentication.LIFE));
        return Reply.ok(
                out -> {
                    out.writeStartObject();
                    Asking.write(out, asked);
                    out.writeEndObject();
                });
    }
}
