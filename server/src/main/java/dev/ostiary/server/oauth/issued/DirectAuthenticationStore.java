package dev.ostiary.server.oauth.issued;

import dev.ostiary.platform.secret.TokenHash;
import dev.ostiary.platform.store.ExpiredRows;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Row;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.oauth.issued.DirectAuthentication.Asked;
import dev.ostiary.server.oauth.issued.DirectAuthentication.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The table {@code direct_authentication}. Each is redeemed once, whoever tries at the same time.
 * Thread-safe.
 */
public final class DirectAuthenticationStore {

    /** By how much two questions may be nearer to each other than they have to: networks are. */
    private static final Duration LEEWAY = Duration.ofSeconds(1);

    private static final ExpiredRows EXPIRED = new ExpiredRows("direct_authentication", "hash");

    /**
     * Keeps a new one.
     *
     * @param code that the client comes back with
     * @param parent the {@code mfa_token} that it is a step of, if it is one
     */
    public void insert(
            Tx tx, String code, Optional<String> parent, DirectAuthentication begun, Instant now) {
        EXPIRED.sweep(tx, now);
        tx.write(
                Sql.of(
                        """
                        INSERT INTO direct_authentication (org_id, hash, kind, client_id, server,
                            user_id, scopes, amr, factor_id, question, parent, expires)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?::text, ?::text, ?::bytea, ?)""",
                        tx.org(),
                        hash(begun.kind(), code),
                        begun.kind().name(),
                        begun.clientId(),
                        begun.server(),
                        begun.userId(),
                        begun.scopes(),
                        begun.amr(),
                        begun.asked().map(Asked::factorId).orElse(null),
                        begun.asked().flatMap(Asked::question).orElse(null),
                        parent.map(text -> hash(Kind.MFA, text)).orElse(null),
                        begun.expires()));
    }

    /** The one that a client comes back with, while it is good. */
    public Optional<DirectAuthentication> find(Reader reader, Kind kind, String code, Instant now) {
        return reader.one(
                Sql.of(
                        """
                        SELECT kind, client_id, server, user_id, scopes, amr, factor_id, question,
                            expires
                        FROM direct_authentication
                        WHERE org_id = ? AND hash = ? AND expires > ?""",
                        reader.org(),
                        hash(kind, code),
                        now),
                DirectAuthenticationStore::read);
    }

    /**
     * Whether a code or a challenge is a step of an {@code mfa_token}; of none, where that is
     * empty.
     *
     * @return nothing if somebody has redeemed the code since it was found
     */
    public Optional<Boolean> isStepOf(
            Reader reader, Kind kind, String code, Optional<String> mfaToken) {
        return reader.one(
                Sql.of(
                        """
                        SELECT parent IS NOT DISTINCT FROM ?::bytea AS is_step
                        FROM direct_authentication WHERE org_id = ? AND hash = ?""",
                        mfaToken.map(text -> hash(Kind.MFA, text)).orElse(null),
                        reader.org(),
                        hash(kind, code)),
                row -> row.flag("is_step"));
    }

    /** Notes that a client asks. False if it does so too early. */
    public boolean poll(Tx tx, Kind kind, String code, Instant now) {
        Instant before = now.minus(PolledRequest.INTERVAL).plus(LEEWAY);
        return tx.run(
                        Sql.of(
                                """
                                UPDATE direct_authentication SET polled = ?
                                WHERE org_id = ? AND hash = ? AND (polled IS NULL OR polled <= ?)""",
                                now,
                                tx.org(),
                                hash(kind, code),
                                before))
                == 1;
    }

    /**
     * Redeems one, with all that are steps of it. False if somebody was faster: of any number at
     * once, one does.
     */
    public boolean redeem(Tx tx, Kind kind, String code) {
        byte[] hash = hash(kind, code);
        boolean first =
                tx.run(
                                Sql.of(
                                        "DELETE FROM direct_authentication"
                                                + " WHERE org_id = ? AND hash = ?",
                                        tx.org(),
                                        hash))
                        == 1;
        if (first) {
            tx.write(
                    Sql.of(
                            "DELETE FROM direct_authentication WHERE org_id = ? AND parent = ?",
                            tx.org(),
                            hash));
        }
        return first;
    }

    /** Ends all of a user's that nobody has come back with. */
    public void deleteOfUser(Tx tx, String userId) {
        tx.write(
                Sql.of(
                        "DELETE FROM direct_authentication WHERE org_id = ? AND user_id = ?",
                        tx.org(),
                        userId));
    }

    private static byte[] hash(Kind kind, String code) {
        return TokenHash.of("directAuthentication" + kind.name(), code).bytes();
    }

    private static DirectAuthentication read(Row row) {
        return new DirectAuthentication(
                Kind.valueOf(row.text("kind")),
                row.text("client_id"),
                row.text("server"),
                row.text("user_id"),
                row.texts("scopes"),
                row.texts("amr"),
                Optional.ofNullable(row.textOrNull("factor_id"))
                        .map(
                                factor ->
                                        new Asked(
                                                factor,
                                                Optional.ofNullable(row.textOrNull("question")))),
                row.instant("expires"));
    }
}
