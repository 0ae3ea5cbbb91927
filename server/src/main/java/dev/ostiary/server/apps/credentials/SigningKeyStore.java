package dev.ostiary.server.apps.credentials;

import dev.ostiary.platform.secret.Purpose;
import dev.ostiary.platform.secret.Sealed;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Row;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The rows of {@code app_key} and {@code app_csr}; seals private keys. Thread-safe. */
final class SigningKeyStore {

    private static final String SELECT =
            "SELECT kid, certificate, created, last_updated, expires FROM app_key";

    /** The same for both tables, and for an app's copy of another one's key. */
    private static final String FIELD = "app_key.private_key";

    private final Sealed sealed;

    SigningKeyStore(Sealed sealed) {
        this.sealed = sealed;
    }

    byte[] seal(long org, String kid, byte[] privateKey) {
        return sealed.seal(new Purpose(org, FIELD, kid), privateKey);
    }

    Optional<SigningKey> find(Reader reader, String appId, String kid) {
        return reader.one(
                Sql.of(
                        SELECT + " WHERE org_id = ? AND app_id = ? AND kid = ?",
                        reader.org(),
                        appId,
                        kid),
                SigningKeyStore::read);
    }

    /** The newest first. */
    List<SigningKey> all(Reader reader, String appId) {
        return reader.list(
                Sql.of(
                        SELECT + " WHERE org_id = ? AND app_id = ? ORDER BY created DESC, kid",
                        reader.org(),
                        appId),
                SigningKeyStore::read);
    }

    /** The private key, PKCS#8. */
    Optional<byte[]> privateKey(Reader reader, String appId, String kid) {
        return reader.one(
                        Sql.of(
                                "SELECT private_key FROM app_key"
                                        + " WHERE org_id = ? AND app_id = ? AND kid = ?",
                                reader.org(),
                                appId,
                                kid),
                        row -> row.bytes("private_key"))
                .map(bytes -> sealed.open(new Purpose(reader.org(), FIELD, kid), bytes));
    }

    /** Adds a key unless the app has one of its name; whether it had none. */
    boolean insert(Tx tx, String appId, SigningKey key, byte[] sealedKey) {
        return tx.run(
                        Sql.of(
                                """
                                INSERT INTO app_key (org_id, app_id, kid, certificate, private_key,
                                    created, last_updated, expires)
                                VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING\
                                """,
                                tx.org(),
                                appId,
                                key.kid(),
                                key.certificate(),
                                sealedKey,
                                key.created(),
                                key.lastUpdated(),
                                key.expires()))
                == 1;
    }

    /** Gives one app's key to another; whether that one had it not already. */
    boolean copy(Tx tx, String from, String kid, String to) {
        return tx.run(
                        Sql.of(
                                """
                                INSERT INTO app_key (org_id, app_id, kid, certificate, private_key,
                                    created, last_updated, expires)
                                SELECT org_id, ?, kid, certificate, private_key, created,
                                    last_updated, expires
                                FROM app_key WHERE org_id = ? AND app_id = ? AND kid = ?
                                ON CONFLICT DO NOTHING\
                                """,
                                to,
                                tx.org(),
                                from,
                                kid))
                == 1;
    }

    /** A request for a certificate, with its key as it is kept. */
    record Pending(String id, byte[] request, byte[] sealedKey, Instant created) {}

    void insert(Tx tx, String appId, Pending pending) {
        tx.write(
                Sql.of(
                        """
                        INSERT INTO app_csr (org_id, app_id, id, request, private_key, created)
                        VALUES (?, ?, ?, ?, ?, ?)\
                        """,
                        tx.org(),
                        appId,
                        pending.id(),
                        pending.request(),
                        pending.sealedKey(),
                        pending.created()));
    }

    List<Pending> pending(Reader reader, String appId) {
        return reader.list(
                Sql.of(
                        """
                        SELECT id, request, private_key, created FROM app_csr
                        WHERE org_id = ? AND app_id = ? ORDER BY created, id\
                        """,
                        reader.org(),
                        appId),
                SigningKeyStore::readPending);
    }

    Optional<Pending> pending(Reader reader, String appId, String id) {
        return reader.one(
                Sql.of(
                        """
                        SELECT id, request, private_key, created FROM app_csr
                        WHERE org_id = ? AND app_id = ? AND id = ?\
                        """,
                        reader.org(),
                        appId,
                        id),
                SigningKeyStore::readPending);
    }

    /** Whether there was one. */
    boolean deletePending(Tx tx, String appId, String id) {
        return tx.run(
                        Sql.of(
                                "DELETE FROM app_csr WHERE org_id = ? AND app_id = ? AND id = ?",
                                tx.org(),
                                appId,
                                id))
                == 1;
    }

    private static SigningKey read(Row row) {
        return new SigningKey(
                row.text("kid"),
                row.bytes("certificate"),
                row.instant("created"),
                row.instant("last_updated"),
                row.instant("expires"));
    }

    private static Pending readPending(Row row) {
        return new Pending(
                row.text("id"),
                row.bytes("request"),
                row.bytes("private_key"),
                row.instant("created"));
    }
}
