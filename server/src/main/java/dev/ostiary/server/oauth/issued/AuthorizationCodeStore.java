package dev.ostiary.server.oauth.issued;

import dev.ostiary.platform.secret.TokenHash;
import dev.ostiary.platform.store.ExpiredRows;
import dev.ostiary.platform.store.ForeignKeyViolation;
import dev.ostiary.platform.store.NewRow;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Row;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.StoreException;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.platform.store.UniqueViolation;
import dev.ostiary.server.oauth.issued.AuthorizationCode.Given;
import dev.ostiary.server.oauth.servers.Lifetimes;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The tables {@code authorization_code} and {@code authorization_code_use}. A code stays until it
 * expires, redeemed or not, so that a second use is known for one. Thread-safe.
 */
public final class AuthorizationCodeStore {

    private static final String KIND = "authorizationCode";

    private static final String SELECT =
            """
            SELECT c.hash, client_id, server, user_id, scopes, auth_time, amr, acr, access_life,
                refresh_life, refresh_window, inline_hook, sid, session_id, redirect_uri,
                challenge, nonce, expires,
                coalesce(u.given_refresh, c.given_refresh) AS given_refresh,
                coalesce(u.given_access, c.given_access) AS given_access
            FROM authorization_code c
            LEFT JOIN authorization_code_use u ON u.org_id = c.org_id AND u.hash = c.hash
            WHERE c.org_id = ? AND c.hash = ANY (?)""";

    private static final ExpiredRows EXPIRED = new ExpiredRows("authorization_code", "hash");

    /** Keeps a new code. */
    public void insert(Tx tx, String text, AuthorizationCode code, Instant now) {
        byte[] hash = hash(text);
        EXPIRED.sweepAtTimes(tx, hash, now);
        Authorization granted = code.authorization();
        Lifetimes lives = granted.lifetimes();
        tx.insert(
                NewRow.of(
                        "INSERT INTO authorization_code (org_id, hash, "
                                + Authorization.COLUMNS
                                + ", redirect_uri, challenge, nonce, expires)",
                        "(?, ?, ?, ?, ?, ?, ?, ?, ?::text, ?, ?, ?, ?::text, ?::text, ?::text, ?, ?::text,"
                                + " ?::text, ?)",
                        tx.org(),
                        hash,
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

    /** The codes of these texts, expired or not, redeemed or not. */
    public Map<String, AuthorizationCode> find(Reader reader, Collection<String> texts) {
        Map<TokenHash, String> hashes = new HashMap<>();
        texts.forEach(text -> hashes.put(TokenHash.of(KIND, text), text));
        Map<String, AuthorizationCode> found = new HashMap<>();
        reader.list(
                        Sql.of(
                                SELECT,
                                reader.org(),
                                hashes.keySet().stream().map(TokenHash::bytes).toList()),
                        row -> Map.entry(TokenHash.stored(row.bytes("hash")), read(row)))
                .forEach(
                        each ->
                                found.put(
                                        Objects.requireNonNull(hashes.get(each.getKey())),
                                        each.getValue()));
        return found;
    }

    /**
     * Redeems a code, with whatever else the transaction writes.
     *
     * @see #isLost what the database says where somebody was faster
     */
    public void redeem(Tx tx, String text, Given given, Instant now) {
        tx.insert(
                NewRow.of(
                        """
                        INSERT INTO authorization_code_use (org_id, hash, redeemed, given_refresh,
                            given_access)""",
                        "(?, ?, ?, ?::text, ?)",
                        tx.org(),
                        hash(text),
                        now,
                        given.refreshToken().orElse(null),
                        given.jti()));
    }

    /**
     * Whether a transaction came to nothing since the code that it redeems had been redeemed, or
     * ended: of any number at once, one succeeds.
     */
    public static boolean isLost(StoreException refused) {
        return refused instanceof UniqueViolation taken
                        && taken.constraint().equals("authorization_code_use_once")
                || refused instanceof ForeignKeyViolation gone
                        && gone.constraint().equals("authorization_code_use_code");
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
