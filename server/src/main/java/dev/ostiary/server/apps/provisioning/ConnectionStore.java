package dev.ostiary.server.apps.provisioning;

import dev.ostiary.platform.secret.Purpose;
import dev.ostiary.platform.secret.Sealed;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Row;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.apps.provisioning.Connection.Scheme;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of {@code app_connection}. Thread-safe. */
final class ConnectionStore {

    private static final String FIELD = "app_connection.secret";

    private final Sealed sealed;

    ConnectionStore(Sealed sealed) {
        this.sealed = sealed;
    }

    Optional<Connection> find(Reader reader, String appId) {
        return reader.one(
                Sql.of(
                        """
                        SELECT app_id, status, auth_scheme, base_url, client_id, rotation_mode,
                            admin_name, secret IS NOT NULL AS has_secret, last_updated
                        FROM app_connection WHERE org_id = ? AND app_id = ?""",
                        reader.org(),
                        appId),
                ConnectionStore::read);
    }

    /** Writes a connection of an app that is held; a secret that is not said stays, if it may. */
    void put(Tx tx, Connection connection, @Nullable String secret) {
        byte @Nullable [] bytes =
                secret == null
                        ? null
                        : sealed.seal(
                                new Purpose(tx.org(), FIELD, connection.appId()),
                                secret.getBytes(StandardCharsets.UTF_8));
        tx.run(
                Sql.of(
                        """
                        INSERT INTO app_connection (org_id, app_id, status, auth_scheme, base_url,
                            client_id, rotation_mode, admin_name, secret, last_updated)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?::bytea, ?)
                        ON CONFLICT (org_id, app_id) DO UPDATE SET status = excluded.status,
                            auth_scheme = excluded.auth_scheme, base_url = excluded.base_url,
                            client_id = excluded.client_id,
                            rotation_mode = excluded.rotation_mode,
                            admin_name = excluded.admin_name,
                            secret = CASE WHEN ? THEN coalesce(excluded.secret, app_connection.secret)
                                END,
                            last_updated = excluded.last_updated""",
                        tx.org(),
                        connection.appId(),
                        connection.status(),
                        connection.scheme(),
                        connection.baseUrl(),
                        connection.clientId(),
                        connection.rotationMode(),
                        connection.adminName(),
                        bytes,
                        connection.lastUpdated(),
                        connection.hasSecret()));
    }

    private static Connection read(Row row) {
        return new Connection(
                row.text("app_id"),
                row.text("status").equals("ENABLED"),
                Scheme.valueOf(row.text("auth_scheme")),
                row.textOrNull("base_url"),
                row.textOrNull("client_id"),
                row.textOrNull("rotation_mode"),
                row.textOrNull("admin_name"),
                row.flag("has_secret"),
                row.instant("last_updated"));
    }
}
