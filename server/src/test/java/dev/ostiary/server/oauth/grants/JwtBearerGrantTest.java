package dev.ostiary.server.oauth.grants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.org.ConfigVersionLookup;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.secret.KeyRing;
import dev.ostiary.platform.secret.MasterKey;
import dev.ostiary.platform.secret.Sealed;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.server.directory.TestDirectory;
import dev.ostiary.server.fixture.AtOnce;
import dev.ostiary.server.fixture.Ground;
import dev.ostiary.server.oauth.clients.OAuthClient;
import dev.ostiary.server.oauth.grants.Grant.Entitlement;
import dev.ostiary.server.oauth.issued.AuthorizationCode.Given;
import dev.ostiary.server.oauth.keys.SigningKey;
import dev.ostiary.server.oauth.keys.SigningKeys;
import dev.ostiary.server.oauth.problem.OAuthErrors;
import dev.ostiary.server.oauth.problem.OAuthException;
import dev.ostiary.server.oauth.servers.AuthorizationServer;
import dev.ostiary.server.oauth.servers.OrgServers;
import dev.ostiary.server.oauth.tokens.Issuer;
import dev.ostiary.server.oauth.tokens.TokenReader;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("JWT bearer grant (RFC 7523)")
class JwtBearerGrantTest {

    private final TestDirectory directory;
    private final Org org;
    private final Org other;
    private final String user;
    private final OrgServers servers;
    private final SigningKeys keys;
    private final FakeRegistry registry = new FakeRegistry();
    private final JwtBearerGrant grant;

    JwtBearerGrantTest(DatabaseAccess access) {
        directory = new TestDirectory(access);
        org = directory.org("bearers");
        other = directory.org("other-bearers");
        user = directory.user(org, "bearer@example.com");
        directory.user(other, "bearer@example.com");
        servers = new OrgServers(directory.database());
        SecureRandom random = new SecureRandom();
        keys =
                new SigningKeys(
                        directory.database(),
                        new Sealed(KeyRing.of(MasterKey.generate(random)), random),
                        EventCatalogue.load());
        registry.add("agent", "client_secret_basic", "web", "{\"keys\":[]}", "s".repeat(64));
        registry.add("another", "client_secret_basic", "web", "{\"keys\":[]}", "s".repeat(64));
        OAuthErrors errors = OAuthErrors.load();
        grant =
                new JwtBearerGrant(
                        directory.database(),
                        new Endpoints(servers),
                        registry,
                        new Subjects(directory.memberships()),
                        new TokenReader(keys),
                        errors);
    }

    private Instant now() {
        return directory.time().instant();
    }

    private Request request(Org asked) {
        Org current = asked.at(new ConfigVersionLookup(directory.database()).now(asked));
        return Ground.request(current, "tokenCustomAS", "");
    }

    private Issuer.OfOrg own(Org asked) {
        return new Issuer.OfOrg(asked, request(asked).baseUrl());
    }

    private Issuer.Custom custom() {
        Request request = request(org);
        AuthorizationServer server =
                servers.of(request.org()).find(request.org(), "default").orElseThrow();
        return new Issuer.Custom(
                request.org(),
                request.baseUrl(),
                server,
                servers.issuer(request.org(), request.baseUrl(), server));
    }

    private TokenRequest asked(Issuer issuer, String client, Map<String, String> said) {
        OAuthClient found =
                directory
                        .database()
                        .read(org.number(), reader -> registry.find(reader, client))
                        .orElseThrow();
        Map<String, List<String>> form = new LinkedHashMap<>();
        said.forEach((name, value) -> form.put(name, List.of(value)));
        return new TokenRequest(
                request(org),
                new Recipient(issuer, found, now()),
                new Form(form),
                Optional.empty());
    }

    private Entitlement check(String assertion) {
        return grant.check(asked(custom(), "agent", Map.of("assertion", assertion)));
    }

    private String assertion(Issuer signer, String type, Consumer<JWTClaimsSet.Builder> change) {
        SigningKey key = keys.signer(signer.org(), signer.keyOwner(), signer.schedule(), now());
        JWTClaimsSet.Builder claims =
                new JWTClaimsSet.Builder()
                        .issuer(signer.name())
                        .subject(user)
                        .audience(custom().name())
                        .claim("client_id", "agent")
                        .claim("scope", "chat.read chat.history")
                        .jwtID("IDJAG." + UUID.randomUUID())
                        .issueTime(Date.from(now()))
                        .expirationTime(Date.from(now().plus(Duration.ofMinutes(4))));
        change.accept(claims);
        try {
            SignedJWT jwt =
                    new SignedJWT(
                            new JWSHeader.Builder(JWSAlgorithm.RS256)
                                    .keyID(key.kid())
                                    .type(new JOSEObjectType(type))
                                    .build(),
                            claims.build());
            jwt.sign(new RSASSASigner(key.privateKey()));
            return jwt.serialize();
        } catch (com.nimbusds.jose.JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private String good(Consumer<JWTClaimsSet.Builder> change) {
        return assertion(own(org), "oauth-id-jag+jwt", change);
    }

    private void refused(String code, String assertion) {
        refused(code, asked(custom(), "agent", Map.of("assertion", assertion)));
    }

    private void refused(String code, TokenRequest asked) {
        assertThatExceptionOfType(OAuthException.class)
                .isThrownBy(() -> grant.check(asked))
                .satisfies(thrown -> assertThat(thrown.code()).isEqualTo(code));
    }

    @Test
    @DisplayName("an assertion of the org's own server entitles to its scopes, for its user, once")
    void once() throws Exception {
        Entitlement entitlement = check(good(claims -> {}));
        assertThat(entitlement.subject().orElseThrow().id()).isEqualTo(user);
        assertThat(entitlement.scopes()).containsExactly("chat.read", "chat.history");
        List<Boolean> won =
                AtOnce.call(
                        Collections.nCopies(
                                20,
                                () ->
                                        directory
                                                .database()
                                                .write(
                                                        org.number(),
                                                        tx ->
                                                                entitlement
                                                                        .commit()
                                                                        .write(
                                                                                tx,
                                                                                new Given(
                                                                                        Optional
                                                                                                .empty(),
                                                                                        "AT.x")))
                                                .isEmpty()));
        assertThat(won).containsOnlyOnce(true);
    }

    @Test
    @DisplayName("P22 no other token of the same issuer, and no client's own word, is taken")
    void kinds() {
        refused("jwt_bearer_grant_invalid_issuer", assertion(own(org), "JWT", claims -> {}));
        refused("jwt_bearer_grant_invalid_issuer", assertion(own(org), "at+jwt", claims -> {}));
        refused("id_jag_untrusted_issuer", good(claims -> claims.issuer("agent")));
        refused("invalid_grant", "nonsense");
        refused("invalid_grant", "x".repeat(20_000));
    }

    @Test
    @DisplayName("signed by another org, or by a server that is not trusted: nothing")
    void issuers() {
        refused("id_jag_untrusted_issuer", assertion(own(other), "oauth-id-jag+jwt", claims -> {}));
        refused(
                "id_jag_invalid_signature",
                assertion(
                        own(other), "oauth-id-jag+jwt", claims -> claims.issuer(own(org).name())));
        refused("id_jag_untrusted_issuer", assertion(custom(), "oauth-id-jag+jwt", claims -> {}));
        refused(
                "id_jag_untrusted_issuer",
                asked(own(org), "agent", Map.of("assertion", good(claims -> {}))));
    }

    @Test
    @DisplayName("meant for another client, another server, another time, or nobody: nothing")
    void meant() {
        refused(
                "id_jag_client_mismatch",
                asked(custom(), "another", Map.of("assertion", good(claims -> {}))));
        refused(
                "jwt_bearer_grant_invalid_audience",
                good(claims -> claims.audience(own(org).name())));
        refused(
                "id_jag_issued_in_future",
                good(
                        claims ->
                                claims.issueTime(Date.from(now().plusSeconds(120)))
                                        .expirationTime(Date.from(now().plusSeconds(300)))));
        refused(
                "id_jag_expired",
                good(
                        claims ->
                                claims.issueTime(Date.from(now().minusSeconds(300)))
                                        .expirationTime(Date.from(now().minusSeconds(10)))));
        refused(
                "id_jag_lifetime_too_long",
                good(claims -> claims.expirationTime(Date.from(now().plusSeconds(400)))));
        refused("id_jag_lacking_scopes", good(claims -> claims.claim("scope", "")));
        refused("id_jag_invalid_subject", good(claims -> claims.subject("00unobody00000000000")));
        refused(
                "id_jag_scopes_in_request",
                asked(
                        custom(),
                        "agent",
                        Map.of("assertion", good(claims -> {}), "scope", "chat.read")));
        refused("missing_token_request_parameter", asked(custom(), "agent", Map.of("a", "b")));
    }

    @Test
    @DisplayName("SAML assertions are refused in the words of the documentation")
    void saml() {
        SamlBearerGrant saml = new SamlBearerGrant(OAuthErrors.load());
        assertThatExceptionOfType(OAuthException.class)
                .isThrownBy(
                        () -> saml.check(asked(custom(), "agent", Map.of("assertion", "PHNhbWw+"))))
                .satisfies(
                        thrown ->
                                assertThat(thrown.code()).isEqualTo("unsupported_saml_assertion"));
    }
}
