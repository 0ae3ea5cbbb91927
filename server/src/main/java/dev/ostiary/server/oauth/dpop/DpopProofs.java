package dev.ostiary.server.oauth.dpop;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.ostiary.platform.http.Header;
import dev.ostiary.platform.http.Request;
import dev.ostiary.server.oauth.clients.OAuthClient;
import dev.ostiary.server.oauth.clients.UsedOnce;
import dev.ostiary.server.oauth.problem.OAuthErrors;
import dev.ostiary.server.oauth.problem.OAuthException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Proofs that a client holds the key to which its tokens are bound (RFC 9449). Each is good once,
 * for five minutes, for one URL; where a token is asked for it carries a nonce that this
 * installation has made, and where one is shown, the token's hash. Thread-safe.
 */
public final class DpopProofs {

    private static final String HEADER = "DPoP";

    private static final int LONGEST = 8_192;
    private static final Duration OLDEST = Duration.ofMinutes(5);
    private static final Duration SKEW = Duration.ofMinutes(1);
    private static final String NONCE_NEEDED = "use_dpop_nonce";

    private static final Set<JWSAlgorithm> ALGORITHMS =
            Set.of(
                    JWSAlgorithm.RS256,
                    JWSAlgorithm.RS384,
                    JWSAlgorithm.RS512,
                    JWSAlgorithm.ES256,
                    JWSAlgorithm.ES384,
                    JWSAlgorithm.ES512);

    private final DpopNonces nonces;
    private final OAuthErrors errors;

    /** Proofs with these nonces. */
    public DpopProofs(DpopNonces nonces, OAuthErrors errors) {
        this.nonces = nonces;
        this.errors = errors;
    }

    /**
     * A proof that holds.
     *
     * @param thumbprint of the key (RFC 7638)
     * @param once what has to be remembered, so that nobody uses it again
     */
    public record Proof(String thumbprint, UsedOnce once) {}

    /**
     * The proof of a request for tokens, if it has one.
     *
     * @throws OAuthException {@code invalid_dpop_proof} for one that does not hold, or none where
     *     the client's tokens are bound; {@code use_dpop_nonce} for one without a nonce of ours
     */
    public Optional<Proof> require(Request request, OAuthClient client, String url, Instant now) {
        List<String> shown = request.values(HEADER);
        if (shown.isEmpty()) {
            if (client.dpopRequired()) {
                throw errors.of("invalid_dpop_proof_missing_header");
            }
            return Optional.empty();
        }
        Proven proven = verify(only(shown), request.operation().verb().name(), url, now);
        if (!(proven.claims().getClaim("nonce") instanceof String nonce)
                || !nonces.isOurs(nonce, now)) {
            throw errors.of(NONCE_NEEDED);
        }
        return Optional.of(proof(proven, now));
    }

    /**
     * The proof of a request that shows a token.
     *
     * @param shown the headers, of which there has to be one
     * @param token the access token
     * @param thumbprint of the key that the token is bound to
     * @throws OAuthException {@code invalid_dpop_proof} for one that does not hold
     */
    public Proof ofToken(
            List<String> shown,
            String method,
            String url,
            String token,
            String thumbprint,
            Instant now) {
        if (shown.isEmpty()) {
            throw errors.of("dpop_proof_required_for_token");
        }
        Proven proven = verify(only(shown), method, url, now);
        Proof proof = proof(proven, now);
        if (!proof.thumbprint().equals(thumbprint)) {
            throw errors.of("invalid_access_token_dpop_binding");
        }
        if (!hash(token).equals(proven.claims().getClaim("ath"))) {
            throw errors.of("dpop_proof_invalid_ath");
        }
        return proof;
    }

    /** Of two, which one counts would be anybody's guess (RFC 9449, 4.3). */
    private String only(List<String> shown) {
        if (shown.size() > 1) {
            throw errors.of("invalid_dpop_proof_multiple_headers_not_allowed");
        }
        return shown.getFirst();
    }

    private static String hash(String token) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(token.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** What goes with a refusal: a nonce, where one is asked for (RFC 9449, 8). */
    public List<Header> headers(OAuthException refused, Instant now) {
        return refused.code().equals(NONCE_NEEDED)
                ? List.of(new Header("DPoP-Nonce", nonces.next(now)))
                : List.of();
    }

    /** A proof that was signed by the key that it names, for this request, a moment ago. */
    private record Proven(JWK key, JWTClaimsSet claims) {}

    private Proven verify(String text, String method, String url, Instant now) {
        SignedJWT jwt = parse(text);
        JWK key = key(jwt);
        if (!holds(jwt, key)) {
            throw errors.of("invalid_dpop_proof_invalid_signature");
        }
        JWTClaimsSet claims = claims(jwt);
        // clients whose HTTP library spells methods for them write them in lower case
        if (!method.equalsIgnoreCase(String.valueOf(claims.getClaim("htm")))) {
            throw errors.of("invalid_dpop_proof_invalid_htm");
        }
        if (!DpopUrl.names(String.valueOf(claims.getClaim("htu")), url)) {
            throw errors.of("invalid_dpop_proof_invalid_htu");
        }
        time(claims, now);
        return new Proven(key, claims);
    }

    private Proof proof(Proven proven, Instant now) {
        String jti = proven.claims().getJWTID();
        if (jti == null || jti.isEmpty()) {
            throw errors.of("invalid_dpop_proof_invalid_jti");
        }
        String thumbprint = thumbprint(proven.key());
        return new Proof(
                thumbprint, UsedOnce.of("dpopProof", thumbprint, jti, now.plus(OLDEST).plus(SKEW)));
    }

    private SignedJWT parse(String text) {
        if (text.length() > LONGEST) {
            throw errors.of("invalid_dpop_proof_invalid_jwt");
        }
        try {
            SignedJWT jwt = SignedJWT.parse(text);
            if (!new JOSEObjectType("dpop+jwt").equals(jwt.getHeader().getType())) {
                throw errors.of("invalid_dpop_proof_invalid_type");
            }
            if (!ALGORITHMS.contains(jwt.getHeader().getAlgorithm())) {
                throw errors.of("invalid_dpop_proof_invalid_signature_algorithm");
            }
            return jwt;
        } catch (ParseException e) {
            throw errors.of("invalid_dpop_proof_invalid_jwt");
        }
    }

    private JWK key(SignedJWT jwt) {
        JWK key = jwt.getHeader().getJWK();
        if (key == null || key.isPrivate()) {
            throw errors.of("invalid_dpop_proof");
        }
        return key;
    }

    private JWTClaimsSet claims(SignedJWT jwt) {
        try {
            return jwt.getJWTClaimsSet();
        } catch (ParseException e) {
            throw errors.of("invalid_dpop_proof_invalid_jwt");
        }
    }

    private static boolean holds(SignedJWT jwt, JWK key) {
        try {
            JWSVerifier verifier =
                    switch (key) {
                        case RSAKey rsa -> new RSASSAVerifier(rsa);
                        case ECKey ec -> new ECDSAVerifier(ec);
                        default -> null;
                    };
            return verifier != null
                    && verifier.supportedJWSAlgorithms().contains(jwt.getHeader().getAlgorithm())
                    && jwt.verify(verifier);
        } catch (JOSEException e) {
            return false;
        }
    }

    private void time(JWTClaimsSet claims, Instant now) {
        Date issued = claims.getIssueTime();
        if (issued == null) {
            throw errors.of("invalid_dpop_proof_invalid_iat");
        }
        if (issued.toInstant().isAfter(now.plus(SKEW))) {
            throw errors.of("invalid_dpop_proof_jwt_issued_in_future");
        }
        if (issued.toInstant().isBefore(now.minus(OLDEST))) {
            throw errors.of("invalid_dpop_proof_jwt_too_old");
        }
        Date expires = claims.getExpirationTime();
        if (expires != null && !expires.toInstant().isAfter(now)) {
            throw errors.of("invalid_dpop_proof_jwt_expired");
        }
    }

    private String thumbprint(JWK key) {
        try {
            return key.computeThumbprint().toString();
        } catch (JOSEException e) {
            throw errors.of("invalid_dpop_proof");
        }
    }
}
