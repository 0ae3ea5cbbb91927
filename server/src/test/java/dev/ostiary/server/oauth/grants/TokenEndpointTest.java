package dev.ostiary.server.oauth.grants;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.ostiary.platform.context.Atlas;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Header;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.org.ConfigVersionLookup;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.secret.KeyRing;
import dev.ostiary.platform.secret.MasterKey;
import dev.ostiary.platform.secret.Sealed;
import dev.ostiary.platform.secret.Tokens;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.server.directory.memberships.Memberships;
import dev.ostiary.server.directory.schemas.OrgSchemas;
import dev.ostiary.server.fixture.AtOnce;
import dev.ostiary.server.fixture.Ground;
import dev.ostiary.server.fixture.Operations;
import dev.ostiary.server.oauth.clients.RegisteredKeySets;
import dev.ostiary.server.oauth.keys.KeyOwner;
import dev.ostiary.server.oauth.keys.KeySchedule;
import dev.ostiary.server.oauth.keys.SigningKeys;
import dev.ostiary.server.oauth.problem.OAuthErrors;
import dev.ostiary.server.oauth.servers.AccessPolicies;
import dev.ostiary.server.oauth.servers.AccessRules;
import dev.ostiary.server.oauth.servers.AuthorizationServers;
import dev.ostiary.server.oauth.servers.Claims;
import dev.ostiary.server.oauth.servers.NothingEnds;
import dev.ostiary.server.oauth.servers.OrgServers;
import dev.ostiary.server.oauth.servers.Scopes;
import dev.ostiary.server.oauth.tokens.TokenReader;
import dev.ostiary.server.oauth.tokens.TokenSigner;
import dev.ostiary.server.policy.AppSignOn;
import dev.ostiary.server.policy.PolicyDecisions;
import dev.ostiary.server.policy.engine.Person;
import dev.ostiary.server.policy.engine.Situation;
import dev.ostiary.server.security.zones.OrgZones;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("Token endpoint")
class TokenEndpointTest {

    private static final String SECRET = "s".repeat(64);
    private static final String ISSUER = "https://acme.test/oauth2/default";
    private static final String TOKEN_URL = ISSUER + "/v1/token";
    private static final Map<String, String> DEFAULT = Map.of("authorizationServerId", "default");

    private final Ground ground;
    private final FakeRegistry registry = new FakeRegistry();
    private final Map<String, Binding> bindings = new HashMap<>();
    private final Operations management;
    private final SigningKeys keys;
    private final RSAKey clientKey;

    TokenEndpointTest(DatabaseAccess access) throws Exception {
        ground = new Ground(access);
        SecureRandom random = new SecureRandom();
        Ids ids = new Ids(ground.clock, random);
        EventCatalogue events = EventCatalogue.load();
        Sealed sealed = new Sealed(KeyRing.of(MasterKey.generate(random)), random);
        OrgServers servers = new OrgServers(ground.database);
        OrgSchemas schemas = new OrgSchemas(ground.database);
        keys = new SigningKeys(ground.database, sealed, events);
        for (Family family :
                new TokenFamilies(
                                ground.database,
                                ground.clock,
                                ids,
                                events,
                                sealed,
                                new Tokens(random),
                                servers,
                                schemas,
                                keys,
                                new TokenSigner(Optional::empty),
                                new TokenReader(keys),
                                registry,
                                new RegisteredKeySets(OAuthErrors.load()),
                                (request, name, password) -> new Passwords.Proof.Refused(),
                                new NoProofs(),
                                new AppSignOn(
                                        ground.database,
                                        new PolicyDecisions(
                                                ground.database,
                                                new OrgZones(ground.database, Atlas.none()),
                                                new Memberships(ground.clock)),
                                        (org, user, device, now) ->
                                                Situation.of(Person.of(user, Set.of())),
                                        (reader, org, appId) -> Optional.empty(),
                                        events),
                                request -> Optional.empty(),
                                (where, zones) -> false)
                        .families()) {
            family.bindings().forEach(binding -> bindings.put(binding.operationId(), binding));
        }
        management =
                new Operations(
                        ground,
                        new AuthorizationServers(
                                ground.database,
                                ids,
                                ground.clock,
                                events,
                                servers,
                                keys,
                                new NothingEnds()),
                        new Scopes(
                                ground.database,
                                ids,
                                ground.clock,
                                events,
                                servers,
                                new NothingEnds()),
                        new Claims(ground.database, ids, ground.clock, events, servers, schemas),
                        new AccessPolicies(ground.database, ids, ground.clock, events, servers),
                        new AccessRules(ground.database, ids, ground.clock, events, servers));
        clientKey = new RSAKeyGenerator(2048).keyID("mine").generate();
        String jwks = new JWKSet(clientKey.toPublicJWK()).toString();
        registry.add("basic", "client_secret_basic", "web", "{\"keys\":[]}", SECRET);
        registry.add("post", "client_secret_post", "web", "{\"keys\":[]}", SECRET);
        registry.add("mac", "client_secret_jwt", "web", "{\"keys\":[]}", SECRET);
        registry.add("key", "private_key_jwt", "service", jwks, "");
        registry.add("public", "none", "browser", "{\"keys\":[]}", "");
        registry.grant("key", Set.of("okta.users.read"));
        for (Org org : List.of(ground.acme, ground.other)) {
            call(
                    org,
                    "createOAuth2Scope",
                    Map.of("authServerId", "default"),
                    "{\"name\":\"car:drive\",\"default\":true}");
        }
        call(
                ground.acme,
                "createOAuth2Scope",
                Map.of("authServerId", "default"),
                "{\"name\":\"asks\",\"consent\":\"REQUIRED\"}");
        call(
                ground.acme,
                "createOAuth2Claim",
                Map.of("authServerId", "default"),
                "{\"name\":\"wheels\",\"claimType\":\"RESOURCE\",\"valueType\":\"EXPRESSION\","
                        + "\"value\":\"app.clientId + \\\" has four\\\"\","
                        + "\"conditions\":{\"scopes\":[\"car:drive\"]}}");
    }

    @AfterAll
    void close() {
        ground.close();
    }

    @Test
    @DisplayName(
            "client_credentials: a token exactly as documented, whose signature the published key verifies")
    void token() throws Exception {
        Reply reply = basic("grant_type=client_credentials&scope=car%3Adrive");
        JsonNode answer = json(reply);
        assertThat(reply.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.path("token_type").asString()).isEqualTo("Bearer");
        assertThat(answer.path("expires_in").asInt()).isEqualTo(3600);
        assertThat(answer.path("scope").asString()).isEqualTo("car:drive");
        SignedJWT jwt = SignedJWT.parse(answer.path("access_token").asString());
        JsonNode header = Json.parse(jwt.getParsedParts()[0].decodeToString());
        assertThat(header.propertyNames()).containsExactly("kid", "alg");
        assertThat(header.path("alg").asString()).isEqualTo("RS256");
        JsonNode claims = Json.parse(jwt.getPayload().toString());
        assertThat(claims.propertyNames())
                .containsExactly(
                        "ver", "jti", "iss", "aud", "iat", "exp", "cid", "scp", "sub", "wheels");
        assertThat(claims.path("jti").asString()).startsWith("AT.").hasSize(46);
        assertThat(claims.path("iss").asString()).isEqualTo(ISSUER);
        assertThat(claims.path("aud").asString()).isEqualTo("api://default");
        assertThat(claims.path("cid").asString()).isEqualTo("basic");
        assertThat(claims.path("sub").asString()).isEqualTo("basic");
        assertThat(claims.path("wheels").asString()).isEqualTo("basic has four");
        assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isEqualTo(3600);
        Org org = ground.acme;
        assertThat(
                        keys
                                .published(
                                        org,
                                        KeyOwner.server("aus" + org.id().substring(3)),
                                        KeySchedule.from(org.created()),
                                        ground.clock.instant())
                                .stream()
                                .anyMatch(
                                        key -> {
                                            try {
                                                return jwt.verify(
                                                        new RSASSAVerifier(key.publicKey()));
                                            } catch (Exception e) {
                                                throw new AssertionError(e);
                                            }
                                        }))
                .isTrue();
        assertThat(management.events(org))
                .contains("app.oauth2.as.token.grant", "app.oauth2.as.token.grant.access_token");
        JsonNode event = management.event(org, "app.oauth2.as.token.grant.access_token");
        assertThat(event.at("/actor/type").asString()).isEqualTo("PublicClientApp");
        assertThat(event.toString()).doesNotContain(answer.path("access_token").asString());
    }

    @Test
    @DisplayName("each client proves itself by its own method, and by no other")
    void methods() {
        String asked = "grant_type=client_credentials";
        ok(form(asked + "&client_id=post&client_secret=" + SECRET));
        ok(basic(asked));
        refused(
                form(asked + "&client_id=basic&client_secret=" + SECRET),
                401,
                "invalid_client",
                "Client authentication failed. Either the client or the client credentials are"
                        + " invalid.");
        refused(
                request("token", asked, Optional.of("Basic " + base64("basic:wrong"))),
                401,
                "invalid_client",
                "The client secret supplied for a confidential client is invalid.");
        refused(
                request("token", asked, Optional.of("Basic " + base64("nobody:x"))),
                401,
                "invalid_client",
                "Invalid value for 'client_id' parameter.");
        refused(
                request("token", asked, Optional.of("Basic nonsense")),
                401,
                "invalid_client",
                "Found Authentication header but was not valid client credentials.");
        refused(
                request("token", asked, Optional.of("Basic " + base64("basic"))),
                401,
                "invalid_client",
                "No client credentials found.");
        refused(
                request("token", asked, Optional.of("Basic " + base64("basic:"))),
                401,
                "invalid_client",
                "No client credentials found.");
        refused(
                request("token", asked, Optional.of("Basic " + base64("public"))),
                400,
                "unauthorized_client",
                null);
        refused(form(asked), 401, "invalid_client", "No client credentials found.");
        refused(
                request(
                        "token",
                        asked + "&client_id=basic&client_secret=" + SECRET,
                        Optional.of("Basic " + base64("basic:" + SECRET))),
                401,
                "invalid_request",
                null);
        refused(form(asked + "&client_id=public"), 400, "unauthorized_client", null);
        registry.active("post", false);
        refused(
                form(asked + "&client_id=post&client_secret=" + SECRET),
                401,
                "invalid_client",
                "Invalid value for 'client_id' parameter.");
        registry.active("post", true);
    }

    @Test
    @DisplayName(
            "an assertion is good once, for this endpoint, while it lasts, by the registered key")
    void assertions() throws Exception {
        String once = signed(claims -> {});
        ok(assertion(once));
        refused(
                assertion(once),
                401,
                "invalid_client",
                "The client_assertion token has already been used.");
        refusedAssertion(
                signed(claims -> claims.audience("https://elsewhere.test/token")),
                "The audience claim for client_assertion must be the endpoint invoked for the"
                        + " request.");
        refusedAssertion(
                signed(claims -> claims.expirationTime(date(Duration.ofSeconds(-1)))),
                "The client_assertion token is expired.");
        refusedAssertion(
                signed(claims -> claims.expirationTime(date(Duration.ofHours(2)))),
                "The client_assertion token has an expiration too far into the future.");
        refusedAssertion(
                signed(claims -> claims.expirationTime(null)),
                "The client_assertion must contain the 'exp' claim as seconds since epoch.");
        refusedAssertion(
                signed(claims -> claims.subject("other")),
                "The subject claim for client_assertion is not a valid client_id.");
        refusedAssertion(
                signed(claims -> claims.issuer("nobody")),
                "The issuer claim for client_assertion is not a valid client_id.");
        RSAKey other = new RSAKeyGenerator(2048).keyID("mine").generate();
        refusedAssertion(signed(other, claims -> {}), "The client_assertion signature is invalid.");
        refusedAssertion(
                signed(new RSAKeyGenerator(2048).keyID("other").generate(), claims -> {}),
                "The client_assertion JWT kid is invalid.");
        refusedAssertion(
                new PlainJWT(claims("key").build()).serialize(),
                "The parsing of the client_assertion failed.");
        SignedJWT confused =
                new SignedJWT(
                        new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("mine").build(),
                        claims("key").build());
        confused.sign(
                new MACSigner(
                        clientKey.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8)));
        refusedAssertion(
                confused.serialize(), "The client_assertion JWT signature algorithm is invalid.");
        SignedJWT mac = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims("mac").build());
        mac.sign(new MACSigner(SECRET.getBytes(StandardCharsets.UTF_8)));
        ok(assertion(mac.serialize()));
    }

    @Test
    @DisplayName("P39 of ten who show the same assertion at once, one gets a token")
    void replayedAtOnce() throws Exception {
        String once = signed(claims -> {});
        List<Integer> statuses =
                AtOnce.call(Collections.nCopies(10, () -> assertion(once).status()));
        assertThat(statuses).containsOnlyOnce(200);
        assertThat(statuses.stream().filter(status -> status == 401)).hasSize(9);
    }

    @Test
    @DisplayName("the grant type, the form and the scopes are refused with the documented errors")
    void wrong() {
        refused(basic(""), 400, "invalid_request", null);
        refused(basic("grant_type=nonsense"), 400, "unsupported_grant_type", null);
        refused(
                basic("grant_type=client_credentials&scope=a&scope=b"),
                400,
                "invalid_request",
                "Duplicate parameter provided in request. Duplicated parameters: [scope].");
        refused(
                basic("grant_type=client_credentials&scope=nonsense"),
                400,
                "invalid_scope",
                "One or more scopes are not configured for the authorization server resource.");
        refused(
                basic("grant_type=client_credentials&scope=openid"),
                400,
                "invalid_scope",
                "Cannot request 'openid' scopes using client credentials.");
        refused(basic("grant_type=client_credentials&scope=asks"), 400, "consent_required", null);
        assertThat(json(basic("grant_type=client_credentials")).path("scope").asString())
                .isEqualTo("car:drive");
        JsonNode event = management.event(ground.acme, "app.oauth2.as.token.grant");
        assertThat(event.at("/outcome/result").asString()).isEqualTo("FAILURE");
    }

    @Test
    @DisplayName("policies decide who gets what, and for how long")
    void policies() {
        Org org = ground.acme;
        String server =
                json(call(
                                org,
                                "createAuthorizationServer",
                                Map.of(),
                                "{\"name\":\"Policed\",\"audiences\":[\"api://p\"]}"))
                        .path("id")
                        .asString();
        Map<String, String> on = Map.of("authServerId", server);
        for (String scope : List.of("a", "b")) {
            call(org, "createOAuth2Scope", on, "{\"name\":\"" + scope + "\"}");
        }
        Map<String, String> path = Map.of("authorizationServerId", server);
        String asked = "grant_type=client_credentials&scope=a";
        refused(
                send(org, "tokenCustomAS", path, asked, basicAuth()),
                401,
                "access_denied",
                "Policy evaluation failed for this request, please check the policy"
                        + " configurations.");
        String policy =
                json(call(
                                org,
                                "createAuthorizationServerPolicy",
                                on,
                                "{\"name\":\"P\",\"conditions\":{\"clients\":{\"include\":"
                                        + "[\"basic\"]}}}"))
                        .path("id")
                        .asString();
        call(
                org,
                "createAuthorizationServerPolicyRule",
                Map.of("authServerId", server, "policyId", policy),
                "{\"name\":\"R\",\"conditions\":{\"grantTypes\":{\"include\":"
                        + "[\"client_credentials\"]},\"scopes\":{\"include\":[\"a\"]}},"
                        + "\"actions\":{\"token\":{\"accessTokenLifetimeMinutes\":5}}}");
        assertThat(
                        json(send(org, "tokenCustomAS", path, asked, basicAuth()))
                                .path("expires_in")
                                .asInt())
                .isEqualTo(300);
        refused(
                send(org, "tokenCustomAS", path, asked + "+b", basicAuth()),
                400,
                "access_denied",
                "Some of the requested scopes were denied by the policy. Denied scopes: [b].");
    }

    @Test
    @DisplayName("the org's own server: machines with a key get the scopes that they were granted")
    void ofOrg() throws Exception {
        String url = "https://acme.test/oauth2/v1/token";
        Reply granted = orgToken(url, "okta.users.read");
        assertThat(granted.status()).as(json(granted).toString()).isEqualTo(200);
        JsonNode claims =
                Json.parse(
                        SignedJWT.parse(json(granted).path("access_token").asString())
                                .getPayload()
                                .toString());
        assertThat(claims.path("iss").asString()).isEqualTo("https://acme.test");
        assertThat(claims.path("aud").asString()).isEqualTo("https://acme.test");
        assertThat(claims.path("sub").asString()).isEqualTo("key");
        refused(orgToken(url, "okta.users.manage"), 400, "consent_required", null);
        refused(orgToken(url, "okta.users.read.self"), 400, null, null);
        refused(
                send(
                        ground.acme,
                        "token",
                        Map.of(),
                        "grant_type=client_credentials&scope=okta.users.read",
                        basicAuth()),
                401,
                "invalid_client",
                null);
        assertThat(management.events(ground.acme))
                .contains("app.oauth2.token.grant", "app.oauth2.token.grant.access_token");
    }

    @Test
    @DisplayName("a token is active until it expires or is revoked, at its own server alone")
    void introspected() {
        String token = json(basic("grant_type=client_credentials")).path("access_token").asString();
        JsonNode active = introspect(ground.acme, token);
        assertThat(active.path("active").asBoolean()).isTrue();
        assertThat(active.path("client_id").asString()).isEqualTo("basic");
        assertThat(active.path("scope").asString()).isEqualTo("car:drive");
        assertThat(active.path("iss").asString()).isEqualTo(ISSUER);
        inactive(introspect(ground.other, token));
        inactive(introspect(ground.acme, token + "x"));
        inactive(introspect(ground.acme, "nonsense"));
        String[] parts = token.split("\\.");
        String none =
                Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8));
        inactive(introspect(ground.acme, none + "." + parts[1] + "."));
        inactive(json(send(ground.acme, "introspect", Map.of(), "token=" + token, basicAuth())));
        registry.active("basic", false);
        registry.active("post", true);
        inactive(
                json(
                        send(
                                ground.acme,
                                "introspectCustomAS",
                                DEFAULT,
                                "token=" + token + "&client_id=post&client_secret=" + SECRET,
                                Optional.empty())));
        registry.active("basic", true);

        Reply byOther =
                send(
                        ground.acme,
                        "revokeCustomAS",
                        DEFAULT,
                        "token=" + token + "&client_id=post&client_secret=" + SECRET,
                        Optional.empty());
        assertThat(byOther.status()).isEqualTo(200);
        assertThat(introspect(ground.acme, token).path("active").asBoolean()).isTrue();
        for (int i = 0; i < 2; i++) {
            Reply revoked =
                    send(ground.acme, "revokeCustomAS", DEFAULT, "token=" + token, basicAuth());
            assertThat(revoked.status()).isEqualTo(200);
            assertThat(revoked.body()).isEmpty();
        }
        inactive(introspect(ground.acme, token));
        assertThat(management.events(ground.acme))
                .filteredOn("app.oauth2.as.token.revoke"::equals)
                .hasSize(1);
    }

    @Test
    @DisplayName("a token lasts as long as it says, and no longer")
    void expires() {
        String token = json(basic("grant_type=client_credentials")).path("access_token").asString();
        ground.clock.move(Duration.ofMinutes(61));
        inactive(introspect(ground.acme, token));
    }

    @Test
    @DisplayName("a token that is bound to a key needs a proof with a nonce, good once")
    void dpop() throws Exception {
        registry.add("bound", "client_secret_post", "web", "{\"keys\":[]}", SECRET);
        registry.dpop("bound");
        String asked = "grant_type=client_credentials&client_id=bound&client_secret=" + SECRET;
        refused(form(asked), 400, "invalid_dpop_proof", "The DPoP proof JWT header is missing.");
        ECKey key = new ECKeyGenerator(Curve.P_256).generate();
        Reply withoutNonce = dpop(asked, proof(key, null, claims -> {}));
        refused(
                withoutNonce,
                400,
                "use_dpop_nonce",
                "Authorization server requires nonce in DPoP proof.");
        String nonce =
                withoutNonce.headers().stream()
                        .filter(header -> header.name().equals("DPoP-Nonce"))
                        .map(Header::value)
                        .findFirst()
                        .orElseThrow();
        String proof = proof(key, nonce, claims -> {});
        Reply bound = dpop(asked, proof);
        assertThat(json(bound).path("token_type").asString()).isEqualTo("DPoP");
        JsonNode claims =
                Json.parse(
                        SignedJWT.parse(json(bound).path("access_token").asString())
                                .getPayload()
                                .toString());
        assertThat(claims.at("/cnf/jkt").asString()).isEqualTo(key.computeThumbprint().toString());
        refused(
                dpop(asked, proof),
                400,
                "invalid_dpop_proof",
                "The DPoP proof JWT has already been used.");
        refused(
                dpop(asked, proof(key, nonce, c -> c.claim("htu", "https://elsewhere.test"))),
                400,
                "invalid_dpop_proof",
                "'htu' claim in the DPoP proof JWT is invalid.");
        refused(
                dpop(asked, proof(key, nonce, c -> c.claim("htm", "GET"))),
                400,
                "invalid_dpop_proof",
                "'htm' claim in the DPoP proof JWT is invalid.");
        refused(
                dpop(asked, proof(key, nonce, c -> c.issueTime(date(Duration.ofMinutes(-6))))),
                400,
                "invalid_dpop_proof",
                "The DPoP proof JWT is issued more than five minutes in the past.");
        refused(dpop(asked, proof(key, "forged", c -> {})), 400, "use_dpop_nonce", null);
        refused(
                dpop(asked, proof(key, nonce, c -> {}), proof(key, nonce, c -> {})),
                400,
                "invalid_dpop_proof",
                "Multiple DPoP proof JWT headers are not allowed.");
    }

    // ---- requests

    private Reply call(Org org, String operation, Map<String, String> variables, String body) {
        return management.call(current(org), operation, variables, "", body);
    }

    private Org current(Org org) {
        return org.at(new ConfigVersionLookup(ground.database).now(org));
    }

    private Optional<String> basicAuth() {
        return Optional.of("Basic " + base64("basic:" + SECRET));
    }

    private Reply basic(String form) {
        return request("token", form, basicAuth());
    }

    private Reply form(String form) {
        return request("token", form, Optional.empty());
    }

    private Reply assertion(String jwt) {
        return form(
                "grant_type=client_credentials&client_assertion_type="
                        + URLEncoder.encode(
                                "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                                StandardCharsets.UTF_8)
                        + "&client_assertion="
                        + jwt);
    }

    private Reply orgToken(String url, String scope) throws Exception {
        return send(
                ground.acme,
                "token",
                Map.of(),
                "grant_type=client_credentials&scope="
                        + scope
                        + "&client_assertion_type="
                        + URLEncoder.encode(
                                "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                                StandardCharsets.UTF_8)
                        + "&client_assertion="
                        + signed(claims -> claims.audience(url)),
                Optional.empty());
    }

    private Reply request(String endpoint, String form, Optional<String> authorization) {
        return send(ground.acme, endpoint + "CustomAS", DEFAULT, form, authorization);
    }

    private Reply dpop(String form, String... proofs) {
        return send(ground.acme, "tokenCustomAS", DEFAULT, form, Map.of("DPoP", List.of(proofs)));
    }

    private Reply send(
            Org org,
            String operation,
            Map<String, String> variables,
            String form,
            Optional<String> authorization) {
        return send(
                org,
                operation,
                variables,
                form,
                authorization.map(text -> Map.of("Authorization", List.of(text))).orElse(Map.of()));
    }

    private Reply send(
            Org org,
            String operation,
            Map<String, String> variables,
            String form,
            Map<String, List<String>> headers) {
        Request plain = Ground.request(current(org), operation, "", variables, Set.of());
        Request request =
                new Request(
                        plain.id(),
                        plain.org(),
                        plain.operation(),
                        plain.caller(),
                        plain.variables(),
                        plain.query(),
                        plain.baseUrl(),
                        name -> headers.getOrDefault(name, List.of()),
                        form.getBytes(StandardCharsets.UTF_8));
        return Objects.requireNonNull(bindings.get(operation)).handler().handle(request);
    }

    private JsonNode introspect(Org org, String token) {
        return json(send(org, "introspectCustomAS", DEFAULT, "token=" + token, basicAuth()));
    }

    // ---- assertions and proofs

    private JWTClaimsSet.Builder claims(String client) {
        return new JWTClaimsSet.Builder()
                .issuer(client)
                .subject(client)
                .audience(TOKEN_URL)
                .jwtID(UUID.randomUUID().toString())
                .issueTime(date(Duration.ZERO))
                .expirationTime(date(Duration.ofMinutes(5)));
    }

    private String signed(Consumer<JWTClaimsSet.Builder> change) throws Exception {
        return signed(clientKey, change);
    }

    private String signed(RSAKey key, Consumer<JWTClaimsSet.Builder> change) throws Exception {
        JWTClaimsSet.Builder claims = claims("key");
        change.accept(claims);
        SignedJWT jwt =
                new SignedJWT(
                        new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
                        claims.build());
        jwt.sign(new RSASSASigner(key));
        return jwt.serialize();
    }

    private String proof(ECKey key, @Nullable String nonce, Consumer<JWTClaimsSet.Builder> change)
            throws Exception {
        JWTClaimsSet.Builder claims =
                new JWTClaimsSet.Builder()
                        .jwtID(UUID.randomUUID().toString())
                        .claim("htm", "POST")
                        .claim("htu", TOKEN_URL)
                        .claim("nonce", nonce)
                        .issueTime(date(Duration.ZERO));
        change.accept(claims);
        SignedJWT jwt =
                new SignedJWT(
                        new JWSHeader.Builder(JWSAlgorithm.ES256)
                                .type(new JOSEObjectType("dpop+jwt"))
                                .jwk(key.toPublicJWK())
                                .build(),
                        claims.build());
        jwt.sign(new ECDSASigner(key));
        return jwt.serialize();
    }

    private Date date(Duration fromNow) {
        Instant moment = ground.clock.instant().plus(fromNow);
        return Date.from(moment);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    // ---- answers

    private static JsonNode json(Reply reply) {
        return Json.parse(new String(reply.body(), StandardCharsets.UTF_8));
    }

    private static void ok(Reply reply) {
        assertThat(reply.status()).as(json(reply).toString()).isEqualTo(200);
    }

    private void refusedAssertion(String jwt, String description) {
        refused(assertion(jwt), 401, "invalid_client", description);
    }

    private static void refused(
            Reply reply, int status, @Nullable String error, @Nullable String description) {
        JsonNode answer = json(reply);
        assertThat(reply.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.propertyNames()).containsExactly("error", "error_description");
        if (error != null) {
            assertThat(answer.path("error").asString()).as(answer.toString()).isEqualTo(error);
        }
        if (description != null) {
            assertThat(answer.path("error_description").asString()).isEqualTo(description);
        }
    }

    private static void inactive(JsonNode answer) {
        assertThat(answer.toString()).isEqualTo("{\"active\":false}");
    }
}
