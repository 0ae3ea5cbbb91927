package dev.ostiary.server.oauth.clients;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.oauth.problem.OAuthErrors;
import dev.ostiary.server.oauth.problem.OAuthException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;

/**
 * Requests that clients have signed (RFC 9101; OpenID Connect API, {@code request}): by their
 * secret where they have one, or by a key that they have published. The algorithm is checked before
 * any key is touched. Thread-safe.
 */
public final class RequestObjects {

    private static final int LONGEST = 16_384;
    private static final Duration LONGEST_LIFE = Duration.ofHours(1);

    /** One that never expires is used up for as long as this. */
    private static final Duration REMEMBERED = Duration.ofDays(30);

    private static final Duration SKEW = Duration.ofMinutes(5);

    private final Database database;
    private final ClientRegistry registry;
    private final ClientSignatures signatures;
    private final UsedOnceStore usedOnce = new UsedOnceStore();
    private final OAuthErrors errors;

    /** Requests of these clients. */
    public RequestObjects(
            Database database, ClientRegistry registry, KeySets keySets, OAuthErrors errors) {
        this.database = database;
        this.registry = registry;
        this.signatures = new ClientSignatures(keySets);
        this.errors = errors;
    }

    /**
     * What a request says. One that says which it is ({@code jti}) is used up by that.
     *
     * @param issuer the name of the server that it has to be meant for
     * @throws OAuthException {@code invalid_request_object}
     */
    public JWTClaimsSet read(Org org, OAuthClient client, String text, String issuer, Instant now) {
        return read(org, client, client.requestAlgorithm(), text, issuer, now);
    }

    /**
     * The same of a request on the backchannel, which has an algorithm of its own (OpenID Connect
     * CIBA Core 1.0, 7.1.1).
     *
     * @throws OAuthException {@code invalid_request_object}, or {@code invalid_client} where the
     *     client has not said that it signs such requests
     */
    public JWTClaimsSet ofBackchannel(
            Org org, OAuthClient client, String text, String issuer, Instant now) {
        if (client.backchannelAlgorithm().isEmpty()) {
            throw errors.of("ciba_request_signed_algo_not_configured");
        }
        return read(org, client, client.backchannelAlgorithm(), text, issuer, now);
    }

    private JWTClaimsSet read(
            Org org,
            OAuthClient client,
            Optional<String> wanted,
            String text,
            String issuer,
            Instant now) {
        if (text.length() > LONGEST) {
            throw errors.of("request_object_invalid");
        }
        SignedJWT jwt;
        JWTClaimsSet claims;
        try {
            jwt = SignedJWT.parse(text);
            claims = jwt.getJWTClaimsSet();
        } catch (ParseException e) {
            throw errors.of("request_object_invalid");
        }
        signature(org, jwt, client, wanted);
        if (!client.id().equals(claims.getIssuer())) {
            throw errors.of("request_object_invalid_issuer");
        }
        if (!claims.getAudience().contains(issuer)) {
            throw errors.of("request_object_audience_mismatch");
        }
        Instant forgotten = time(claims, now).plus(SKEW);
        String jti = claims.getJWTID();
        if (jti != null) {
            UsedOnce once = UsedOnce.of("requestObject", client.id(), jti, forgotten);
            if (!database.write(org.number(), tx -> usedOnce.use(tx, once, now))) {
                throw errors.of("request_object_already_used");
            }
        }
        return claims;
    }

    /** Judges the times; says when nobody would take it any more. */
    private Instant time(JWTClaimsSet claims, Instant now) {
        Date issued = claims.getIssueTime();
        if (issued != null && issued.toInstant().isAfter(now.plus(SKEW))) {
            throw errors.of("request_object_issued_in_future");
        }
        Date from = claims.getNotBeforeTime();
        if (from != null && from.toInstant().isAfter(now.plus(SKEW))) {
            throw errors.of("request_object_before_nbf");
        }
        Date expiration = claims.getExpirationTime();
        if (expiration == null) {
            return now.plus(REMEMBERED);
        }
        Instant expires = expiration.toInstant();
        if (!expires.isAfter(now)) {
            throw errors.of("request_object_jwt_expired");
        }
        if (expires.isAfter(now.plus(LONGEST_LIFE).plus(SKEW))) {
            throw errors.of("request_object_jwt_expiration_too_long");
        }
        return expires;
    }

    private void signature(Org org, SignedJWT jwt, OAuthClient client, Optional<String> wanted) {
        JWSAlgorithm algorithm = jwt.getHeader().getAlgorithm();
        boolean bySecret = Signatures.WITH_SECRET.contains(algorithm);
        if (!bySecret && !Signatures.WITH_KEY.contains(algorithm)) {
            throw errors.of("request_object_invalid_signature_algorithm");
        }
        if (wanted.filter(each -> !each.equals(algorithm.getName())).isPresent()) {
            throw errors.of("request_object_header_algo_mismatch");
        }
        boolean good = bySecret ? bySecret(org, jwt, client) : byKey(org, jwt, client);
        if (!good) {
            throw errors.of("request_object_bad_signature");
        }
    }

    private boolean bySecret(Org org, SignedJWT jwt, OAuthClient client) {
        List<String> secrets =
                client.authMethod().startsWith("client_secret_")
                        ? database.read(org.number(), reader -> registry.secrets(reader, client))
                        : List.of();
        if (secrets.isEmpty()) {
            throw errors.of("request_object_no_client_secret");
        }
        if (secrets.stream().allMatch(Signatures::isTooShort)) {
            throw errors.of("request_object_invalid_secret_length");
        }
        return secrets.stream()
                .filter(secret -> !Signatures.isTooShort(secret))
                .anyMatch(secret -> Signatures.bySecret(jwt, secret));
    }

    private boolean byKey(Org org, SignedJWT jwt, OAuthClient client) {
        if (client.jwksUri().isEmpty() && !client.jwks().contains("\"kty\"")) {
            throw errors.of("request_object_jwks_not_configured");
        }
        return switch (signatures.of(org, client, jwt)) {
            case GOOD -> true;
            case BAD -> false;
            case NO_SUCH_KEY -> throw errors.of("request_object_invalid_kid");
        };
    }
}
