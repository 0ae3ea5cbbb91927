package dev.ostiary.server.signin.sessions;

import dev.ostiary.platform.access.Caller;
import dev.ostiary.platform.access.Permissions;
import dev.ostiary.platform.org.ConfigVersionStore;
import dev.ostiary.platform.org.ConfigVersions;
import dev.ostiary.platform.org.OrgSettings;
import dev.ostiary.platform.secret.TokenHash;
import dev.ostiary.platform.store.Json;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Row;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rows of {@code user_session}. Thread-safe. */
final class SessionStore {

    private static final String SELECT =
            """
            SELECT s.id, s.user_id, s.created, s.expires, s.idle_seconds, s.ends,
                   s.password_verified, s.factor_verified, s.amr, s.proven,
                   coalesce(s.active, s.created) AS active,
                   u.profile ->> 'login' AS login,
                   concat_ws(' ', u.profile ->> 'firstName',
                       u.profile ->> 'lastName') AS display_name
            FROM user_session s JOIN users u ON u.org_id = s.org_id AND u.id = s.user_id
            WHERE s.org_id = ? AND s.id = ? AND s.expires > ?""";

    private static final String BY_COOKIE = SELECT.replace("s.id = ?", "s.hash = ?");

    /** Ended or not, for who judges that. */
    private static final String BY_COOKIES =
            SELECT.replace("SELECT s.id", "SELECT s.hash, s.id")
                    .replace("s.id = ? AND s.expires > ?", "s.hash = ANY (?)");

    /** Asked by every request with a cookie; planned as the question for API tokens is. */
    private static final String HOLDERS =
            """
            SELECT s.hash, s.id, s.user_id, s.expires, u.status,
                   u.profile ->> 'login' AS login,
                   concat_ws(' ', u.profile ->> 'firstName',
                       u.profile ->> 'lastName') AS display_name,
                   (SELECT string_agg(r.role, ' ') FROM admin_role r
                    WHERE r.org_id = s.org_id AND r.user_id = s.user_id) AS roles,
                   (SELECT o.settings FROM org o WHERE o.org_id = s.org_id) AS settings,
                   %s AS config_versions
            FROM (SELECT * FROM user_session WHERE org_id = ? AND hash = ANY (?) OFFSET 0) s
            CROSS JOIN LATERAL (SELECT status, profile FROM users
                WHERE org_id = s.org_id AND id >= s.user_id AND id <= s.user_id
                ORDER BY id LIMIT 1) u"""
                    .formatted(ConfigVersionStore.EXPRESSION);

    /**
     * Whom a cookie speaks for, at the moment of asking.
     *
     * @param caller the session and its user, with the user's roles
     * @param userStatus the status of the user's account
     * @param expires when the session ends
     * @param settings of the org, among which its clock is
     * @param versions of the org's configuration
     */
    record Holder(
            Caller.Session caller,
            String userStatus,
            Instant expires,
            OrgSettings settings,
            ConfigVersions versions) {}

    /**
     * A new session.
     *
     * @param address from where it is used
     */
    void insert(Tx tx, Session session, @Nullable TokenHash cookie, @Nullable String address) {
        tx.write(
                Sql.of(
                        """
                        INSERT INTO user_session (org_id, id, hash, user_id, created, expires,
                            idle_seconds, ends, password_verified, factor_verified, amr, proven,
                            address)
                        VALUES (?, ?, ?::bytea, ?, ?, ?, ?, ?::timestamptz, ?::timestamptz,
                            ?::timestamptz, ?, ?, ?)""",
                        tx.org(),
                        session.id(),
                        cookie == null ? null : cookie.bytes(),
                        session.userId(),
                        session.created(),
                        session.expires(),
                        session.idle().toSeconds(),
                        session.ends().orElse(null),
                        session.proofs().password().orElse(null),
                        session.proofs().factor().orElse(null),
                        session.proofs().amr(),
                        json(session.proofs()),
                        address));
    }

    /** A session that has not ended. */
    Optional<Session> find(Reader reader, String id, Instant now) {
        return reader.one(Sql.of(SELECT, reader.org(), id, now), SessionStore::session);
    }

    /** The session that a browser shows this cookie for, unless it has ended. */
    Optional<Session> byCookie(Reader reader, TokenHash cookie, Instant now) {
        return reader.one(
                Sql.of(BY_COOKIE, reader.org(), cookie.bytes(), now), SessionStore::session);
    }

    /** The sessions of these cookies, whether they have ended or not. */
    Map<TokenHash, Session> byCookies(Reader reader, Collection<TokenHash> cookies) {
        byte[][] keys = cookies.stream().map(TokenHash::bytes).toArray(byte[][]::new);
        return reader
                .list(
                        Sql.of(BY_COOKIES, reader.org(), keys),
                        row -> Map.entry(TokenHash.stored(row.bytes("hash")), session(row)))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** As {@link #find}; nobody else changes it until the transaction ends. */
    Optional<Session> lock(Tx tx, String id, Instant now) {
        return tx.one(
                Sql.of(SELECT + " FOR UPDATE OF s", tx.org(), id, now), SessionStore::session);
    }

    void refresh(Tx tx, String id, Instant expires, Instant now) {
        tx.write(
                Sql.of(
                        "UPDATE user_session SET expires = ?, active = ?"
                                + " WHERE org_id = ? AND id = ?",
                        expires,
                        now,
                        tx.org(),
                        id));
    }

    /** From where the session of a cookie was last used; empty where nobody has noted it. */
    Optional<String> address(Reader reader, TokenHash cookie) {
        return reader.one(
                        Sql.of(
                                "SELECT address FROM user_session WHERE org_id = ? AND hash = ?",
                                reader.org(),
                                cookie.bytes()),
                        row -> Optional.ofNullable(row.textOrNull("address")))
                .flatMap(found -> found);
    }

    /**
     * The session is used from elsewhere.
     *
     * @return whether it was where it was seen, and is there still: of many who move it, one does
     */
    boolean move(Tx tx, String id, @Nullable String before, String address) {
        return tx.run(
                        Sql.of(
                                """
                                UPDATE user_session SET address = ? WHERE org_id = ? AND id = ?
                                AND address IS NOT DISTINCT FROM ?::text""",
                                address,
                                tx.org(),
                                id,
                                before))
                == 1;
    }

    /** The user was seen at work. */
    void visit(Tx tx, String id, Instant now) {
        tx.write(
                Sql.of(
                        "UPDATE user_session SET active = ? WHERE org_id = ? AND id = ?",
                        now,
                        tx.org(),
                        id));
    }

    /**
     * A browser takes the session up; one that had it before has it no more.
     *
     * @param proofs what has been proven by now
     * @param address from where it is used from now on
     */
    void takeUp(
            Tx tx,
            String id,
            TokenHash cookie,
            Proofs proofs,
            Instant now,
            @Nullable String address) {
        tx.write(
                Sql.of(
                        """
                        UPDATE user_session
                        SET hash = ?, password_verified = ?::timestamptz,
                            factor_verified = ?::timestamptz, amr = ?, proven = ?, active = ?,
                            address = ?
                        WHERE org_id = ? AND id = ?""",
                        cookie.bytes(),
                        proofs.password().orElse(null),
                        proofs.factor().orElse(null),
                        proofs.amr(),
                        json(proofs),
                        now,
                        address,
                        tx.org(),
                        id));
    }

    /** The column {@code proven}. */
    static Json json(Proofs proofs) {
        return new Json(ProvenJson.write(proofs.proven()));
    }

    void delete(Tx tx, String id) {
        tx.write(Sql.of("DELETE FROM user_session WHERE org_id = ? AND id = ?", tx.org(), id));
    }

    /** Every session of a user. */
    void deleteOf(Tx tx, String userId) {
        tx.write(
                Sql.of(
                        "DELETE FROM user_session WHERE org_id = ? AND user_id = ?",
                        tx.org(),
                        userId));
    }

    /** Every session of a user but one. */
    void deleteOthers(Tx tx, String userId, String kept) {
        tx.write(
                Sql.of(
                        "DELETE FROM user_session WHERE org_id = ? AND user_id = ? AND id <> ?",
                        tx.org(),
                        userId,
                        kept));
    }

    /** The sessions of a user that have not ended, the latest first. */
    List<OwnSessions.Line> ofUser(Reader reader, String userId, Instant now, int atMost) {
        return reader.list(
                Sql.of(
                        """
                        SELECT id, created, expires FROM user_session
                        WHERE org_id = ? AND user_id = ? AND expires > ?
                        ORDER BY created DESC, id LIMIT ?""",
                        reader.org(),
                        userId,
                        now,
                        atMost),
                row ->
                        new OwnSessions.Line(
                                row.text("id"), row.instant("created"), row.instant("expires")));
    }

    /** The sessions of a user that have ended by themselves. */
    void deleteEnded(Tx tx, String userId, Instant now) {
        tx.write(
                Sql.of(
                        "DELETE FROM user_session WHERE org_id = ? AND user_id = ? AND expires <= ?",
                        tx.org(),
                        userId,
                        now));
    }

    /** Whom these cookies speak for, by their hashes; unknown ones are left out. */
    Map<TokenHash, Holder> holders(Reader reader, Set<TokenHash> hashes) {
        byte[][] keys = hashes.stream().map(TokenHash::bytes).toArray(byte[][]::new);
        return reader
                .list(
                        Sql.of(HOLDERS, reader.org(), reader.org(), keys),
                        row -> Map.entry(TokenHash.stored(row.bytes("hash")), holder(row)))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Holder holder(Row row) {
        return new Holder(
                new Caller.Session(
                        row.text("id"),
                        new Caller.Principal(
                                row.text("user_id"), row.text("login"), row.text("display_name")),
                        Permissions.ofJoined(row.textOrNull("roles"))),
                row.text("status"),
                row.instant("expires"),
                OrgSettings.parse(row.json("settings")),
                ConfigVersions.parse(row.json("config_versions")));
    }

    private static Session session(Row row) {
        return new Session(
                row.text("id"),
                row.text("user_id"),
                row.text("login"),
                row.text("display_name"),
                row.instant("created"),
                row.instant("expires"),
                Duration.ofSeconds(row.number("idle_seconds")),
                Optional.ofNullable(row.instantOrNull("ends")),
                row.instant("active"),
                proofs(row));
    }

    /** What the columns {@code password_verified}, {@code factor_verified} and {@code amr} say. */
    static Proofs proofs(Row row) {
        return new Proofs(
                Optional.ofNullable(row.instantOrNull("password_verified")),
                Optional.ofNullable(row.instantOrNull("factor_verified")),
                row.texts("amr"),
                ProvenJson.read(row.json("proven")));
    }
}
