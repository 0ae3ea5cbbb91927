package dev.ostiary.server.oauth.tokens;

import dev.ostiary.platform.secret.TokenHash;
import dev.ostiary.platform.store.ExpiringHashes;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Tx;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The table {@code revoked_token}: tokens that were revoked before they expired. Thread-safe. */
public final class RevokedTokenStore {

    private static final String KIND = "revokedToken";

    private static final ExpiringHashes TABLE = new ExpiringHashes("revoked_token");

    /** Revokes a token. False if it was already. */
    public boolean revoke(Tx tx, String jti, Instant expires, Instant now) {
        return TABLE.add(tx, hash(jti).bytes(), expires, now);
    }

    /** Those of these tokens that were revoked. */
    public List<String> revoked(Reader reader, Collection<String> ids) {
        Map<TokenHash, String> hashes = new HashMap<>();
        ids.forEach(jti -> hashes.put(hash(jti), jti));
        return TABLE.among(reader, hashes.keySet().stream().map(TokenHash::bytes).toList()).stream()
                .map(bytes -> hashes.get(TokenHash.stored(bytes)))
                .filter(Objects::nonNull)
                .toList();
    }

    /** What the table knows a token by, for statements that ask for more at once. */
    public static TokenHash hash(String jti) {
        return TokenHash.of(KIND, jti);
    }
}
