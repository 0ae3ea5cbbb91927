package dev.ostiary.server.oauth.dpop;

import dev.ostiary.platform.store.Database;
import dev.ostiary.server.oauth.clients.UsedOnceStore;
import dev.ostiary.server.oauth.problem.OAuthErrors;
import dev.ostiary.server.oauth.problem.OAuthException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Whether whoever shows an access token may: a token that is bound to a key comes under its own
 * scheme with a proof that was never used before, and one that is not bound under the other (RFC
 * 9449, 7). Thread-safe.
 */
public final class Possession {

    private final Database database;
    private final DpopProofs proofs;
    private final OAuthErrors errors;
    private final UsedOnceStore usedOnce = new UsedOnceStore();

    /** Judged by these proofs. */
    public Possession(Database database, DpopProofs proofs, OAuthErrors errors) {
        this.database = database;
        this.proofs = proofs;
        this.errors = errors;
    }

    /**
     * A token as a request shows it.
     *
     * @param bound whether under the scheme of bound ones
     * @param proofs the headers of the request that bring proofs
     * @param url without its query
     */
    public record Shown(
            boolean bound, String token, List<String> proofs, String method, String url) {}

    /**
     * Requires what a token needs.
     *
     * @param thumbprint of the key that it is bound to
     * @throws OAuthException {@code invalid_token}, {@code invalid_request} for the wrong scheme,
     *     {@code invalid_dpop_proof}
     */
    public void require(long org, Optional<String> thumbprint, Shown shown, Instant now) {
        if (thumbprint.isEmpty()) {
            if (shown.bound()) {
                throw errors.of("access_token_not_dpop_bound");
            }
            return;
        }
        if (!shown.bound()) {
            throw errors.of("dpop_authentication_scheme_required");
        }
        DpopProofs.Proof proof =
                proofs.ofToken(
                        shown.proofs(),
                        shown.method(),
                        shown.url(),
                        shown.token(),
                        thumbprint.get(),
                        now);
        if (!database.write(org, tx -> usedOnce.use(tx, proof.once(), now))) {
            throw errors.of("dpop_proof_already_used");
        }
    }
}
