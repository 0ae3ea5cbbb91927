package dev.ostiary.server.oauth.servers;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.query.CaseFold;
import dev.ostiary.platform.store.Json;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Row;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import java.util.List;
import java.util.Optional;

/** The table {@code authorization_server}. Thread-safe. */
final class AuthorizationServerStore {

    /** The constraint that a second server of a name violates. */
    static final String NAME_IS_TAKEN = "authorization_server_name";

    private static final String COLUMNS = "id, body, created, last_updated";

    /** All that have a row. */
    List<AuthorizationServer> stored(Reader reader) {
        return reader.list(
                Sql.of(
                        "SELECT " + COLUMNS + " FROM authorization_server WHERE org_id = ?",
                        reader.org()),
                AuthorizationServerStore::server);
    }

    /** One of an org's; the one that it begins with is always there. */
    Optional<AuthorizationServer> find(Reader reader, Org org, String idOrDefault) {
        String id =
                idOrDefault.equals(AuthorizationServer.DEFAULT)
                        ? AuthorizationServer.defaultId(org)
                        : idOrDefault;
        Optional<AuthorizationServer> found =
                reader.one(
                        Sql.of(
                                "SELECT "
                                        + COLUMNS
                                        + " FROM authorization_server WHERE org_id = ? AND id = ?",
                                reader.org(),
                                id),
                        AuthorizationServerStore::server);
        return found.isEmpty() && id.equals(AuthorizationServer.defaultId(org))
                ? Optional.of(ServerTemplate.ofOrg(org))
                : found;
    }

    /** How many have a row. */
    long count(Reader reader) {
        return reader.one(
                        Sql.of(
                                "SELECT count(*) AS servers FROM authorization_server"
                                        + " WHERE org_id = ?",
                                reader.org()),
                        row -> row.number("servers"))
                .orElse(0L);
    }

    /** Writes a server; the org's row is held, so that nobody else does. */
    void save(Tx tx, AuthorizationServer server) {
        tx.run(
                Sql.of(
                        """
                        INSERT INTO authorization_server
                            (org_id, id, name_folded, body, created, last_updated)
                        VALUES (?, ?, ?, ?, ?, ?)
                        ON CONFLICT (org_id, id) DO UPDATE SET name_folded = EXCLUDED.name_folded,
                            body = EXCLUDED.body, last_updated = EXCLUDED.last_updated""",
                        tx.org(),
                        server.id(),
                        CaseFold.fold(server.name()),
                        new Json(StoredServer.text(server)),
                        server.created(),
                        server.lastUpdated()));
    }

    void delete(Tx tx, String id) {
        tx.write(
                Sql.of(
                        "DELETE FROM authorization_server WHERE org_id = ? AND id = ?",
                        tx.org(),
                        id));
    }

    /** Which of these are ids of groups. */
    List<String> groups(Reader reader, List<String> ids) {
        return reader.list(
                Sql.of("SELECT id FROM groups WHERE org_id = ? AND id = ANY(?)", reader.org(), ids),
                row -> row.text("id"));
    }

    /** Which of these are ids of users. */
    List<String> users(Reader reader, List<String> ids) {
        return reader.list(
                Sql.of("SELECT id FROM users WHERE org_id = ? AND id = ANY(?)", reader.org(), ids),
                row -> row.text("id"));
    }

    private static AuthorizationServer server(Row row) {
        return StoredServer.read(
                row.text("id"),
                row.json("body"),
                row.instant("created"),
                row.instant("last_updated"));
    }
}
