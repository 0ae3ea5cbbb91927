package dev.ostiary.server.oauth.grants;

import dev.ostiary.platform.store.Database;
import dev.ostiary.server.oauth.issued.IssuedTokens;
import dev.ostiary.server.oauth.problem.OAuthErrors;
import dev.ostiary.server.oauth.servers.AuthorizationServer;
import dev.ostiary.server.oauth.tokens.Issuer;
import dev.ostiary.server.oauth.tokens.TokenReader.Read;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A service takes the access token of a user that it was called with to a server, and gets one of
 * its own for the next service, in the name of the same user (RFC 8693; guide "Set up OAuth 2.0
 * On-Behalf-Of Token Exchange"). What it gets ends with what the user's token came from. At the
 * org's own server it is {@link IdentityAssertions} that are exchanged. Thread-safe.
 */
final class TokenExchangeGrant implements Grant {

    static final String TYPE = "urn:ietf:params:oauth:grant-type:token-exchange";

    private static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";

    /** Guide: a service can have neither an ID token nor a refresh token in this way. */
    private static final Set<String> REFUSED =
            Set.of(
                    "openid",
                    "profile",
                    "email",
                    "address",
                    "phone",
                    "offline_access",
                    "device_sso");

    private final Database database;
    private final SubjectTokens subjectTokens;
    private final Subjects subjects;
    private final NativeSso nativeSso;
    private final IdentityAssertions assertions;
    private final OAuthErrors errors;

    TokenExchangeGrant(
            Database database,
            SubjectTokens subjectTokens,
            Subjects subjects,
            NativeSso nativeSso,
            IdentityAssertions assertions,
            OAuthErrors errors) {
        this.database = database;
        this.subjectTokens = subjectTokens;
        this.subjects = subjects;
        this.nativeSso = nativeSso;
        this.assertions = assertions;
        this.errors = errors;
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Optional<String> issuedTokenType() {
        return Optional.of(ACCESS_TOKEN);
    }

    @Override
    public Entitlement check(TokenRequest request) {
        return switch (request.issuer()) {
            case Issuer.OfOrg own when IdentityAssertions.isAsked(request.form()) ->
                    assertions.check(request, own);
            case Issuer.OfOrg own -> throw errors.of("unsupported_grant_type_token_exchange");
            case Issuer.Custom custom -> exchanged(request, custom);
        };
    }

    private Entitlement exchanged(TokenRequest request, Issuer.Custom custom) {
        if (NativeSso.isAsked(request.form())) {
            requireRequested(request.form());
            requireTarget(request.form(), custom.server());
            return nativeSso.check(request, custom);
        }
        if (!request.client().isService()) {
            throw errors.of("on_behalf_invalid_client_type");
        }
        requireTypes(request.form());
        requireTarget(request.form(), custom.server());
        List<String> scopes = scopes(request, custom.server());
        Read token =
                subjectTokens.read(
                        request, custom, request.form().required("subject_token", errors));
        Subject subject =
                database.read(
                        request.org().number(),
                        reader ->
                                subjects.find(
                                                reader,
                                                request.org(),
                                                token.text("uid").orElse(""),
                                                authenticated(token),
                                                List.of())
                                        .orElseThrow(
                                                () ->
                                                        errors.of(
                                                                "invalid_subject_token_user_inactive")));
        return new Entitlement(
                Optional.of(subject),
                scopes,
                Optional.empty(),
                IssuedTokens.refreshTokenOf(token.jti())
                        .or(() -> IssuedTokens.deviceOf(token.jti()))
                        .<Refresh>map(Refresh.Under::new)
                        .orElseGet(Refresh.None::new),
                Optional.empty(),
                (tx, given) -> Optional.empty());
    }

    private static Instant authenticated(Read token) {
        return Instant.ofEpochSecond(token.claims().path("auth_time").asLong(0));
    }

    private void requireTypes(Form form) {
        if (!form.required("subject_token_type", errors).equals(ACCESS_TOKEN)) {
            throw errors.of("invalid_subject_token_type");
        }
        if (form.text("actor_token").isPresent() || form.text("actor_token_type").isPresent()) {
            throw errors.of("invalid_actor_token_type");
        }
        requireRequested(form);
    }

    private void requireRequested(Form form) {
        if (form.text("requested_token_type")
                .filter(type -> !type.equals(ACCESS_TOKEN))
                .isPresent()) {
            throw errors.of("invalid_requested_token_type");
        }
    }

    private void requireTarget(Form form, AuthorizationServer server) {
        if (form.text("resource").isPresent()) {
            throw errors.of("token_exchange_invalid_resource");
        }
        if (form.text("audience").filter(server.audience()::equals).isEmpty()) {
            throw errors.of("token_exchange_invalid_audience");
        }
    }

    private List<String> scopes(TokenRequest request, AuthorizationServer server) {
        List<String> asked = request.form().scopes(errors);
        List<String> scopes = asked.isEmpty() ? server.defaultScopes() : asked;
        if (scopes.isEmpty()) {
            throw errors.of("no_default_scopes");
        }
        if (scopes.stream().anyMatch(REFUSED::contains)) {
            throw errors.of("openid_not_allowed_token_exchange");
        }
        List<String> needed =
                request.client().consentRequired() ? server.needingConsent(scopes) : List.of();
        if (!needed.isEmpty()) {
            throw errors.of("consent_required_token_exchange", String.join(", ", needed));
        }
        return scopes;
    }
}
