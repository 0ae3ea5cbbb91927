package dev.ostiary.server.oauth.issued;

import dev.ostiary.platform.secret.TokenHash;
import dev.ostiary.platform.store.ExpiredRows;
import dev.ostiary.platform.store.NewRow;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import java.time.Instant;
import java.util.Optional;

/**
 * The table {@code access_token}: users' access tokens that came without a refresh token, which are
 * good while they are in it. Thread-safe.
 */
public final class AccessTokenStore {

    private static final String KIND = "accessToken";

    private static final ExpiredRows EXPIRED = new ExpiredRows("access_token", "hash");

    /** Keeps a new one. */
    public void insert(Tx tx, String jti, Authorization granted, Instant expires, Instant now) {
        byte[] hash = hash(jti);
        EXPIRED.sweepAtTimes(tx, hash, now);
        tx.insert(
                NewRow.of(
                        """
                        INSERT INTO access_token (org_id, hash, client_id, server, user_id,
                            session_id, expires)""",
                        "(?, ?, ?, ?, ?, ?::text, ?)",
                        tx.org(),
                        hash,
                        granted.clientId(),
                        granted.server(),
                        granted.userId(),
                        granted.session().orElse(null),
                        expires));
    }

    /** Whether nobody has revoked it. */
    public boolean isThere(Reader reader, String jti) {
        return reader.one(
                        Sql.of(
                                "SELECT 1 AS one FROM access_token WHERE org_id = ? AND hash = ?",
                                reader.org(),
                                hash(jti)),
                        row -> row.number("one"))
                .isPresent();
    }

    /** The user's session that it comes of, if it comes of one. */
    Optional<String> sessionOf(Reader reader, String jti) {
        return reader.one(
                        Sql.of(
                                "SELECT session_id FROM access_token WHERE org_id = ? AND hash = ?",
                                reader.org(),
                                hash(jti)),
                        row -> Optional.ofNullable(row.textOrNull("session_id")))
                .flatMap(session -> session);
    }

    /** Ends one. False if it is not there any more. */
    public boolean delete(Tx tx, String jti) {
        return tx.run(
                        Sql.of(
                                "DELETE FROM access_token WHERE org_id = ? AND hash = ?",
                                tx.org(),
                                hash(jti)))
                == 1;
    }

    /** Ends all of a user; says how many. */
    public int deleteOfUser(Tx tx, String userId) {
        return tx.run(
                Sql.of(
                        "DELETE FROM access_token WHERE org_id = ? AND user_id = ?",
                        tx.org(),
                        userId));
    }

    /** Ends all of a user but one; says how many. */
    int deleteOthersOfUser(Tx tx, String userId, String kept) {
        return tx.run(
                Sql.of(
                        "DELETE FROM access_token WHERE org_id = ? AND user_id = ? AND hash <> ?",
                        tx.org(),
                        userId,
                        hash(kept)));
    }

    /** Ends all of a client; says how many. */
    public int deleteOfClient(Tx tx, String clientId) {
        return tx.run(
                Sql.of(
                        "DELETE FROM access_token WHERE org_id = ? AND client_id = ?",
                        tx.org(),
                        clientId));
    }

    /** Ends all that a server has issued; says how many. */
    int deleteOfServer(Tx tx, String server) {
        return tx.run(
                Sql.of(
                        "DELETE FROM access_token WHERE org_id = ? AND server = ?",
                        tx.org(),
                        server));
    }

    /** What the table knows a token by, for statements that ask for more at once. */
    public static byte[] hash(String jti) {
        return TokenHash.of(KIND, jti).bytes();
    }
}
