package dev.ostiary.server.oauth.issued;

import dev.ostiary.platform.secret.TokenHash;
import dev.ostiary.platform.store.ExpiredRows;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Row;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.oauth.issued.PolledRequest.Kind;
import dev.ostiary.server.oauth.issued.PolledRequest.State;
import dev.ostiary.server.oauth.servers.Lifetimes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The table {@code polled_request}. A request is decided once and redeemed once, whoever tries at
 * the same time. One that has ended is known for a while, so that its client learns that.
 * Thread-safe.
 */
public final class PolledRequestStore {

    private static final String USER_CODE = "userCode";

    /** How long a request that has ended is known. */
    private static final Duration KNOWN = Duration.ofHours(1);

    /** By how much two questions may be nearer to each other than they have to: networks are. */
    private static final Duration LEEWAY = Duration.ofSeconds(1);

    private static final ExpiredRows EXPIRED = new ExpiredRows("polled_request", "hash");

    private static final String COLUMNS = Authorization.COLUMNS + ", kind, ends, state";

    /**
     * Keeps a new request.
     *
     * @param code that the client polls with
     * @param userCode that somebody types in, if anybody does
     */
    public void insert(
            Tx tx, String code, Optional<String> userCode, PolledRequest request, Instant now) {
        EXPIRED.sweep(tx, now);
        tx.write(
                Sql.of(
                        """
                        INSERT INTO polled_request (org_id, hash, kind, user_code, client_id, server,
                            scopes, state, ends, expires)
                        VALUES (?, ?, ?, ?::bytea, ?, ?, ?, ?, ?, ?)""",
                        tx.org(),
                        hash(request.kind(), code),
                        request.kind().name(),
                        userCode.map(PolledRequestStore::hash).orElse(null),
                        request.clientId(),
                        request.server(),
                        request.scopes(),
                        request.state().name(),
                        request.ends(),
                        request.ends().plus(KNOWN)));
    }

    /** The request that a client polls with a code, ended or not. */
    public Optional<PolledRequest> find(Reader reader, Kind kind, String code) {
        return reader.one(
                Sql.of(
                        "SELECT " + COLUMNS + " FROM polled_request WHERE org_id = ? AND hash = ?",
                        reader.org(),
                        hash(kind, code)),
                PolledRequestStore::read);
    }

    /** The request that waits for whoever knows its user code. */
    public Optional<PolledRequest> waiting(Reader reader, String userCode, Instant now) {
        return reader.one(
                Sql.of(
                        "SELECT "
                                + COLUMNS
                                + " FROM polled_request WHERE org_id = ? AND user_code = ?"
                                + " AND state = 'WAITING' AND ends > ?",
                        reader.org(),
                        hash(userCode),
                        now),
                PolledRequestStore::read);
    }

    /** Notes that a client asks. False if it does so too early. */
    public boolean poll(Tx tx, Kind kind, String code, Instant now) {
        Instant before = now.minus(PolledRequest.INTERVAL).plus(LEEWAY);
        return tx.run(
                        Sql.of(
                                """
                                UPDATE polled_request SET polled = ?
                                WHERE org_id = ? AND hash = ? AND (polled IS NULL OR polled <= ?)""",
                                now,
                                tx.org(),
                                hash(kind, code),
                                before))
                == 1;
    }

    /** Somebody says yes. False if it waits no more: of any number at once, one decides. */
    public boolean allow(Tx tx, String userCode, Authorization given, Instant now) {
        Lifetimes lives = given.lifetimes();
        return tx.run(
                        Sql.of(
                                """
                                UPDATE polled_request SET state = 'ALLOWED', user_id = ?,
                                    auth_time = ?, amr = ?, acr = ?::text, access_life = ?,
                                    refresh_life = ?, refresh_window = ?, inline_hook = ?::text
                                WHERE org_id = ? AND user_code = ? AND state = 'WAITING'
                                  AND ends > ?""",
                                given.userId(),
                                given.authTime(),
                                given.amr(),
                                given.acr().orElse(null),
                                lives.accessToken(),
                                lives.refreshToken(),
                                lives.refreshWindow(),
                                lives.inlineHook(),
                                tx.org(),
                                hash(userCode),
                                now))
                == 1;
    }

    /** Somebody says no. False if it waits no more. */
    public boolean deny(Tx tx, String userCode, Instant now) {
        return tx.run(
                        Sql.of(
                                """
                                UPDATE polled_request SET state = 'DENIED'
                                WHERE org_id = ? AND user_code = ? AND state = 'WAITING'
                                  AND ends > ?""",
                                tx.org(),
                                hash(userCode),
                                now))
                == 1;
    }

    /** Redeems what was allowed. False if somebody was faster: of any number at once, one does. */
    public boolean redeem(Tx tx, Kind kind, String code) {
        return tx.run(
                        Sql.of(
                                """
                                DELETE FROM polled_request
                                WHERE org_id = ? AND hash = ? AND state = 'ALLOWED'""",
                                tx.org(),
                                hash(kind, code)))
                == 1;
    }

    /** Ends all that a user has allowed, and nobody has come for yet. */
    public void deleteOfUser(Tx tx, String userId) {
        tx.write(
                Sql.of(
                        "DELETE FROM polled_request WHERE org_id = ? AND user_id = ?",
                        tx.org(),
                        userId));
    }

    private static byte[] hash(Kind kind, String code) {
        return TokenHash.of(kind.name(), code).bytes();
    }

    private static byte[] hash(String userCode) {
        return TokenHash.of(USER_CODE, userCode).bytes();
    }

    private static PolledRequest read(Row row) {
        State state = State.valueOf(row.text("state"));
        return new PolledRequest(
                Kind.valueOf(row.text("kind")),
                row.text("client_id"),
                row.text("server"),
                row.texts("scopes"),
                row.instant("ends"),
                state,
                state == State.ALLOWED ? Optional.of(Authorization.read(row)) : Optional.empty());
    }
}
