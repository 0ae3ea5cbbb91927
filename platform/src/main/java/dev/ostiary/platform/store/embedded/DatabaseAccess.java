package dev.ostiary.platform.store.embedded;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * How to connect to the database. Stays true for as long as the {@link EmbeddedPostgres} lives,
 * also over restarts of the database process.
 *
 * @param host a loopback address
 * @param port TCP port
 * @param database name of the database
 * @param owner owns the database and its schema: migrations, building of indexes; no superuser
 * @param app serves requests: sees only what it is granted, and cannot bypass row-level security
 */
public record DatabaseAccess(String host, int port, String database, Login owner, Login app) {

    /** A role and its password; the password never shows in {@code toString}. */
    public record Login(String user, String password) {
        @Override
        public String toString() {
            return "Login[" + user + "]";
        }
    }

    /**
     * The address for pgjdbc, without credentials. It insists on SCRAM: whoever took the port of a
     * stopped database would otherwise be handed the password in clear.
     */
    public String jdbcUrl() {
        return "jdbc:postgresql://%s:%d/%s?requireAuth=scram-sha-256"
                .formatted(host, port, URLEncoder.encode(database, StandardCharsets.UTF_8));
    }

    DatabaseAccess onDatabase(String other) {
        return new DatabaseAccess(host, port, other, owner, app);
    }
}
