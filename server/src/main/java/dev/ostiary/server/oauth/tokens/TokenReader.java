package dev.ostiary.server.oauth.tokens;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.ostiary.platform.json.Json;
import dev.ostiary.server.oauth.keys.SigningKey;
import dev.ostiary.server.oauth.keys.SigningKeys;
import java.text.ParseException;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads tokens that this server has signed. Only RS256 is read, and only under a key that the
 * issuer publishes: a token says which key, never which algorithm counts. Thread-safe.
 */
public final class TokenReader {

    private static final int LONGEST = 65_536;

    private final SigningKeys keys;

    /** Tokens signed with these keys. */
    public TokenReader(SigningKeys keys) {
        this.keys = keys;
    }

    /**
     * A token whose signature holds.
     *
     * @param jti what it is revoked by
     */
    public record Read(String jti, Instant expires, ObjectNode claims) {

        /** Whether it can still be used, unless somebody revoked it. */
        public boolean isCurrent(Instant now) {
            return expires.isAfter(now);
        }

        /** Access tokens begin so (OpenID Connect API, "Access token"). */
        public boolean isAccessToken() {
            return jti.startsWith("AT.");
        }

        /** The text of a claim. */
        public Optional<String> text(String name) {
            return Optional.ofNullable(claims.path(name).stringValue(null));
        }
    }

    /** The token; nothing for what this issuer has not signed, or has signed with a key of old. */
    public Optional<Read> read(Issuer issuer, String text, Instant now) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            SignedJWT jwt = SignedJWT.parse(text);
            if (!JWSAlgorithm.RS256.equals(jwt.getHeader().getAlgorithm())) {
                return Optional.empty();
            }
            Optional<SigningKey> key =
                    keys.published(issuer.org(), issuer.keyOwner(), issuer.schedule(), now).stream()
                            .filter(each -> each.kid().equals(jwt.getHeader().getKeyID()))
                            .findFirst();
            return key.isPresent() && jwt.verify(new RSASSAVerifier(key.get().publicKey()))
                    ? read(issuer, jwt)
                    : Optional.empty();
        } catch (ParseException | JOSEException e) {
            return Optional.empty();
        }
    }

    private static Optional<Read> read(Issuer issuer, SignedJWT jwt) throws ParseException {
        JWTClaimsSet claims = jwt.getJWTClaimsSet();
        if (claims.getJWTID() == null
                || claims.getExpirationTime() == null
                || !issuer.name().equals(claims.getIssuer())) {
            return Optional.empty();
        }
        return Optional.of(
                new Read(
                        claims.getJWTID(),
                        claims.getExpirationTime().toInstant(),
                        Json.object(jwt.getPayload().toString())));
    }
}
