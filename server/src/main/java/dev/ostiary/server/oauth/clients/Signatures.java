package dev.ostiary.server.oauth.clients;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Signatures that clients make, by a secret or by a key. Whoever asks has judged the algorithm by
 * the lists before: {@code none}, and a public key used as a secret, never come here.
 */
final class Signatures {

    static final Set<JWSAlgorithm> WITH_SECRET =
            Set.of(JWSAlgorithm.HS256, JWSAlgorithm.HS384, JWSAlgorithm.HS512);

    static final Set<JWSAlgorithm> WITH_KEY =
            Set.of(
                    JWSAlgorithm.RS256,
                    JWSAlgorithm.RS384,
                    JWSAlgorithm.RS512,
                    JWSAlgorithm.ES256,
                    JWSAlgorithm.ES384,
                    JWSAlgorithm.ES512);

    private static final int SHORTEST_SECRET = 32;

    private Signatures() {}

    /** Whether a secret is too short to sign with (RFC 7518, 3.2). */
    static boolean isTooShort(String secret) {
        return secret.length() < SHORTEST_SECRET;
    }

    static boolean bySecret(SignedJWT jwt, String secret) {
        try {
            return jwt.verify(new MACVerifier(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (JOSEException e) {
            return false;
        }
    }

    /** The keys that may have signed: the one that is named, or all where none is. */
    static List<JWK> candidates(List<JWK> all, @Nullable String kid) {
        return all.stream()
                .filter(key -> !KeyUse.ENCRYPTION.equals(key.getKeyUse()))
                .filter(key -> kid == null || kid.equals(key.getKeyID()))
                .toList();
    }

    static boolean byKey(SignedJWT jwt, List<JWK> keys) {
        for (JWK key : keys) {
            try {
                Optional<JWSVerifier> verifier = verifier(key);
                if (verifier.isPresent()
                        && verifier.get()
                                .supportedJWSAlgorithms()
                                .contains(jwt.getHeader().getAlgorithm())
                        && jwt.verify(verifier.get())) {
                    return true;
                }
            } catch (JOSEException e) {
                // a key of another kind: the next may be the one
                continue;
            }
        }
        return false;
    }

    private static Optional<JWSVerifier> verifier(JWK key) throws JOSEException {
        return switch (key) {
            case RSAKey rsa -> Optional.of(new RSASSAVerifier(rsa));
            case ECKey ec -> Optional.of(new ECDSAVerifier(ec));
            default -> Optional.empty();
        };
    }
}
