package dev.ostiary.server.oauth.grants;

import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.oauth.clients.ClientAuthentication;
import dev.ostiary.server.oauth.clients.ClientAuthentication.Authenticated;
import dev.ostiary.server.oauth.clients.ClientRegistry;
import dev.ostiary.server.oauth.clients.OAuthClient;
import dev.ostiary.server.oauth.clients.UsedOnceStore;
import dev.ostiary.server.oauth.problem.OAuthErrors;
import dev.ostiary.server.oauth.problem.OAuthException;
import dev.ostiary.server.oauth.tokens.Issuer;
import dev.ostiary.server.oauth.tokens.RevokedTokenStore;
import dev.ostiary.server.oauth.tokens.TokenReader;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Says whether a token is good (RFC 7662), and ends tokens (RFC 7009). A token that is of no use,
 * for whatever reason, is inactive and nothing else; ending one that is not there is a success, so
 * that nothing is learnt of it. Thread-safe.
 */
public final class TokenStatus implements Family {

    private static final Schema FORM =
            Schema.object()
                    .always("token", Schema.TEXT)
                    .maybe("token_type_hint", Schema.TEXT)
                    .maybe("client_id", Schema.TEXT)
                    .maybe("client_secret", Schema.TEXT)
                    .maybe("client_assertion_type", Schema.TEXT)
                    .maybe("client_assertion", Schema.TEXT);

    private static final Schema ANSWER =
            Schema.object("IntrospectionResponse").always("active", Schema.BOOLEAN).andOthers();

    /** What of a token's claims the answer has under their own names. */
    private static final List<String> TOLD =
            List.of("exp", "iat", "sub", "aud", "iss", "jti", "uid");

    private final Database database;
    private final Endpoints endpoints;
    private final ClientAuthentication clients;
    private final ClientRegistry registry;
    private final TokenReader tokens;
    private final TokenEvents events;
    private final RevokedTokenStore revoked = new RevokedTokenStore();
    private final UsedOnceStore usedOnce = new UsedOnceStore();
    private final InstantSource time;
    private final OAuthErrors errors;

    TokenStatus(
            Database database,
            Endpoints endpoints,
            ClientAuthentication clients,
            ClientRegistry registry,
            TokenReader tokens,
            TokenEvents events,
            InstantSource time,
            OAuthErrors errors) {
        this.database = database;
        this.endpoints = endpoints;
        this.clients = clients;
        this.registry = registry;
        this.tokens = tokens;
        this.events = events;
        this.time = time;
        this.errors = errors;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("introspect", request -> introspect(request, endpoints.ofOrg(request)))
                        .takesForm()
                        .takes(FORM)
                        .answers(ANSWER),
                Binding.of(
                                "introspectCustomAS",
                                request -> introspect(request, endpoints.custom(request)))
                        .takesForm()
                        .takes(FORM)
                        .answers(ANSWER),
                Binding.of("revoke", request -> revoke(request, endpoints.ofOrg(request)))
                        .takesForm()
                        .takes(FORM),
                Binding.of("revokeCustomAS", request -> revoke(request, endpoints.custom(request)))
                        .takesForm()
                        .takes(FORM));
    }

    /** A request whose client has proved itself. */
    private record Asked(Issuer issuer, OAuthClient client, String token, Instant now) {}

    private Asked asked(Request request, Issuer issuer, String endpoint) {
        Instant now = time.instant();
        Form form = Form.read(request, errors);
        Authenticated authenticated =
                clients.authenticate(
                        issuer.org(),
                        request.header("Authorization"),
                        form::text,
                        List.of(issuer.endpoint(endpoint), issuer.name(), issuer.base()),
                        now);
        authenticated
                .replayGuard()
                .ifPresent(
                        once -> {
                            if (!database.write(
                                    issuer.org().number(), tx -> usedOnce.use(tx, once, now))) {
                                throw errors.of("client_assertion_already_used");
                            }
                        });
        String token = form.text("token").orElseThrow(() -> errors.of("request_missing_token"));
        return new Asked(issuer, authenticated.client(), token, now);
    }

    private Reply introspect(Request request, Issuer issuer) {
        try {
            Asked asked = asked(request, issuer, "introspect");
            Optional<TokenReader.Read> active = active(asked);
            return Reply.ok(
                    out -> {
                        out.writeStartObject();
                        out.writeBooleanProperty("active", active.isPresent());
                        active.ifPresent(token -> tell(token.claims(), out));
                        out.writeEndObject();
                    });
        } catch (OAuthException refused) {
            return endpoints.refused(request, issuer, refused);
        }
    }

    private Optional<TokenReader.Read> active(Asked asked) {
        return tokens.read(asked.issuer(), asked.token(), asked.now())
                .filter(token -> token.isCurrent(asked.now()))
                .filter(token -> isAlive(asked, token));
    }

    /** Whether nobody has revoked it, and its client still gets anything. */
    private boolean isAlive(Asked asked, TokenReader.Read token) {
        return database.read(
                asked.issuer().org().number(),
                reader ->
                        !revoked.isRevoked(reader, token.jti())
                                && token.text("cid")
                                        .flatMap(id -> registry.find(reader, id))
                                        .filter(OAuthClient::active)
                                        .isPresent());
    }

    private static void tell(ObjectNode claims, JsonGenerator out) {
        out.writeStringProperty("token_type", claims.at("/cnf/jkt").isString() ? "DPoP" : "Bearer");
        if (claims.path("scp").isArray()) {
            out.writeStringProperty(
                    "scope",
                    claims.path("scp")
                            .valueStream()
                            .map(JsonNode::asString)
                            .collect(Collectors.joining(" ")));
        }
        if (claims.path("cid").isString()) {
            out.writeStringProperty("client_id", claims.path("cid").stringValue());
        }
        if (claims.path("sub").isString()) {
            out.writeStringProperty("username", claims.path("sub").stringValue());
        }
        for (String name : TOLD) {
            JsonNode claim = claims.path(name);
            if (claim.isString()) {
                out.writeStringProperty(name, claim.stringValue());
            } else if (claim.isIntegralNumber()) {
                out.writeNumberProperty(name, claim.longValue());
            }
        }
    }

    /** A client ends its own tokens only; of others' it learns nothing. */
    private Reply revoke(Request request, Issuer issuer) {
        try {
            Asked asked = asked(request, issuer, "revoke");
            tokens.read(issuer, asked.token(), asked.now())
                    .filter(token -> token.isCurrent(asked.now()))
                    .filter(
                            token ->
                                    token.text("cid")
                                            .filter(asked.client().id()::equals)
                                            .isPresent())
                    .ifPresent(token -> end(asked, token));
            return Reply.empty(200);
        } catch (OAuthException refused) {
            return endpoints.refused(request, issuer, refused);
        }
    }

    private void end(Asked asked, TokenReader.Read token) {
        database.write(
                asked.issuer().org().number(),
                tx -> {
                    if (revoked.revoke(tx, token.jti(), token.expires(), asked.now())) {
                        events.revoked(
                                tx, asked.issuer(), asked.client(), token.jti(), "access_token");
                    }
                    return token;
                });
    }
}
