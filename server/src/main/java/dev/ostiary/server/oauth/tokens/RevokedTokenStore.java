package dev.ostiary.server.oauth.tokens;

import dev.ostiary.platform.secret.TokenHash;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import java.time.Instant;

/** The table {@code revoked_token}: tokens that were revoked before they expired. Thread-safe. */
public final class RevokedTokenStore {

    private static final String KIND = "revokedToken";

    /** How many that expired go with each that comes. */
    private static final int SWEPT = 10;

    /** Revokes a token. False if it was already. */
    public boolean revoke(Tx tx, String jti, Instant expires, Instant now) {
        tx.write(
                Sql.of(
                        """
                        DELETE FROM revoked_token WHERE org_id = ? AND hash IN (
                            SELECT hash FROM revoked_token WHERE org_id = ? AND expires < ?
                            LIMIT ? FOR UPDATE SKIP LOCKED)""",
                        tx.org(),
                        tx.org(),
                        now,
                        SWEPT));
        return tx.run(
                        Sql.of(
                                """
                                INSERT INTO revoked_token (org_id, hash, expires) VALUES (?, ?, ?)
                                ON CONFLICT DO NOTHING""",
                                tx.org(),
                                TokenHash.of(KIND, jti).bytes(),
                                expires))
                == 1;
    }

    /** Whether a token was revoked. */
    public boolean isRevoked(Reader reader, String jti) {
        return reader.one(
                        Sql.of(
                                "SELECT 1 AS one FROM revoked_token WHERE org_id = ? AND hash = ?",
                                reader.org(),
                                TokenHash.of(KIND, jti).bytes()),
                        row -> row.number("one"))
                .isPresent();
    }
}
