package dev.ostiary.server.signin.yubikeys;

import dev.ostiary.platform.secret.Sealed;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Row;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.signin.yubikeys.YubikeyToken.Holder;
import dev.ostiary.server.signin.yubikeys.YubikeyToken.Status;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The rows of {@code yubikey_token}. A key is as active as its factor is there. Thread-safe. */
public final class YubikeyStore {

    private static final String SELECT =
            """
            SELECT t.id, t.public_id, t.serial, t.secret, t.user_id, t.factor_id, t.activated,
                t.created, t.last_updated, t.last_verified,
                EXISTS (SELECT FROM user_factor f
                    WHERE f.org_id = t.org_id AND f.id = t.factor_id) AS in_use
            FROM yubikey_token t WHERE t.org_id = ? AND\
            """;

    private final Sealed sealed;

    public YubikeyStore(Sealed sealed) {
        this.sealed = sealed;
    }

    /** A key with its seed. */
    public record Kept(YubikeyToken token, YubikeySeed seed) {}

    /** Rows beyond a place, in an order. */
    List<YubikeyToken> page(Reader reader, Sql beyond, Sql order, int atMost) {
        return reader.list(
                Sql.of(SELECT, reader.org())
                        .then(beyond)
                        .then("ORDER BY")
                        .then(order)
                        .then("LIMIT ?", atMost),
                YubikeyStore::token);
    }

    Optional<YubikeyToken> find(Reader reader, String id) {
        return reader.one(Sql.of(SELECT + " t.id = ?", reader.org(), id), YubikeyStore::token);
    }

    /** The key that a password says it is of; nobody else has it until the transaction ends. */
    public Optional<Kept> lock(Tx tx, String publicId) {
        return tx.one(
                Sql.of(SELECT + " t.public_id = ? FOR UPDATE OF t", tx.org(), publicId),
                row ->
                        new Kept(
                                token(row),
                                YubikeySeed.opened(
                                        sealed, tx.org(), row.text("id"), row.bytes("secret"))));
    }

    /** A new key; whether there is none with its public id yet. */
    boolean insert(Tx tx, YubikeyToken token, YubikeySeed seed) {
        return tx.run(
                        Sql.of(
                                """
                                INSERT INTO yubikey_token (org_id, id, public_id, serial, secret,
                                    created, last_updated, last_verified)
                                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                                ON CONFLICT (org_id, public_id) DO NOTHING""",
                                tx.org(),
                                token.id(),
                                token.publicId(),
                                token.serial(),
                                seed.sealed(sealed, tx.org(), token.id()),
                                token.created(),
                                token.lastUpdated(),
                                token.lastVerified()))
                > 0;
    }

    /** A key that nobody has any more is there for whoever enrols it. */
    void renew(Tx tx, YubikeyToken token, YubikeySeed seed) {
        tx.write(
                Sql.of(
                        """
                        UPDATE yubikey_token SET serial = ?, secret = ?, user_id = NULL,
                            factor_id = NULL, activated = NULL, last_updated = ?
                        WHERE org_id = ? AND id = ?""",
                        token.serial(),
                        seed.sealed(sealed, tx.org(), token.id()),
                        token.lastUpdated(),
                        tx.org(),
                        token.id()));
    }

    /** A user has it from now on. */
    public void assign(Tx tx, String id, Holder holder, Instant now) {
        tx.write(
                Sql.of(
                        """
                        UPDATE yubikey_token SET user_id = ?, factor_id = ?, activated = ?,
                            last_updated = ?, last_verified = ?
                        WHERE org_id = ? AND id = ?""",
                        holder.userId(),
                        holder.factorId(),
                        now,
                        now,
                        now,
                        tx.org(),
                        id));
    }

    /** A password of it was right. */
    public void verified(Tx tx, String id, Instant now) {
        tx.write(
                Sql.of(
                        "UPDATE yubikey_token SET last_verified = ? WHERE org_id = ? AND id = ?",
                        now,
                        tx.org(),
                        id));
    }

    private static YubikeyToken token(Row row) {
        String userId = row.textOrNull("user_id");
        String factorId = row.textOrNull("factor_id");
        Optional<Holder> holder =
                userId == null || factorId == null
                        ? Optional.empty()
                        : Optional.of(new Holder(userId, factorId));
        Status status =
                holder.isEmpty()
                        ? Status.UNASSIGNED
                        : row.flag("in_use") ? Status.ACTIVE : Status.REVOKED;
        return new YubikeyToken(
                row.text("id"),
                row.text("public_id"),
                row.text("serial"),
                status,
                holder,
                Optional.ofNullable(row.instantOrNull("activated")),
                row.instant("created"),
                row.instant("last_updated"),
                row.instant("last_verified"));
    }
}
