package dev.ostiary.server.oauth.consents;

import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Row;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table {@code user_consent}. Thread-safe. */
public final class ConsentStore {

    private static final String COLUMNS =
            "c.id, c.user_id, c.client_id, c.server, c.scope, c.scope_id, c.created";

    /**
     * Which consents are meant. What is not said does not count.
     *
     * @param after the id of the last one that is known
     */
    public record Selection(
            String userId,
            Optional<String> clientId,
            Optional<String> server,
            Optional<String> scopeId,
            Optional<String> after) {

        /** Those of a user. */
        public static Selection ofUser(String userId) {
            return new Selection(
                    userId, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        }

        /** Of these the ones for a client. */
        public Selection by(String client) {
            return new Selection(userId, Optional.of(client), server, scopeId, after);
        }

        /** Of these the ones for scopes of a server. */
        public Selection of(String serverId) {
            return new Selection(userId, clientId, Optional.of(serverId), scopeId, after);
        }

        /** Of these the one for a scope. */
        public Selection to(Optional<String> scope) {
            return new Selection(userId, clientId, server, scope, after);
        }

        /** Of these the ones after an id. */
        public Selection after(Optional<String> id) {
            return new Selection(userId, clientId, server, scopeId, id);
        }

        private Sql condition(long org) {
            Sql sql = Sql.of("c.org_id = ? AND c.user_id = ?", org, userId);
            sql = and(sql, "AND c.client_id = ?", clientId.orElse(null));
            sql = and(sql, "AND c.server = ?", server.orElse(null));
            sql = and(sql, "AND c.scope_id = ?", scopeId.orElse(null));
            return and(sql, "AND c.id > ?", after.orElse(null));
        }

        private static Sql and(Sql sql, String text, @Nullable String value) {
            return value == null ? sql : sql.then(text, value);
        }
    }

    /** Keeps a consent. False if the user had given it before. */
    public boolean insert(Tx tx, Consent consent) {
        return tx.run(
                        Sql.of(
                                """
                                INSERT INTO user_consent (org_id, id, user_id, client_id, server,
                                    scope, scope_id, created)
                                VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""",
                                tx.org(),
                                consent.id(),
                                consent.userId(),
                                consent.clientId(),
                                consent.server(),
                                consent.scope(),
                                consent.scopeId(),
                                consent.created()))
                == 1;
    }

    /** Consents in the order of their ids. */
    public List<Consent> list(Reader reader, Selection which, int most) {
        return reader.list(
                Sql.of("SELECT " + COLUMNS + " FROM user_consent c WHERE")
                        .then(which.condition(reader.org()))
                        .then("ORDER BY c.id LIMIT ?", most),
                ConsentStore::read);
    }

    /** The clients that have some, in the order of their ids. */
    public List<String> clients(Reader reader, Selection which) {
        return reader.list(
                Sql.of("SELECT DISTINCT c.client_id FROM user_consent c WHERE")
                        .then(which.condition(reader.org()))
                        .then("ORDER BY c.client_id"),
                row -> row.text("client_id"));
    }

    /** One of these consents. */
    public Optional<Consent> one(Reader reader, Selection which, String id) {
        return reader.one(
                Sql.of("SELECT " + COLUMNS + " FROM user_consent c WHERE")
                        .then(which.condition(reader.org()))
                        .then("AND c.id = ?", id),
                ConsentStore::read);
    }

    /** Takes consents back, and says which. */
    public List<Consent> deleteAll(Tx tx, Selection which) {
        return tx.list(
                Sql.of("DELETE FROM user_consent c WHERE")
                        .then(which.condition(tx.org()))
                        .then("RETURNING " + COLUMNS),
                ConsentStore::read);
    }

    /** Takes one back. False if it is not there any more. */
    public boolean delete(Tx tx, String id) {
        return tx.run(Sql.of("DELETE FROM user_consent WHERE org_id = ? AND id = ?", tx.org(), id))
                == 1;
    }

    /** Takes all back that are for a client; says how many. */
    public int deleteOfClient(Tx tx, String clientId) {
        return tx.run(
                Sql.of(
                        "DELETE FROM user_consent WHERE org_id = ? AND client_id = ?",
                        tx.org(),
                        clientId));
    }

    /** Takes all back that are for scopes of a server; says how many. */
    public int deleteOfServer(Tx tx, String server) {
        return tx.run(
                Sql.of(
                        "DELETE FROM user_consent WHERE org_id = ? AND server = ?",
                        tx.org(),
                        server));
    }

    /** Takes all back that are for a scope; says how many. */
    public int deleteOfScope(Tx tx, String server, String scopeId) {
        return tx.run(
                Sql.of(
                        "DELETE FROM user_consent WHERE org_id = ? AND server = ? AND scope_id = ?",
                        tx.org(),
                        server,
                        scopeId));
    }

    /** Takes all back that a user has given; says how many. */
    public int deleteOfUser(Tx tx, String userId) {
        return tx.run(
                Sql.of(
                        "DELETE FROM user_consent WHERE org_id = ? AND user_id = ?",
                        tx.org(),
                        userId));
    }

    private static Consent read(Row row) {
        return new Consent(
                row.text("id"),
                row.text("user_id"),
                row.text("client_id"),
                row.text("server"),
                row.text("scope"),
                row.text("scope_id"),
                row.instant("created"));
    }
}
