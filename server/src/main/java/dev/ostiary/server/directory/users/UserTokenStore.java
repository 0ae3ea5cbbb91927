package dev.ostiary.server.directory.users;

import dev.ostiary.platform.secret.TokenHash;
import dev.ostiary.platform.secret.Tokens;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One-time tokens of users, kept as hashes. A user has one of each kind at most: a new one makes
 * the one before worthless. Thread-safe.
 */
final class UserTokenStore {

    /** What a token is good for. */
    enum Kind {
        ACTIVATION(Duration.ofDays(7)),
        RECOVERY(Duration.ofHours(1));

        private final Duration valid;

        Kind(Duration valid) {
            this.valid = valid;
        }

        /** How long a token of this kind works. */
        Duration valid() {
            return valid;
        }

        private TokenHash hash(String token) {
            return TokenHash.of("user." + name(), token);
        }
    }

    /** Characters of six bits each. */
    private static final int LENGTH = 32;

    private final Tokens tokens;

    UserTokenStore(Tokens tokens) {
        this.tokens = tokens;
    }

    /** A new token of a user who has just been made, and so has none. */
    String first(Tx tx, Kind kind, String userId, Instant now) {
        String token = tokens.urlSafe(LENGTH);
        tx.write(
                Sql.of(
                        """
                        INSERT INTO user_tokens (org_id, hash, user_id, kind, expires)
                        VALUES (?, ?, ?, ?, ?)""",
                        tx.org(),
                        kind.hash(token).bytes(),
                        userId,
                        kind,
                        now.plus(kind.valid())));
        return token;
    }

    /** A new token; older ones of the kind stop working. */
    String renew(Tx tx, Kind kind, String userId, Instant now) {
        revoke(tx, kind, userId);
        return first(tx, kind, userId, now);
    }

    /** Makes the tokens of one kind worthless. */
    void revoke(Tx tx, Kind kind, String userId) {
        tx.write(
                Sql.of(
                        "DELETE FROM user_tokens WHERE org_id = ? AND user_id = ? AND kind = ?",
                        tx.org(),
                        userId,
                        kind));
    }

    /** Makes all tokens of a user worthless. */
    void revokeAll(Tx tx, String userId) {
        tx.write(
                Sql.of(
                        "DELETE FROM user_tokens WHERE org_id = ? AND user_id = ?",
                        tx.org(),
                        userId));
    }

    /** Whose token this is, if it still works. */
    Optional<String> userOf(Reader reader, Kind kind, String token, Instant now) {
        return reader.one(
                Sql.of(
                        """
                        SELECT user_id FROM user_tokens
                        WHERE org_id = ? AND hash = ? AND kind = ? AND expires > ?""",
                        reader.org(),
                        kind.hash(token).bytes(),
                        kind,
                        now),
                row -> row.text(1));
    }
}
