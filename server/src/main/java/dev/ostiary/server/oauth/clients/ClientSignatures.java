package dev.ostiary.server.oauth.clients;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.SignedJWT;
import dev.ostiary.platform.org.Org;
import dev.ostiary.server.oauth.problem.OAuthException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a client's own key has made a signature. A client that publishes its keys is asked for
 * them once more where none has, within the bounds of {@link PublishedKeySets}, so that none is
 * refused who has just begun to sign with another. Thread-safe.
 */
final class ClientSignatures {

    private final KeySets keySets;

    /** Signatures by these keys. */
    ClientSignatures(KeySets keySets) {
        this.keySets = keySets;
    }

    /** What is to be said of a signature. */
    enum Verdict {
        GOOD,
        /** The client has no key of the name that the signature says. */
        NO_SUCH_KEY,
        BAD
    }

    /**
     * Judges a signature, whose algorithm was judged before.
     *
     * @throws OAuthException {@code invalid_client} where the client has no keys
     */
    Verdict of(Org org, OAuthClient client, SignedJWT jwt) {
        List<JWK> known = keySets.of(org, client);
        Verdict verdict = of(jwt, known);
        if (verdict == Verdict.GOOD) {
            return verdict;
        }
        List<JWK> newer = keySets.newer(org, client, known);
        return newer.equals(known) ? verdict : of(jwt, newer);
    }

    private static Verdict of(SignedJWT jwt, List<JWK> all) {
        @Nullable String kid = jwt.getHeader().getKeyID();
        List<JWK> named = Signatures.candidates(all, kid);
        if (named.isEmpty()) {
            return Verdict.NO_SUCH_KEY;
        }
        return Signatures.byKey(jwt, named) ? Verdict.GOOD : Verdict.BAD;
    }
}
