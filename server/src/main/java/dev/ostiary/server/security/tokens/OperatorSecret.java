package dev.ostiary.server.security.tokens;

import dev.ostiary.platform.secret.TokenHash;

/**
 * What proves the operator, who owns the data directory: a secret that the server makes anew at
 * each start and writes to a file of mode 600 there. It opens the server's own operations under
 * {@code /ostiary/v1/} and nothing else.
 */
public final class OperatorSecret {

    private static final String KIND = "operator";

    private final TokenHash hash;

    /** The secret of this run. */
    public OperatorSecret(String secret) {
        this.hash = TokenHash.of(KIND, secret);
    }

    /** Whether this is the secret; takes the same time for every wrong one. */
    boolean matches(String candidate) {
        return hash.equals(TokenHash.of(KIND, candidate));
    }
}
