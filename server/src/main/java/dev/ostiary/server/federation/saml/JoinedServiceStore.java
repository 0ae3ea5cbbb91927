package dev.ostiary.server.federation.saml;

import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import java.util.List;
import java.util.Optional;

/** The table {@code session_service}; its rows go with their session. Thread-safe. */
final class JoinedServiceStore {

    /** More than that, and a browser would have too much to do. */
    private static final int MOST = 50;

    /**
     * A service that somebody came into.
     *
     * @param name what the service knows the user by
     * @param sessionIndex what it knows the session by
     */
    record Joined(String appId, String name, String sessionIndex) {}

    /** Notes one, unless the session is over; the last assertion counts. */
    void add(Tx tx, String sessionId, Joined joined) {
        tx.write(
                Sql.of(
                        """
                        INSERT INTO session_service (org_id, session_id, app_id, name,
                            session_index)
                        SELECT org_id, id, ?::text, ?::text, ?::text FROM user_session
                        WHERE org_id = ? AND id = ?
                        ON CONFLICT (org_id, session_id, app_id)
                        DO UPDATE SET name = excluded.name, session_index = excluded.session_index""",
                        joined.appId(),
                        joined.name(),
                        joined.sessionIndex(),
                        tx.org(),
                        sessionId));
    }

    /** What a service knows the user of a session by; nothing if nobody came into it. */
    Optional<String> name(Reader reader, String sessionId, String appId) {
        return reader.one(
                Sql.of(
                        """
                        SELECT name FROM session_service
                        WHERE org_id = ? AND session_id = ? AND app_id = ?""",
                        reader.org(),
                        sessionId,
                        appId),
                row -> row.text("name"));
    }

    /** Those of a session. */
    List<Joined> of(Reader reader, String sessionId) {
        return reader.list(
                Sql.of(
                        """
                        SELECT app_id, name, session_index FROM session_service
                        WHERE org_id = ? AND session_id = ? ORDER BY app_id LIMIT ?""",
                        reader.org(),
                        sessionId,
                        MOST),
                row -> new Joined(row.text("app_id"), row.text("name"), row.text("session_index")));
    }
}
