package dev.ostiary.server.oauth.grants;

import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.server.oauth.clients.ClientRegistry;
import dev.ostiary.server.oauth.grants.Grant.Entitlement;
import dev.ostiary.server.oauth.problem.OAuthErrors;
import dev.ostiary.server.oauth.problem.OAuthException;
import dev.ostiary.server.oauth.tokens.Issuer;
import dev.ostiary.server.oauth.tokens.TokenReader;
import dev.ostiary.server.oauth.tokens.TokenReader.Read;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * A client in which a user has signed in exchanges the ID token for an identity assertion (ID-JAG),
 * by which a custom server gives it tokens for another app: the first half of Cross App Access
 * (draft-ietf-oauth-identity-assertion-authz-grant, 4; guide "Set up AI agent token exchange"). The
 * {@link JwtBearerGrant} is the second. An active connection has to lead the client to an active
 * app that is the user's; what tokens come of it, the server's access policies decide. Thread-safe.
 */
final class IdentityAssertions {

    /** What is asked for, and given. */
    static final String TYPE = "urn:ietf:params:oauth:token-type:id-jag";

    private static final String ID_TOKEN = "urn:ietf:params:oauth:token-type:id_token";

    private final Database database;
    private final Endpoints endpoints;
    private final ClientRegistry registry;
    private final Subjects subjects;
    private final TokenReader tokens;
    private final OAuthErrors errors;

    IdentityAssertions(
            Database database,
            Endpoints endpoints,
            ClientRegistry registry,
            Subjects subjects,
            TokenReader tokens,
            OAuthErrors errors) {
        this.database = database;
        this.endpoints = endpoints;
        this.registry = registry;
        this.subjects = subjects;
        this.tokens = tokens;
        this.errors = errors;
    }

    /** Whether a token request asks for one. */
    static boolean isAsked(Form form) {
        return form.text("requested_token_type").filter(TYPE::equals).isPresent();
    }

    /**
     * For whom, and for which server.
     *
     * @throws OAuthException where the client may not speak for the user there
     */
    Entitlement check(TokenRequest request, Issuer.OfOrg own) {
        Form form = request.form();
        // draft, 6.1: whoever holds no secret would be spoken for by anybody
        if (request.client().isPublic()) {
            throw errors.of("unsupported_token_exchange_flow", "public", "resource");
        }
        if (!form.required("subject_token_type", errors).equals(ID_TOKEN)) {
            throw errors.of("invalid_subject_token_type");
        }
        if (form.text("actor_token").isPresent() || form.text("actor_token_type").isPresent()) {
            throw errors.of("invalid_actor_token_type");
        }
        Issuer.Custom target = target(request.request(), form);
        List<String> scopes = scopes(form, target);
        Read token = token(request, own);
        return Entitlement.ofAssertion(
                database.read(request.org().number(), reader -> subject(reader, request, token)),
                scopes,
                target.name());
    }

    /** A custom server is named by its issuer, and a resource is what it is for. */
    private Issuer.Custom target(Request request, Form form) {
        String audience =
                form.text("audience")
                        .orElseThrow(() -> errors.of("token_exchange_invalid_audience"));
        Issuer.Custom target =
                endpoints
                        .find(request, audience.substring(audience.lastIndexOf('/') + 1))
                        .filter(issuer -> issuer.name().equals(audience))
                        .flatMap(IdentityAssertions::custom)
                        .orElseThrow(() -> errors.of("token_exchange_invalid_audience"));
        if (form.text("resource")
                .filter(said -> !said.equals(target.server().audience()))
                .isPresent()) {
            throw errors.of("token_exchange_invalid_resource");
        }
        return target;
    }

    private static Optional<Issuer.Custom> custom(Issuer issuer) {
        return switch (issuer) {
            case Issuer.OfOrg own -> Optional.empty();
            case Issuer.Custom custom -> Optional.of(custom);
        };
    }

    private List<String> scopes(Form form, Issuer.Custom target) {
        List<String> asked = form.scopes(errors);
        List<String> scopes = asked.isEmpty() ? target.server().defaultScopes() : asked;
        if (scopes.isEmpty()) {
            throw errors.of("no_default_scopes");
        }
        if (scopes.stream().anyMatch(scope -> target.server().scopeNamed(scope).isEmpty())) {
            throw errors.of("no_matching_scope");
        }
        return scopes;
    }

    /** An ID token that the org's own server gave this client. */
    private Read token(TokenRequest request, Issuer.OfOrg own) {
        Read token =
                tokens.read(own, request.form().required("subject_token", errors), request.now())
                        .filter(read -> read.jti().startsWith("ID."))
                        .filter(
                                read ->
                                        read.text("aud")
                                                .filter(request.client().id()::equals)
                                                .isPresent())
                        .orElseThrow(() -> errors.of("invalid_subject_token"));
        if (!token.isCurrent(request.now())) {
            throw errors.of("token_exchange_subject_token_expired");
        }
        return token;
    }

    private Subject subject(Reader reader, TokenRequest request, Read token) {
        String userId = token.text("sub").orElse("");
        Subject subject =
                subjects.find(
                                reader,
                                request.org(),
                                userId,
                                Instant.ofEpochSecond(token.claims().path("auth_time").asLong(0)),
                                methods(token))
                        .orElseThrow(() -> errors.of("invalid_subject_token_user_inactive"));
        if (!registry.isAssigned(reader, request.org(), request.client(), userId)) {
            throw errors.of("invalid_subject_token_user_not_assigned");
        }
        return switch (registry.others(reader, request.org(), request.client(), userId)) {
            case NONE -> throw errors.of("interclient_relationship_not_configured");
            case NOT_OF_USER -> throw errors.of("token_exchange_incomplete_resource_configuration");
            case OPEN -> subject;
        };
    }

    private static List<String> methods(Read token) {
        return StreamSupport.stream(token.claims().path("amr").spliterator(), false)
                .map(JsonNode::asString)
                .toList();
    }
}
