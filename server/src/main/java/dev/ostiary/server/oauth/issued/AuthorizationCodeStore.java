package dev.ostiary.server.oauth.issued;

import dev.ostiary.platform.secret.TokenHash;
import dev.ostiary.platform.store.ExpiredRows;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Row;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.oauth.issued.AuthorizationCode.Given;
import dev.ostiary.server.oauth.servers.Lifetimes;
import java.time.Instant;
import java.util.Optional;

/**
 * The table {@code authorization_code}. A code stays until it expires, redeemed or not, so that a
 * second use is known for one. Thread-safe.
 */
public final class AuthorizationCodeStore {

    private static final String KIND = "authorizationCode";

    private static final ExpiredRows EXPIRED = new ExpiredRows("authorization_code", "hash");

    /** Keeps a new code. */
    public void insert(Tx tx, String text, AuthorizationCode code, Instant now) {
        EXPIRED.sweep(tx, now);
        Authorization granted = code.authorization();
        Lifetimes lives = granted.lifetimes();
        tx.write(
                Sql.of(
                        "INSERT INTO authorization_code (org_id, hash, "
                                + Authorization.COLUMNS
                                + ", redirect_uri, challenge, nonce, expires)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?::text, ?, ?, ?, ?::text, ?::text, ?::text, ?, ?::text,"
                                + " ?::text, ?)",
                        tx.org(),
                        hash(text),
                        granted.clientId(),
                        granted.server(),
                        granted.userId(),
                        granted.scopes(),
                        granted.authTime(),
                        granted.amr(),
                        granted.acr().orElse(null),
                        lives.accessToken(),
                        lives.refreshToken(),
                        lives.refreshWindow(),
                        lives.inlineHook(),
                        granted.sid().orElse(null),
                        granted.session().orElse(null),
                        code.redirectUri(),
                        code.challenge().orElse(null),
                        code.nonce().orElse(null),
                        code.expires()));
    }

    /** A code that has not expired, redeemed or not. */
    public Optional<AuthorizationCode> find(Reader reader, String text, Instant now) {
        return reader.one(
                Sql.of(
                        "SELECT "
                                + Authorization.COLUMNS
                                + ", redirect_uri, challenge, nonce, expires, given_refresh,"
                                + " given_access FROM authorization_code"
                                + " WHERE org_id = ? AND hash = ? AND expires > ?",
                        reader.org(),
                        hash(text),
                        now),
                AuthorizationCodeStore::read);
    }

    /** Redeems a code. False if somebody was faster: of any number at once, one does. */
    public boolean redeem(Tx tx, String text, Given given, Instant now) {
        return tx.run(
                        Sql.of(
                                """
                                UPDATE authorization_code
                                SET redeemed = ?, given_refresh = ?::text, given_access = ?
                                WHERE org_id = ? AND hash = ? AND redeemed IS NULL""",
                                now,
                                given.refreshToken().orElse(null),
                                given.jti(),
                                tx.org(),
                                hash(text)))
                == 1;
    }

    /** Ends all of a user that nobody has come with yet. */
    public void deleteOfUser(Tx tx, String userId) {
        tx.write(
                Sql.of(
                        "DELETE FROM authorization_code WHERE org_id = ? AND user_id = ?",
                        tx.org(),
                        userId));
    }

    private static byte[] hash(String text) {
        return TokenHash.of(KIND, text).bytes();
    }

    private static AuthorizationCode read(Row row) {
        return new AuthorizationCode(
                Authorization.read(row),
                row.text("redirect_uri"),
                Optional.ofNullable(row.textOrNull("challenge")),
                Optional.ofNullable(row.textOrNull("nonce")),
                row.instant("expires"),
                Optional.ofNullable(row.textOrNull("given_access"))
                        .map(
                                jti ->
                                        new Given(
                                                Optional.ofNullable(
                                                        row.textOrNull("given_refresh")),
                                                jti)));
    }
}
