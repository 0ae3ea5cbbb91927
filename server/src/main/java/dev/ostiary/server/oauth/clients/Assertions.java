package dev.ostiary.server.oauth.clients;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.ostiary.platform.org.Org;
import dev.ostiary.server.oauth.problem.OAuthErrors;
import dev.ostiary.server.oauth.problem.OAuthException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;

/**
 * Assertions by which clients prove themselves (RFC 7523, 3; OpenID Connect API, "Token claims for
 * client authentication"). The algorithm is checked against what the client is registered with
 * before any key is touched: {@code none}, and a public key used as a secret, are refused by the
 * list. Thread-safe.
 */
public final class Assertions {

    private static final int LONGEST = 16_384;
    private static final Duration LONGEST_LIFE = Duration.ofHours(1);
    private static final Duration SKEW = Duration.ofMinutes(5);
    private final ClientSignatures signatures;
    private final OAuthErrors errors;

    /** Assertions that are signed with these keys. */
    public Assertions(KeySets keySets, OAuthErrors errors) {
        this.signatures = new ClientSignatures(keySets);
        this.errors = errors;
    }

    /** An assertion that was read, and is not yet believed. */
    record Unverified(SignedJWT jwt, JWTClaimsSet claims, String issuer) {}

    /**
     * Reads an assertion.
     *
     * @throws OAuthException {@code invalid_client} for what is no signed JWT with an issuer
     */
    Unverified parse(String text) {
        if (text.length() > LONGEST) {
            throw errors.of("client_assertion_invalid_jwt");
        }
        try {
            SignedJWT jwt = SignedJWT.parse(text);
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            String issuer = claims.getIssuer();
            if (issuer == null) {
                throw errors.of("client_assertion_invalid_issuer");
            }
            return new Unverified(jwt, claims, issuer);
        } catch (ParseException e) {
            throw errors.of("client_assertion_invalid_jwt");
        }
    }

    /**
     * Believes an assertion, or not.
     *
     * @param secrets those of the client, where it signs with one
     * @return what has to be remembered, so that nobody uses it again
     * @throws OAuthException {@code invalid_client}
     */
    Optional<UsedOnce> verify(
            Org org,
            Unverified assertion,
            OAuthClient client,
            List<String> secrets,
            List<String> audiences,
            Instant now) {
        signature(org, assertion.jwt(), client, secrets);
        JWTClaimsSet claims = assertion.claims();
        if (!client.id().equals(claims.getSubject())) {
            throw errors.of("client_assertion_invalid_subject");
        }
        if (claims.getAudience().stream().noneMatch(audiences::contains)) {
            throw errors.of("client_assertion_invalid_audience");
        }
        Instant expires = expiry(claims, now);
        String jti = claims.getJWTID();
        return jti == null
                ? Optional.empty()
                : Optional.of(UsedOnce.of("clientAssertion", client.id(), jti, expires.plus(SKEW)));
    }

    private Instant expiry(JWTClaimsSet claims, Instant now) {
        Date expiration = claims.getExpirationTime();
        if (expiration == null) {
            throw errors.of("client_assertion_expiration_required");
        }
        Instant expires = expiration.toInstant();
        if (!expires.isAfter(now)) {
            throw errors.of("client_assertion_expired_token");
        }
        if (expires.isAfter(now.plus(LONGEST_LIFE).plus(SKEW))) {
            throw errors.of("client_assertion_expires_too_far_in_future");
        }
        Date issued = claims.getIssueTime();
        if (issued != null && issued.toInstant().isAfter(now.plus(SKEW))) {
            throw errors.of("client_assertion_issued_at_in_future");
        }
        return expires;
    }

    private void signature(Org org, SignedJWT jwt, OAuthClient client, List<String> secrets) {
        JWSAlgorithm algorithm = jwt.getHeader().getAlgorithm();
        boolean bySecret = client.authMethod().equals("client_secret_jwt");
        if (!(bySecret ? Signatures.WITH_SECRET : Signatures.WITH_KEY).contains(algorithm)) {
            throw errors.of("client_assertion_invalid_signature_algorithm");
        }
        boolean good =
                bySecret
                        ? secrets.stream().anyMatch(secret -> byMac(jwt, secret))
                        : byKey(org, client, jwt);
        if (!good) {
            throw errors.of("client_assertion_invalid_signature");
        }
    }

    private boolean byMac(SignedJWT jwt, String secret) {
        if (Signatures.isTooShort(secret)) {
            throw errors.of("client_assertion_invalid_secret_length");
        }
        return Signatures.bySecret(jwt, secret);
    }

    private boolean byKey(Org org, OAuthClient client, SignedJWT jwt) {
        return switch (signatures.of(org, client, jwt)) {
            case GOOD -> true;
            case BAD -> false;
            case NO_SUCH_KEY -> throw errors.of("client_assertion_invalid_kid");
        };
    }
}
