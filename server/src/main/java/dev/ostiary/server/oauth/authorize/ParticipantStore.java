package dev.ostiary.server.oauth.authorize;

import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import java.util.List;

/** The table {@code session_participant}; its rows go with their session. Thread-safe. */
final class ParticipantStore {

    /** More than that, and a browser would have too much to do. */
    private static final int MOST = 50;

    /**
     * A client that somebody came into.
     *
     * @param server at which: id of the custom server, or of the org for its own
     */
    record Participant(String clientId, String server) {}

    /** Notes one, unless the session is over. */
    void add(Tx tx, String sessionId, Participant participant) {
        tx.write(
                Sql.of(
                        """
                        INSERT INTO session_participant (org_id, session_id, client_id, server)
                        SELECT org_id, id, ?::text, ?::text FROM user_session
                        WHERE org_id = ? AND id = ?
                        ON CONFLICT DO NOTHING""",
                        participant.clientId(),
                        participant.server(),
                        tx.org(),
                        sessionId));
    }

    /** Those of a session, but for one client. */
    List<Participant> others(Reader reader, String sessionId, String clientId) {
        return reader.list(
                Sql.of(
                        """
                        SELECT client_id, server FROM session_participant
                        WHERE org_id = ? AND session_id = ? AND client_id <> ?
                        ORDER BY client_id, server LIMIT ?""",
                        reader.org(),
                        sessionId,
                        clientId,
                        MOST),
                row -> new Participant(row.text("client_id"), row.text("server")));
    }
}
