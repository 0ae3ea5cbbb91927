package dev.ostiary.server.oauth.tokens;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.secret.TokenHash;
import dev.ostiary.server.oauth.keys.SigningKey;
import dev.ostiary.server.oauth.keys.SigningKeys;
import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads tokens that this server has signed. Only RS256 is read, and only under a key that the
 * issuer publishes: a token says which key, never which algorithm counts. Thread-safe.
 *
 * <p>A signature that holds under a key holds for ever, so what was verified is remembered for a
 * while under the hash of its text: resource servers ask about the same token again and again.
 * Whether the key is still published, and the token still good, is asked each time.
 */
public final class TokenReader {

    private static final int LONGEST = 65_536;
    private static final int LONGEST_KEPT = 4_096;
    private static final int MOST_KEPT = 4_000;
    private static final String KIND = "verifiedToken";

    private final SigningKeys keys;
    private final Cache<TokenHash, Verified> verified =
            Caffeine.newBuilder().maximumSize(MOST_KEPT).build();

    /** What a key has signed. */
    private record Verified(SigningKey key, String issuer, Read token) {}

    /** Tokens signed with these keys. */
    public TokenReader(SigningKeys keys) {
        this.keys = keys;
    }

    /**
     * A token whose signature holds.
     *
     * @param jti what it is revoked by
     * @param claims for all who read the token: nobody changes them
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
        List<SigningKey> published =
                keys.published(issuer.org(), issuer.keyOwner(), issuer.schedule(), now);
        TokenHash hash = TokenHash.of(KIND, text);
        Verified before = verified.getIfPresent(hash);
        Optional<Verified> found = before == null ? verify(published, text) : Optional.of(before);
        if (before == null && text.length() <= LONGEST_KEPT) {
            found.ifPresent(each -> verified.put(hash, each));
        }
        return found.filter(each -> published.contains(each.key()))
                .filter(each -> each.issuer().equals(issuer.name()))
                .map(Verified::token);
    }

    private static Optional<Verified> verify(List<SigningKey> published, String text) {
        try {
            SignedJWT jwt = SignedJWT.parse(text);
            if (!JWSAlgorithm.RS256.equals(jwt.getHeader().getAlgorithm())) {
                return Optional.empty();
            }
            Optional<SigningKey> key =
                    published.stream()
                            .filter(each -> each.kid().equals(jwt.getHeader().getKeyID()))
                            .findFirst();
            return key.isPresent() && jwt.verify(new RSASSAVerifier(key.get().publicKey()))
                    ? read(key.get(), jwt)
                    : Optional.empty();
        } catch (ParseException | JOSEException e) {
            return Optional.empty();
        }
    }

    private static Optional<Verified> read(SigningKey key, SignedJWT jwt) throws ParseException {
        JWTClaimsSet claims = jwt.getJWTClaimsSet();
        if (claims.getJWTID() == null
                || claims.getExpirationTime() == null
                || claims.getIssuer() == null) {
            return Optional.empty();
        }
        return Optional.of(
                new Verified(
                        key,
                        claims.getIssuer(),
                        new Read(
                                claims.getJWTID(),
                                claims.getExpirationTime().toInstant(),
                                Json.object(jwt.getPayload().toString()))));
    }
}
