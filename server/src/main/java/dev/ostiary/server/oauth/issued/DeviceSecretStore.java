package dev.ostiary.server.oauth.issued;

import dev.ostiary.platform.secret.TokenHash;
import dev.ostiary.platform.store.ExpiredRows;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Row;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.oauth.servers.Lifetimes;
import java.time.Instant;
import java.util.Optional;

/** The table {@code device_secret}. Thread-safe. */
public final class DeviceSecretStore {

    private static final ExpiredRows EXPIRED = new ExpiredRows("device_secret", "id");

    /** Keeps a new one under its text. */
    public void insert(Tx tx, DeviceSecret secret, String text, Instant now) {
        EXPIRED.sweep(tx, now);
        Authorization granted = secret.authorization();
        Lifetimes lives = granted.lifetimes();
        tx.write(
                Sql.of(
                        "INSERT INTO device_secret (org_id, id, hash, "
                                + Authorization.COLUMNS
                                + ", created, expires) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::text,"
                                + " ?, ?, ?, ?::text, ?::text, ?::text, ?, ?)",
                        tx.org(),
                        secret.sid(),
                        hash(text),
                        granted.clientId(),
                        granted.server(),
                        granted.userId(),
                        granted.scopes(),
                        granted.authTime(),
                        granted.amr(),
                        granted.acr().orElse(null),
                        lives.accessToken(),
                        lives.refreshToken(),
                        lives.refreshWindow(),
                        lives.inlineHook(),
                        granted.sid().orElse(null),
                        granted.session().orElse(null),
                        secret.created(),
                        secret.expires()));
    }

    /** The secret of a text, unless it has expired. */
    public Optional<DeviceSecret> find(Reader reader, String text, Instant now) {
        return reader.one(
                Sql.of(
                        "SELECT id, "
                                + Authorization.COLUMNS
                                + ", created, expires FROM device_secret"
                                + " WHERE org_id = ? AND hash = ? AND expires > ?",
                        reader.org(),
                        hash(text),
                        now),
                DeviceSecretStore::read);
    }

    /** Whether a secret is there and has not expired. */
    boolean isAlive(Reader reader, String sid, Instant now) {
        return reader.one(
                        Sql.of(
                                "SELECT 1 AS one FROM device_secret"
                                        + " WHERE org_id = ? AND id = ? AND expires > ?",
                                reader.org(),
                                sid,
                                now),
                        row -> row.number("one"))
                .isPresent();
    }

    /** Notes that a secret was used. False if it is not there any more. */
    public boolean touch(Tx tx, DeviceSecret secret) {
        return tx.run(
                        Sql.of(
                                "UPDATE device_secret SET expires = ? WHERE org_id = ? AND id = ?",
                                secret.expires(),
                                tx.org(),
                                secret.sid()))
                == 1;
    }

    /** Ends a secret, with all refresh tokens that belong to it. False if it was over already. */
    public boolean end(Tx tx, String sid) {
        boolean there =
                tx.run(
                                Sql.of(
                                        "DELETE FROM device_secret WHERE org_id = ? AND id = ?",
                                        tx.org(),
                                        sid))
                        == 1;
        if (there) {
            tx.write(
                    Sql.of(
                            "DELETE FROM refresh_token WHERE org_id = ? AND sid = ?",
                            tx.org(),
                            sid));
        }
        return there;
    }

    /** Ends all of a user's. */
    public void deleteOfUser(Tx tx, String userId) {
        tx.write(
                Sql.of(
                        "DELETE FROM device_secret WHERE org_id = ? AND user_id = ?",
                        tx.org(),
                        userId));
    }

    /** Ends all of a user's but one. */
    void deleteOthersOfUser(Tx tx, String userId, String kept) {
        tx.write(
                Sql.of(
                        "DELETE FROM device_secret WHERE org_id = ? AND user_id = ? AND id <> ?",
                        tx.org(),
                        userId,
                        kept));
    }

    private static byte[] hash(String text) {
        return TokenHash.of("deviceSecret", text).bytes();
    }

    private static DeviceSecret read(Row row) {
        return new DeviceSecret(
                row.text("id"),
                Authorization.read(row),
                row.instant("created"),
                row.instant("expires"));
    }
}
