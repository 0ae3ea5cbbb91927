package dev.ostiary.server.oauth.clients;

import dev.ostiary.platform.secret.TokenHash;
import java.time.Instant;

/**
 * Something that is good for one use: the {@code jti} of an assertion or of a DPoP proof.
 * Immutable.
 *
 * @param hash of what it is
 * @param expires when nobody would take it any more, so that it need not be remembered
 */
public record UsedOnce(TokenHash hash, Instant expires) {

    /** Of the {@code jti} of somebody's token. */
    public static UsedOnce of(String kind, String owner, String jti, Instant expires) {
        return new UsedOnce(TokenHash.of(kind, owner + "\n" + jti), expires);
    }
}
