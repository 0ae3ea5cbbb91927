package dev.ostiary.server.signin.sessions;

import dev.ostiary.platform.access.Caller;
import dev.ostiary.platform.secret.TokenHash;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Row;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of {@code session_token}: each is read by being deleted, so by one only. */
final class SessionTokenStore {

    /**
     * What a token is good for.
     *
     * @param userId whose session
     * @param sessionId the session that a browser takes up with it; empty to begin one
     * @param expires when it stops working
     * @param limits how long a session of it lasts
     * @param proofs how the user proved who it is
     */
    record Ticket(
            String userId,
            Optional<String> sessionId,
            Instant expires,
            SessionLimits limits,
            Proofs proofs) {}

    void insert(Tx tx, TokenHash hash, Ticket ticket) {
        tx.write(
                Sql.of(
                        """
                        INSERT INTO session_token (org_id, hash, user_id, session_id, expires,
                            idle_seconds, lifetime_seconds, persistent, password_verified,
                            factor_verified, amr, proven)
                        VALUES (?, ?, ?, ?, ?, ?, ?::bigint, ?, ?::timestamptz, ?::timestamptz, ?,
                            ?)""",
                        tx.org(),
                        hash.bytes(),
                        ticket.userId(),
                        ticket.sessionId().orElse(null),
                        ticket.expires(),
                        ticket.limits().idle().toSeconds(),
                        ticket.limits().lifetime().map(Duration::toSeconds).orElse(null),
                        ticket.limits().persistent(),
                        ticket.proofs().password().orElse(null),
                        ticket.proofs().factor().orElse(null),
                        ticket.proofs().amr(),
                        SessionStore.json(ticket.proofs())));
    }

    /** The token's ticket, which is gone with this; empty if there is none, or not any more. */
    Optional<Ticket> take(Tx tx, TokenHash hash, Instant now) {
        return tx
                .list(
                        Sql.of(
                                """
                                DELETE FROM session_token WHERE org_id = ? AND hash = ?
                                RETURNING user_id, session_id, expires, idle_seconds,
                                    lifetime_seconds, persistent, password_verified, factor_verified,
                                    amr, proven""",
                                tx.org(),
                                hash.bytes()),
                        SessionTokenStore::ticket)
                .stream()
                .filter(ticket -> ticket.expires().isAfter(now))
                .findFirst();
    }

    /** Whose a token is; it is not spent by it. */
    Optional<Caller.Principal> holder(Reader reader, TokenHash hash, Instant now) {
        return reader.one(
                Sql.of(
                        """
                        SELECT u.id, u.profile ->> 'login' AS login,
                               concat_ws(' ', u.profile ->> 'firstName',
                                   u.profile ->> 'lastName') AS display_name
                        FROM session_token t
                        JOIN users u ON u.org_id = t.org_id AND u.id = t.user_id
                        WHERE t.org_id = ? AND t.hash = ? AND t.expires > ?""",
                        reader.org(),
                        hash.bytes(),
                        now),
                row ->
                        new Caller.Principal(
                                row.text("id"), row.text("login"), row.text("display_name")));
    }

    void deleteOf(Tx tx, String userId) {
        tx.write(
                Sql.of(
                        "DELETE FROM session_token WHERE org_id = ? AND user_id = ?",
                        tx.org(),
                        userId));
    }

    /** The tokens of a user that nobody came with in time. */
    void deleteEnded(Tx tx, String userId, Instant now) {
        tx.write(
                Sql.of(
                        "DELETE FROM session_token WHERE org_id = ? AND user_id = ? AND expires <= ?",
                        tx.org(),
                        userId,
                        now));
    }

    private static Ticket ticket(Row row) {
        @Nullable Long lifetime = row.numberOrNull("lifetime_seconds");
        return new Ticket(
                row.text("user_id"),
                Optional.ofNullable(row.textOrNull("session_id")),
                row.instant("expires"),
                new SessionLimits(
                        Duration.ofSeconds(row.number("idle_seconds")),
                        Optional.ofNullable(lifetime).map(Duration::ofSeconds),
                        row.flag("persistent")),
                SessionStore.proofs(row));
    }
}
