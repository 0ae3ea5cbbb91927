package dev.ostiary.server.identitysources;

import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Json;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Row;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.identitysources.Session.Status;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The rows of {@code identity_source_session} and {@code identity_source_load}. Thread-safe. */
final class SessionStore {

    /** Sessions that a source keeps; of those that are over the oldest go. */
    static final int KEPT = 200;

    private static final int OPEN_AT_ONCE = 50;

    private static final String SELECT =
            "SELECT id, source_id, status, loads, done, counts, job, created, last_updated,"
                    + " triggered FROM identity_source_session WHERE org_id = ? AND";

    /** A session with something to be done, and its org. */
    record Open(long org, String id, String job) {}

    /** The sessions of a source, the newest first. */
    List<Session> list(Reader reader, String sourceId) {
        return reader.list(
                Sql.of(SELECT + " source_id = ? ORDER BY id DESC", reader.org(), sourceId),
                SessionStore::read);
    }

    /**
     * The session of an id.
     *
     * @throws ApiException {@code E0000007} if the source has none
     */
    Session require(Reader reader, String sourceId, String id) {
        return find(reader, sourceId, id, "");
    }

    /** As {@link #require}; nobody else changes it before the transaction ends. */
    Session lock(Tx tx, String sourceId, String id) {
        return find(tx, sourceId, id, "FOR UPDATE");
    }

    private static Session find(Reader reader, String sourceId, String id, String lock) {
        return (Ids.isId(id)
                        ? reader.one(
                                Sql.of(
                                        SELECT + " id = ? AND source_id = ? " + lock,
                                        reader.org(),
                                        id,
                                        sourceId),
                                SessionStore::read)
                        : Optional.<Session>empty())
                .orElseThrow(() -> ApiException.notFound(id, Session.TYPE));
    }

    /** Adds a session; the oldest of those that are over make room for it. */
    void insert(Tx tx, Session session) {
        tx.run(
                Sql.of(
                        """
                        DELETE FROM identity_source_session WHERE org_id = ? AND source_id = ?
                          AND status NOT IN ('CREATED', 'IN_PROGRESS', 'TRIGGERED')
                          AND id <= (SELECT id FROM identity_source_session
                            WHERE org_id = ? AND source_id = ? ORDER BY id DESC OFFSET ? LIMIT 1)""",
                        tx.org(),
                        session.sourceId(),
                        tx.org(),
                        session.sourceId(),
                        KEPT - 1));
        tx.write(
                Sql.of(
                        """
                        INSERT INTO identity_source_session (org_id, id, source_id, status, loads,
                            done, counts, job, created, last_updated)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                        tx.org(),
                        session.id(),
                        session.sourceId(),
                        session.status(),
                        session.loads(),
                        session.done(),
                        new Json(session.counts().json()),
                        session.job(),
                        session.created(),
                        session.lastUpdated()));
    }

    /** Writes a session that is {@linkplain #lock locked}, later. */
    void update(Tx tx, Session session) {
        tx.write(
                Sql.of(
                        """
                        UPDATE identity_source_session SET status = ?, loads = ?, done = ?,
                            counts = ?, last_updated = ?, triggered = ?::timestamptz
                        WHERE org_id = ? AND id = ?""",
                        session.status(),
                        session.loads(),
                        session.done(),
                        new Json(session.counts().json()),
                        session.lastUpdated(),
                        session.triggered(),
                        tx.org(),
                        session.id()));
    }

    /** Adds a load under the number that the session says, later. */
    void load(Tx tx, Session session, Load load) {
        tx.write(
                Sql.of(
                        """
                        INSERT INTO identity_source_load (org_id, session_id, number, kind, body)
                        VALUES (?, ?, ?, ?, ?)""",
                        tx.org(),
                        session.id(),
                        session.loads(),
                        load.kind(),
                        load.json()));
    }

    /** The load that is to be done next. */
    Optional<Load> next(Reader reader, Session session) {
        return reader.one(
                Sql.of(
                        """
                        SELECT kind, body FROM identity_source_load
                        WHERE org_id = ? AND session_id = ? AND number = ?""",
                        reader.org(),
                        session.id(),
                        session.done() + 1),
                row -> Load.of(Load.Kind.valueOf(row.text("kind")), row.text("body")));
    }

    /** Forgets what was loaded, later. */
    void forget(Tx tx, Session session) {
        tx.write(
                Sql.of(
                        "DELETE FROM identity_source_load WHERE org_id = ? AND session_id = ?",
                        tx.org(),
                        session.id()));
    }

    /** Of every source the session whose import was asked for first. */
    List<Open> triggered(Tx acrossOrgs) {
        return acrossOrgs.list(
                Sql.of(
                        """
                        SELECT o.org_id, o.id, o.job FROM (
                            SELECT DISTINCT ON (org_id, source_id) org_id, id, job, triggered
                            FROM identity_source_session WHERE status = 'TRIGGERED'
                            ORDER BY org_id, source_id, triggered, id) o
                        ORDER BY o.triggered LIMIT ?""",
                        OPEN_AT_ONCE),
                SessionStore::open);
    }

    /** Sessions into which nothing has been loaded for too long. */
    List<Open> stale(Tx acrossOrgs, Instant before) {
        return acrossOrgs.list(
                Sql.of(
                        """
                        SELECT org_id, id, job FROM identity_source_session
                        WHERE status IN ('CREATED', 'IN_PROGRESS') AND last_updated <= ?
                        ORDER BY last_updated LIMIT ?""",
                        before,
                        OPEN_AT_ONCE),
                SessionStore::open);
    }

    /** A session in a state, if nobody else is at it; held until the transaction ends. */
    Optional<Session> claim(Tx tx, String id, Status... states) {
        return tx.one(
                Sql.of(
                        SELECT + " id = ? AND status = ANY(?) FOR UPDATE SKIP LOCKED",
                        tx.org(),
                        id,
                        List.of(states)),
                SessionStore::read);
    }

    private static Open open(Row row) {
        return new Open(row.number("org_id"), row.text("id"), row.text("job"));
    }

    private static Session read(Row row) {
        return new Session(
                row.text("id"),
                row.text("source_id"),
                Status.valueOf(row.text("status")),
                row.integer("loads"),
                row.integer("done"),
                Counts.of(row.json("counts")),
                row.text("job"),
                row.instant("created"),
                row.instant("last_updated"),
                row.instantOrNull("triggered"));
    }
}
