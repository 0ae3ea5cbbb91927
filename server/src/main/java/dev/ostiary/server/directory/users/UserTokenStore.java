package dev.ostiary.server.directory.users;

import dev.ostiary.platform.secret.TokenHash;
import dev.ostiary.platform.secret.Tokens;
import dev.ostiary.platform.store.NewRow;
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
        RECOVERY(Duration.ofHours(1)),
        UNLOCK(Duration.ofHours(1));

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
        return first(tx, kind, userId, Optional.empty(), now, kind.valid());
    }

    /** The same, where something else says how long it works. */
    String first(Tx tx, Kind kind, String userId, Instant now, Duration valid) {
        return first(tx, kind, userId, Optional.empty(), now, valid);
    }

    private String first(
            Tx tx,
            Kind kind,
            String userId,
            Optional<String> relayState,
            Instant now,
            Duration valid) {
        String token = tokens.urlSafe(LENGTH);
        tx.insert(
                NewRow.of(
                        """
                        INSERT INTO user_tokens (org_id, hash, user_id, kind, expires, relay_state)""",
                        "(?, ?, ?, ?, ?, ?)",
                        tx.org(),
                        kind.hash(token).bytes(),
                        userId,
                        kind,
                        now.plus(valid),
                        relayState.orElse(null)));
        return token;
    }

    /** A new token; older ones of the kind stop working. */
    String renew(Tx tx, Kind kind, String userId, Instant now) {
        return renew(tx, kind, userId, Optional.empty(), now);
    }

    /** As above, with where the user is sent when all is done. */
    String renew(Tx tx, Kind kind, String userId, Optional<String> relayState, Instant now) {
        revoke(tx, kind, userId);
        return first(tx, kind, userId, relayState, now, kind.valid());
    }

    /** Whose a token was, and where that user is sent when all is done. */
    record Taken(String userId, Optional<String> relayState) {}

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

    /** Whose token this is, if it still works; it never does again, whoever else comes with it. */
    Optional<Taken> take(Tx tx, Kind kind, String token, Instant now) {
        return tx
                .list(
                        Sql.of(
                                """
                                DELETE FROM user_tokens
                                WHERE org_id = ? AND hash = ? AND kind = ? AND expires > ?
                                RETURNING user_id, relay_state""",
                                tx.org(),
                                kind.hash(token).bytes(),
                                kind,
                                now),
                        row ->
                                new Taken(
                                        row.text("user_id"),
                                        Optional.ofNullable(row.textOrNull("relay_state"))))
                .stream()
                .findFirst();
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
