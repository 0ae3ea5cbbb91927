package dev.ostiary.server.oauth.dpop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.ostiary.platform.secret.KeyRing;
import dev.ostiary.platform.secret.MasterKey;
import dev.ostiary.platform.secret.Sealed;
import dev.ostiary.server.oauth.problem.OAuthErrors;
import dev.ostiary.server.oauth.problem.OAuthException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Proofs of possession, RFC 9449")
class DpopProofsTest {

    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final String URL = "https://acme.test/api/v1/users";
    private static final String TOKEN = "the.access.token";
    private static final JOSEObjectType TYPE = new JOSEObjectType("dpop+jwt");

    private final SecureRandom random = new SecureRandom();
    private final DpopNonces nonces = nonces();
    private final DpopProofs proofs = new DpopProofs(nonces, OAuthErrors.load());
    private final ECKey key = key();

    private DpopNonces nonces() {
        return new DpopNonces(new Sealed(KeyRing.of(MasterKey.generate(random)), random));
    }

    private static ECKey key() {
        try {
            return new ECKeyGenerator(Curve.P_256).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JWSHeader header(JOSEObjectType type, JWK named) {
        return new JWSHeader.Builder(JWSAlgorithm.ES256).type(type).jwk(named).build();
    }

    private static JWTClaimsSet.Builder claims() throws Exception {
        byte[] hash =
                MessageDigest.getInstance("SHA-256")
                        .digest(TOKEN.getBytes(StandardCharsets.US_ASCII));
        return new JWTClaimsSet.Builder()
                .jwtID(UUID.randomUUID().toString())
                .claim("htm", "GET")
                .claim("htu", URL)
                .claim("ath", Base64.getUrlEncoder().withoutPadding().encodeToString(hash))
                .issueTime(Date.from(NOW));
    }

    private String proof(Consumer<JWTClaimsSet.Builder> change) throws Exception {
        JWTClaimsSet.Builder claims = claims();
        change.accept(claims);
        return signed(header(TYPE, key.toPublicJWK()), claims.build(), key);
    }

    private static String signed(JWSHeader header, JWTClaimsSet claims, ECKey by) throws Exception {
        SignedJWT jwt = new SignedJWT(header, claims);
        jwt.sign(new ECDSASigner(by));
        return jwt.serialize();
    }

    private DpopProofs.Proof judge(String... shown) throws Exception {
        return proofs.ofToken(
                List.of(shown), "GET", URL, TOKEN, key.computeThumbprint().toString(), NOW);
    }

    private void refused(String code, String... shown) {
        assertThatThrownBy(() -> judge(shown))
                .isInstanceOfSatisfying(
                        OAuthException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    @DisplayName(
            "a proof of this key for this request and token holds, and is remembered by its id")
    void holds() throws Exception {
        String proof = proof(claims -> {});
        assertThat(judge(proof).thumbprint()).isEqualTo(key.computeThumbprint().toString());
        assertThat(judge(proof).once().hash()).isEqualTo(judge(proof).once().hash());
        assertThat(judge(proof(claims -> {})).once().hash())
                .isNotEqualTo(judge(proof).once().hash());
    }

    @Test
    @DisplayName("it is remembered for as long as anybody would take it, be its clock ahead or not")
    void remembered() throws Exception {
        Duration ahead = Duration.ofSeconds(60);
        DpopProofs.Proof proof =
                judge(proof(claims -> claims.issueTime(Date.from(NOW.plus(ahead)))));
        Instant lastGood = NOW.plus(ahead).plus(Duration.ofMinutes(5));
        assertThat(proof.once().expires()).isAfterOrEqualTo(lastGood);
    }

    @Test
    @DisplayName("who signs with another key than the token's, or names one and signs with another")
    void otherKeys() throws Exception {
        ECKey thief = key();
        refused(
                "invalid_access_token_dpop_binding",
                signed(header(TYPE, thief.toPublicJWK()), claims().build(), thief));
        refused(
                "invalid_dpop_proof_invalid_signature",
                signed(header(TYPE, key.toPublicJWK()), claims().build(), thief));
    }

    @Test
    @DisplayName(
            "a header without a key, with a private one, of another type, or signed by a secret")
    void headers() throws Exception {
        JWTClaimsSet claims = claims().build();
        refused(
                "invalid_dpop_proof",
                signed(new JWSHeader.Builder(JWSAlgorithm.ES256).type(TYPE).build(), claims, key));
        refused(
                "invalid_dpop_proof_invalid_type",
                signed(header(JOSEObjectType.JWT, key.toPublicJWK()), claims, key));
        SignedJWT mac =
                new SignedJWT(
                        new JWSHeader.Builder(JWSAlgorithm.HS256)
                                .type(TYPE)
                                .jwk(key.toPublicJWK())
                                .build(),
                        claims);
        mac.sign(new MACSigner(key.toPublicJWK().toJSONString()));
        refused("invalid_dpop_proof_invalid_signature_algorithm", mac.serialize());
        refused("invalid_dpop_proof_invalid_jwt", withPrivateKey(proof(each -> {})));
    }

    /** A library that parses headers refuses a private key before this code sees it. */
    private String withPrivateKey(String proof) {
        String[] parts = proof.split("\\.");
        String header =
                "{\"typ\":\"dpop+jwt\",\"alg\":\"ES256\",\"jwk\":" + key.toJSONString() + "}";
        return base64(header) + "." + parts[1] + "." + parts[2];
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    @DisplayName("texts that are no proof: none, unsigned, huge, and two at once")
    void noProofs() throws Exception {
        refused("dpop_proof_required_for_token");
        refused("invalid_dpop_proof_multiple_headers_not_allowed", "a", "a");
        refused("invalid_dpop_proof_invalid_jwt", "a.b.c");
        refused("invalid_dpop_proof_invalid_jwt", "x".repeat(9_000));
        String[] parts = proof(claims -> {}).split("\\.");
        String none = base64("{\"typ\":\"dpop+jwt\",\"alg\":\"none\"}");
        refused("invalid_dpop_proof_invalid_jwt", none + "." + parts[1] + ".");
    }

    @Test
    @DisplayName("a proof for another method, another URL or another token")
    void otherRequests() throws Exception {
        refused("invalid_dpop_proof_invalid_htm", proof(c -> c.claim("htm", "POST")));
        refused("invalid_dpop_proof_invalid_htm", proof(c -> c.claim("htm", null)));
        refused("invalid_dpop_proof_invalid_htu", proof(c -> c.claim("htu", URL + "/1")));
        refused("invalid_dpop_proof_invalid_htu", proof(c -> c.claim("htu", null)));
        refused("dpop_proof_invalid_ath", proof(c -> c.claim("ath", null)));
        refused("dpop_proof_invalid_ath", proof(c -> c.claim("ath", "other")));
        refused("invalid_dpop_proof_invalid_jti", proof(c -> c.jwtID("")));
    }

    @ParameterizedTest(name = "{0} s from now: {1}")
    @CsvSource({
        "-300, ''",
        "-301, invalid_dpop_proof_jwt_too_old",
        "60, ''",
        "61, invalid_dpop_proof_jwt_issued_in_future",
    })
    @DisplayName("five minutes old at most, and a minute ahead")
    void times(int seconds, String refusal) throws Exception {
        String proof = proof(c -> c.issueTime(Date.from(NOW.plusSeconds(seconds))));
        if (refusal.isEmpty()) {
            judge(proof);
        } else {
            refused(refusal, proof);
        }
    }

    @Test
    @DisplayName("one without a moment, and one that says itself that it is over")
    void moments() throws Exception {
        refused("invalid_dpop_proof_invalid_iat", proof(c -> c.issueTime(null)));
        refused("invalid_dpop_proof_jwt_expired", proof(c -> c.expirationTime(Date.from(NOW))));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "https://acme.test/api/v1/users, true",
        "HTTPS://ACME.test:443/api/v1/users, true",
        "https://acme.test/api/v1/users?limit=1#top, true",
        "https://acme.test/api/v1/./x/../users, true",
        "https://acme.test/api/v1/%75sers, true",
        "http://acme.test/api/v1/users, false",
        "https://acme.test:8443/api/v1/users, false",
        "https://acme.test.evil.example/api/v1/users, false",
        "https://acme.test/api/v1/users/, false",
        "https://acme.test/api/v1/Users, false",
        "/api/v1/users, false",
        "https://acme.test/api/v1/ users, false",
    })
    @DisplayName("URLs are compared as the RFC has it: without query, after normalization")
    void urls(String said, boolean same) {
        assertThat(DpopUrl.names(said, URL)).isEqualTo(same);
    }

    @Test
    @DisplayName("a nonce is ours for three days; one of another installation, or cut, never is")
    void nonceTexts() {
        String nonce = nonces.next(NOW);
        assertThat(nonces.isOurs(nonce, NOW.plus(Duration.ofDays(3)).minusSeconds(1))).isTrue();
        assertThat(nonces.isOurs(nonce, NOW.plus(Duration.ofDays(3)))).isFalse();
        assertThat(nonces().isOurs(nonce, NOW)).isFalse();
        assertThat(nonces.isOurs(nonce.substring(1), NOW)).isFalse();
        assertThat(nonces.isOurs("", NOW)).isFalse();
        assertThat(nonces.isOurs("A".repeat(100_000), NOW)).isFalse();
        assertThat(nonces.next(NOW)).isNotEqualTo(nonce);
    }
}
