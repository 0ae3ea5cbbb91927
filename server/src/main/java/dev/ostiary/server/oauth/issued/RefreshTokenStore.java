package dev.ostiary.server.oauth.issued;

import dev.ostiary.platform.secret.TokenHash;
import dev.ostiary.platform.store.ExpiredRows;
import dev.ostiary.platform.store.NewRow;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Row;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.oauth.servers.Lifetimes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tables {@code refresh_token} and {@code refresh_token_text}. Thread-safe. */
public final class RefreshTokenStore {

    private static final String KIND = "refreshToken";

    private static final ExpiredRows EXPIRED = new ExpiredRows("refresh_token", "id");

    private static final String COLUMNS =
            "t.id, t.client_id, t.server, t.user_id, t.scopes, t.auth_time, t.amr, t.acr, t.access_life,"
                    + " t.refresh_life, t.refresh_window, t.inline_hook, t.sid, t.session_id, t.bound_to, t.created,"
                    + " t.last_updated, t.expires";

    /**
     * A token that somebody came with.
     *
     * @param used when its text was used before, where it is good for one use
     */
    public record Shown(RefreshToken token, Optional<Instant> used) {

        /** Whether its text was used up, and nobody is forgiven. */
        public boolean isSpent(Optional<Instant> since) {
            return used.isPresent()
                    && since.map(moment -> !used.get().isAfter(moment)).orElse(true);
        }
    }

    /**
     * After which moment whoever was first is forgiven for being followed.
     *
     * @param seconds how long that lasts; 0 for nobody
     */
    public static Optional<Instant> forgiven(int seconds, Instant now) {
        return seconds == 0 ? Optional.empty() : Optional.of(now.minusSeconds(seconds));
    }

    /**
     * Which tokens are meant. What is not said does not count.
     *
     * @param after the id of the last one that is known
     */
    public record Selection(
            Optional<String> userId,
            Optional<String> clientId,
            Optional<String> server,
            Optional<String> after) {

        /** Those of a user. */
        public static Selection ofUser(String userId) {
            return new Selection(
                    Optional.of(userId), Optional.empty(), Optional.empty(), Optional.empty());
        }

        /** Those that a server has issued. */
        public static Selection ofServer(String serverId) {
            return new Selection(
                    Optional.empty(), Optional.empty(), Optional.of(serverId), Optional.empty());
        }

        /** Those of a client. */
        public static Selection ofClient(String clientId) {
            return new Selection(
                    Optional.empty(), Optional.of(clientId), Optional.empty(), Optional.empty());
        }

        /** Of these the ones that a client has. */
        public Selection by(String client) {
            return new Selection(userId, Optional.of(client), server, after);
        }

        /** Of these the ones that a server has issued. */
        public Selection from(String serverId) {
            return new Selection(userId, clientId, Optional.of(serverId), after);
        }

        /** Of these the ones after an id. */
        public Selection after(Optional<String> id) {
            return new Selection(userId, clientId, server, id);
        }

        private Sql condition(long org) {
            Sql sql = Sql.of("t.org_id = ?", org);
            sql = and(sql, "AND t.user_id = ?", userId.orElse(null));
            sql = and(sql, "AND t.client_id = ?", clientId.orElse(null));
            sql = and(sql, "AND t.server = ?", server.orElse(null));
            return and(sql, "AND t.id > ?", after.orElse(null));
        }

        private static Sql and(Sql sql, String text, @Nullable String value) {
            return value == null ? sql : sql.then(text, value);
        }
    }

    /** Keeps a new token under its first text. */
    public void insert(Tx tx, RefreshToken token, String text, Instant now) {
        EXPIRED.sweepAtTimes(tx, hash(text), now);
        Authorization granted = token.authorization();
        Lifetimes lives = granted.lifetimes();
        tx.insert(
                NewRow.of(
                        "INSERT INTO refresh_token (org_id, id, "
                                + Authorization.COLUMNS
                                + ", bound_to, created, last_updated, expires)",
                        "(?, ?, ?, ?, ?, ?, ?, ?, ?::text, ?, ?, ?, ?::text, ?::text, ?::text, ?::text, ?, ?,"
                                + " ?)",
                        tx.org(),
                        token.id(),
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
                        token.boundTo().orElse(null),
                        token.created(),
                        token.lastUpdated(),
                        token.expires()));
        addText(tx, token.id(), text);
    }

    /** A further text of a token. */
    public void addText(Tx tx, String tokenId, String text) {
        tx.insert(
                NewRow.of(
                        "INSERT INTO refresh_token_text (org_id, hash, token_id)",
                        "(?, ?, ?)",
                        tx.org(),
                        hash(text),
                        tokenId));
    }

    /** The token of a text, unless it has expired. */
    public Optional<Shown> find(Reader reader, String text, Instant now) {
        return reader.one(
                Sql.of(
                        "SELECT "
                                + COLUMNS
                                + ", x.used FROM refresh_token_text x JOIN refresh_token t"
                                + " ON t.org_id = x.org_id AND t.id = x.token_id"
                                + " WHERE x.org_id = ? AND x.hash = ? AND t.expires > ?",
                        reader.org(),
                        hash(text),
                        now),
                row -> new Shown(token(row), Optional.ofNullable(row.instantOrNull("used"))));
    }

    /** Whether a token is there and has not expired. */
    public boolean isAlive(Reader reader, String id, Instant now) {
        return reader.one(
                        Sql.of(
                                "SELECT 1 AS one FROM refresh_token"
                                        + " WHERE org_id = ? AND id = ? AND expires > ?",
                                reader.org(),
                                id,
                                now),
                        row -> row.number("one"))
                .isPresent();
    }

    /**
     * Uses a text up, unless somebody has done so before.
     *
     * @param since whoever has used it after this is forgiven; nobody where it is empty
     * @return whether it was still good
     */
    public boolean use(Tx tx, String text, Instant now, Optional<Instant> since) {
        return tx.run(
                        Sql.of(
                                """
                                UPDATE refresh_token_text SET used = coalesce(used, ?)
                                WHERE org_id = ? AND hash = ?
                                  AND (used IS NULL OR used > ?::timestamptz)""",
                                now,
                                tx.org(),
                                hash(text),
                                since.orElse(null)))
                == 1;
    }

    /** Notes that a token was used. False if it is not there any more. */
    public boolean touch(Tx tx, RefreshToken token) {
        return tx.run(
                        Sql.of(
                                """
                                UPDATE refresh_token SET last_updated = ?, expires = ?
                                WHERE org_id = ? AND id = ?""",
                                token.lastUpdated(),
                                token.expires(),
                                tx.org(),
                                token.id()))
                == 1;
    }

    /** Ends a token with all its texts. False if it is not there any more. */
    public boolean delete(Tx tx, String id) {
        return tx.run(Sql.of("DELETE FROM refresh_token WHERE org_id = ? AND id = ?", tx.org(), id))
                == 1;
    }

    /** Ends tokens, and says which. */
    public List<RefreshToken> deleteAll(Tx tx, Selection which) {
        return tx.list(
                Sql.of("DELETE FROM refresh_token t WHERE")
                        .then(which.condition(tx.org()))
                        .then("RETURNING " + COLUMNS),
                RefreshTokenStore::token);
    }

    /** Ends all of a user but one; says how many. */
    int deleteOthersOfUser(Tx tx, String userId, String kept) {
        return tx.run(
                Sql.of(
                        "DELETE FROM refresh_token WHERE org_id = ? AND user_id = ? AND id <> ?",
                        tx.org(),
                        userId,
                        kept));
    }

    /** The user's session that a token comes of, if it comes of one. */
    Optional<String> sessionOf(Reader reader, String id) {
        return reader.one(
                        Sql.of(
                                "SELECT session_id FROM refresh_token WHERE org_id = ? AND id = ?",
                                reader.org(),
                                id),
                        row -> Optional.ofNullable(row.textOrNull("session_id")))
                .flatMap(session -> session);
    }

    /** Tokens that have not expired, in the order of their ids. */
    public List<RefreshToken> list(Reader reader, Selection which, int most, Instant now) {
        return reader.list(
                Sql.of("SELECT " + COLUMNS + " FROM refresh_token t WHERE")
                        .then(which.condition(reader.org()))
                        .then("AND t.expires > ? ORDER BY t.id LIMIT ?", now, most),
                RefreshTokenStore::token);
    }

    /** The clients that have such tokens, in the order of their ids. */
    public List<String> clients(Reader reader, Selection which, Instant now) {
        return reader.list(
                Sql.of("SELECT DISTINCT t.client_id FROM refresh_token t WHERE")
                        .then(which.condition(reader.org()))
                        .then("AND t.expires > ? ORDER BY t.client_id", now),
                row -> row.text("client_id"));
    }

    /** One of these tokens. */
    public Optional<RefreshToken> one(Reader reader, Selection which, String id, Instant now) {
        return reader.one(
                Sql.of("SELECT " + COLUMNS + " FROM refresh_token t WHERE")
                        .then(which.condition(reader.org()))
                        .then("AND t.id = ? AND t.expires > ?", id, now),
                RefreshTokenStore::token);
    }

    private static byte[] hash(String text) {
        return TokenHash.of(KIND, text).bytes();
    }

    private static RefreshToken token(Row row) {
        return new RefreshToken(
                row.text("id"),
                Authorization.read(row),
                Optional.ofNullable(row.textOrNull("bound_to")),
                row.instant("created"),
                row.instant("last_updated"),
                row.instant("expires"));
    }
}
