package dev.ostiary.server.oauth.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.ostiary.platform.access.Authentication;
import dev.ostiary.platform.access.Caller;
import dev.ostiary.platform.access.Challenge;
import dev.ostiary.platform.access.Challenge.Scheme;
import dev.ostiary.platform.access.Credentials;
import dev.ostiary.platform.access.Presentation;
import dev.ostiary.platform.access.Scopes.Reach;
import dev.ostiary.platform.context.IpAddress;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.org.OrgClock;
import dev.ostiary.platform.secret.KeyRing;
import dev.ostiary.platform.secret.MasterKey;
import dev.ostiary.platform.secret.Sealed;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.server.fixture.AtOnce;
import dev.ostiary.server.fixture.Ground;
import dev.ostiary.server.oauth.dpop.DpopNonces;
import dev.ostiary.server.oauth.dpop.DpopProofs;
import dev.ostiary.server.oauth.issued.AccessTokenStore;
import dev.ostiary.server.oauth.issued.Authorization;
import dev.ostiary.server.oauth.keys.KeyOwner;
import dev.ostiary.server.oauth.keys.KeySchedule;
import dev.ostiary.server.oauth.keys.SigningKeys;
import dev.ostiary.server.oauth.problem.OAuthErrors;
import dev.ostiary.server.oauth.servers.Lifetimes;
import dev.ostiary.server.oauth.tokens.RevokedTokenStore;
import dev.ostiary.server.oauth.tokens.TokenReader;
import dev.ostiary.server.oauth.tokens.TokenSigner;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.node.ObjectNode;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("P21 callers by access token")
class AccessTokenCallersTest {

    private static final IpAddress HERE = IpAddress.of(InetAddress.getLoopbackAddress());
    private static final String BASE = "https://acme.test";
    private static final String PATH = "/api/v1/users";
    private static final String CLIENT = "0oa00000000000client";
    private static final String USER = "00u000000000000user1";

    private final Ground ground;
    private final SigningKeys keys;
    private final TokenSigner signer = new TokenSigner(Optional::empty);
    private final AccessTokenCallers callers;

    AccessTokenCallersTest(DatabaseAccess access) {
        ground = new Ground(access);
        SecureRandom random = new SecureRandom();
        Sealed sealed = new Sealed(KeyRing.of(MasterKey.generate(random)), random);
        keys = new SigningKeys(ground.database, sealed, EventCatalogue.load());
        OAuthErrors errors = OAuthErrors.load();
        callers =
                new AccessTokenCallers(
                        ground.database,
                        new OrgClock(ground.clock),
                        new TokenReader(keys),
                        new DpopProofs(new DpopNonces(sealed), errors),
                        errors);
        run(
                "INSERT INTO app (org_id, id, name, custom, label, label_folded, status,"
                        + " sign_on_mode, client_id, body, created, last_updated) VALUES (?, ?,"
                        + " 'oidc_client', false, 'Robot', 'robot', 'ACTIVE', 'OPENID_CONNECT', ?,"
                        + " '{}', ?, ?)",
                ground.acme.number(),
                CLIENT,
                CLIENT,
                ground.clock.instant(),
                ground.clock.instant());
        run(
                "INSERT INTO users (org_id, id, version, status, created, last_updated, profile,"
                        + " login_key, provider_type, provider_name, password_hook) VALUES (?, ?, 1,"
                        + " 'ACTIVE', ?, ?, '{\"login\": \"ada@acme.test\", \"firstName\": \"Ada\","
                        + " \"lastName\": \"Lovelace\"}', 'ada@acme.test', 'OKTA', 'OKTA', false)",
                ground.acme.number(),
                USER,
                ground.clock.instant(),
                ground.clock.instant());
    }

    @BeforeEach
    void everybodyIsActive() {
        run("UPDATE app SET status = 'ACTIVE' WHERE org_id = ?", ground.acme.number());
        run("UPDATE users SET status = 'ACTIVE' WHERE org_id = ?", ground.acme.number());
        run("DELETE FROM admin_role WHERE org_id = ?", ground.acme.number());
    }

    @AfterAll
    void close() {
        ground.close();
    }

    @Test
    @DisplayName("a client that acts for itself reaches what its scopes name")
    void client() {
        Caller.Bearer caller = proven(token(claims -> {}));

        assertThat(caller.clientId()).isEqualTo(CLIENT);
        assertThat(caller.clientName()).isEqualTo("Robot");
        assertThat(caller.user()).isEmpty();
        assertThat(caller.actorId()).contains(CLIENT);
        assertThat(caller.permissions().superAdmin()).isTrue();
        assertThat(caller.scopes().reach(Set.of("okta.users.read"))).isEqualTo(Reach.EVERYWHERE);
        assertThat(caller.scopes().reach(Set.of("okta.users.manage"))).isEqualTo(Reach.NOWHERE);
        assertThat(caller.scopes().reach(Set.of())).isEqualTo(Reach.NOWHERE);
    }

    @Test
    @DisplayName("one that acts for a user has the user's roles at the moment of asking")
    void user() {
        String token =
                token(
                        claims ->
                                claims.put("uid", USER)
                                        .put("sub", "ada@acme.test")
                                        .put("jti", "AT.of-ada"));
        refused(token, "invalid_token", "The access token has been revoked.");
        remember("AT.of-ada");

        assertThat(proven(token).permissions().superAdmin()).isFalse();
        assertThat(proven(token).principal())
                .contains(new Caller.Principal(USER, "ada@acme.test", "Ada Lovelace"));
        run(
                "INSERT INTO admin_role (org_id, user_id, role) VALUES (?, ?, 'SUPER_ADMIN')",
                ground.acme.number(),
                USER);
        assertThat(proven(token).permissions().superAdmin()).isTrue();

        for (String status : List.of("SUSPENDED", "DEPROVISIONED")) {
            run("UPDATE users SET status = ? WHERE org_id = ?", status, ground.acme.number());
            refused(token, "invalid_token", "The access token is invalid.");
        }
    }

    private void remember(String jti) {
        Instant now = ground.clock.instant();
        ground.database.write(
                ground.acme.number(),
                tx -> {
                    new AccessTokenStore()
                            .insert(
                                    tx,
                                    jti,
                                    new Authorization(
                                            CLIENT,
                                            ground.acme.id(),
                                            USER,
                                            List.of(),
                                            now,
                                            List.of(),
                                            Lifetimes.OF_ORG),
                                    now.plusSeconds(60),
                                    now);
                    return jti;
                });
    }

    @Test
    @DisplayName("it is dead once it has expired, was revoked, or its client is inactive")
    void dead() {
        String token = token(claims -> {});
        run("UPDATE app SET status = 'INACTIVE' WHERE org_id = ?", ground.acme.number());
        refused(token, "invalid_token", "The access token is invalid.");
        run("UPDATE app SET status = 'ACTIVE' WHERE org_id = ?", ground.acme.number());
        proven(token);

        refused(
                token(claims -> claims.put("exp", ground.clock.instant().getEpochSecond())),
                "invalid_token",
                "The token has expired.");

        String revoked = token(claims -> claims.put("jti", "AT.revoked"));
        proven(revoked);
        ground.database.write(
                ground.acme.number(),
                tx ->
                        new RevokedTokenStore()
                                .revoke(
                                        tx,
                                        "AT.revoked",
                                        ground.clock.instant().plusSeconds(3600),
                                        ground.clock.instant()));
        refused(revoked, "invalid_token", "The access token has been revoked.");
    }

    @Test
    @DisplayName("P22 P40 nothing else is an access token of the org")
    void others() {
        String invalid = "The access token is invalid.";
        refused(token(claims -> claims.put("jti", "ID.token")), "invalid_token", invalid);
        refused(token(claims -> claims.put("aud", CLIENT)), "invalid_token", invalid);
        refused(token(claims -> claims.put("iss", "https://other.test")), "invalid_token", invalid);
        refused(token(claims -> claims.put("cid", "nobody")), "invalid_token", invalid);
        refused(token(claims -> claims.remove("cid")), "invalid_token", invalid);
        refused(signed(ground.other, claims(ground.other)), "invalid_token", invalid);
        refused(signed(ground.other, claims(ground.acme)), "invalid_token", invalid);
        for (String text : List.of("", "nonsense", "a.b.c", "x".repeat(100_000))) {
            refused(text, "invalid_token", invalid);
        }
        String good = token(claims -> {});
        refused(good.substring(0, good.lastIndexOf('.') + 1), "invalid_token", invalid);
    }

    @Test
    @DisplayName("one that is bound to a key needs a proof for this request, made for this token")
    void bound() throws Exception {
        ECKey key = new ECKeyGenerator(Curve.P_256).generate();
        String token = token(claims -> bind(claims, key));

        assertThat(proven(token, Scheme.DPOP, List.of(proof(key, token, claims -> {}))).clientId())
                .isEqualTo(CLIENT);
        assertThat(
                        refusal(
                                token(claims -> {}),
                                Scheme.DPOP,
                                List.of(proof(key, token, claims -> {}))))
                .isEqualTo(
                        new Challenge(
                                Scheme.BEARER,
                                "invalid_token",
                                "The presented access_token is not DPoP bound."));
        assertThat(refusal(token, Scheme.BEARER, List.of()))
                .isEqualTo(
                        new Challenge(
                                Scheme.DPOP,
                                "invalid_request",
                                "The resource request must use the DPoP authentication scheme when"
                                        + " using a DPoP bound token."));
        assertThat(refusal(token, Scheme.DPOP, List.of()).description())
                .isEqualTo("The resource request requires a DPoP proof.");
        String good = proof(key, token, claims -> {});
        assertThat(refusal(token, Scheme.DPOP, List.of(good, good)).description())
                .isEqualTo("Multiple DPoP proof JWT headers are not allowed.");
        badProof(token, proof(key, "other", c -> {}), "'ath' claim");
        badProof(token, proof(key, token, c -> c.claim("htm", "POST")), "'htm' claim");
        badProof(token, proof(key, token, c -> c.claim("htu", BASE + "/api/v1/groups")), "'htu'");
        badProof(token, proof(key, token, c -> c.jwtID(null)), "'jti' claim");
        badProof(
                token,
                proof(
                        key,
                        token,
                        c ->
                                c.issueTime(
                                        Date.from(
                                                ground.clock
                                                        .instant()
                                                        .minus(Duration.ofMinutes(6))))),
                "more than five minutes");
        ECKey other = new ECKeyGenerator(Curve.P_256).generate();
        badProof(token, proof(other, token, c -> {}), "not bound to the provided DPoP proof");
        badProof(token, "nonsense", "cannot be parsed");
        proven(token, Scheme.DPOP, List.of(good));
        badProof(token, good, "already been used");
    }

    @Test
    @DisplayName("a proof names the URL in any of its spellings, without the query")
    void spellings() throws Exception {
        ECKey key = new ECKeyGenerator(Curve.P_256).generate();
        String token = token(claims -> bind(claims, key));
        for (String htu :
                List.of(
                        BASE + "/api/v1/users/a%40acme.test",
                        BASE + "/api/v1/users/a@acme.test",
                        "HTTPS://ACME.TEST:443/api/v1/users/a@acme.test?limit=1#top")) {
            Presentation how =
                    new Presentation(
                            HERE,
                            BASE,
                            "GET",
                            "/api/v1/users/a%40acme.test",
                            List.of(proof(key, token, c -> c.claim("htu", htu))));
            assertThat(
                            callers.authenticate(
                                    ground.acme,
                                    new Credentials.AccessToken(Scheme.DPOP, token),
                                    how))
                    .as(htu)
                    .isInstanceOf(Authentication.Proven.class);
        }
    }

    @Test
    @DisplayName("P39 of ten who show the same proof at once, one is let in")
    void replayedAtOnce() throws Exception {
        ECKey key = new ECKeyGenerator(Curve.P_256).generate();
        String token = token(claims -> bind(claims, key));
        String proof = proof(key, token, claims -> {});
        List<Callable<Authentication>> all =
                IntStream.range(0, 10)
                        .<Callable<Authentication>>mapToObj(
                                i -> () -> show(token, Scheme.DPOP, List.of(proof)))
                        .toList();

        assertThat(AtOnce.call(all)).filteredOn(Authentication.Proven.class::isInstance).hasSize(1);
    }

    private void badProof(String token, String proof, String why) {
        Challenge refusal = refusal(token, Scheme.DPOP, List.of(proof));
        assertThat(refusal.scheme()).isEqualTo(Scheme.DPOP);
        assertThat(refusal.error()).isEqualTo("invalid_dpop_proof");
        assertThat(refusal.description()).contains(why);
    }

    private Caller.Bearer proven(String token) {
        return proven(token, Scheme.BEARER, List.of());
    }

    private Caller.Bearer proven(String token, Scheme scheme, List<String> proofs) {
        Authentication shown = show(token, scheme, proofs);
        assertThat(shown).isInstanceOf(Authentication.Proven.class);
        return (Caller.Bearer) ((Authentication.Proven) shown).caller();
    }

    private void refused(String token, String error, String description) {
        assertThat(refusal(token, Scheme.BEARER, List.of()))
                .isEqualTo(new Challenge(Scheme.BEARER, error, description));
    }

    private Challenge refusal(String token, Scheme scheme, List<String> proofs) {
        Authentication shown = show(token, scheme, proofs);
        assertThat(shown).isInstanceOf(Authentication.Refused.class);
        Authentication.Refused refused = (Authentication.Refused) shown;
        assertThat(refused.error().code()).isEqualTo("E0000011");
        return refused.challenge().orElseThrow();
    }

    private Authentication show(String token, Scheme scheme, List<String> proofs) {
        return callers.authenticate(
                ground.acme,
                new Credentials.AccessToken(scheme, token),
                new Presentation(HERE, BASE, "GET", PATH, proofs));
    }

    private String token(Consumer<ObjectNode> change) {
        ObjectNode claims = claims(ground.acme);
        change.accept(claims);
        return signed(ground.acme, claims);
    }

    private ObjectNode claims(Org org) {
        String issuer = "https://" + org.name() + ".test";
        long now = ground.clock.instant().getEpochSecond();
        ObjectNode claims =
                Json.object()
                        .put("ver", 1)
                        .put("jti", "AT." + UUID.randomUUID())
                        .put("iss", issuer)
                        .put("aud", issuer)
                        .put("iat", now)
                        .put("exp", now + 3600)
                        .put("cid", CLIENT)
                        .put("sub", CLIENT);
        claims.putArray("scp").add("okta.users.read");
        return claims;
    }

    private String signed(Org org, ObjectNode claims) {
        return signer.sign(
                keys.signer(
                        org,
                        KeyOwner.ofOrg(),
                        KeySchedule.from(org.created()),
                        ground.clock.instant()),
                claims);
    }

    private static void bind(ObjectNode claims, ECKey key) {
        try {
            claims.putObject("cnf").put("jkt", key.computeThumbprint().toString());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private String proof(ECKey key, String token, Consumer<JWTClaimsSet.Builder> change)
            throws Exception {
        JWTClaimsSet.Builder claims =
                new JWTClaimsSet.Builder()
                        .jwtID(UUID.randomUUID().toString())
                        .issueTime(Date.from(ground.clock.instant()))
                        .claim("htm", "GET")
                        .claim("htu", BASE + PATH)
                        .claim(
                                "ath",
                                Base64.getUrlEncoder()
                                        .withoutPadding()
                                        .encodeToString(
                                                MessageDigest.getInstance("SHA-256")
                                                        .digest(
                                                                token.getBytes(
                                                                        StandardCharsets
                                                                                .US_ASCII))));
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

    private void run(String sql, Object... values) {
        ground.database.write(ground.acme.number(), tx -> tx.run(Sql.of(sql, values)));
    }
}
