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
import java.util.stream.IntStream;

/** The rows of {@code yubikey_token}. A key is as active as its factor is there. Thread-safe. */
public final class YubikeyStore {

    private static final String COLUMNS =
            """
            t.id, t.public_id, t.serial, t.secret, t.user_id, t.factor_id, t.activated,
                t.created, t.last_updated, t.last_verified,
                EXISTS (SELECT FROM user_factor f
                    WHERE f.org_id = t.org_id AND f.id = t.factor_id) AS in_use\
            """;
    private static final String SELECT =
            "SELECT " + COLUMNS + " FROM yubikey_token t WHERE t.org_id = ? AND";

    private final Sealed sealed;

    public YubikeyStore(Sealed sealed) {
        this.sealed = sealed;
    }

    /** A key with its seed. */
    public record Kept(YubikeyToken token, YubikeySeed seed) {}

    /** Who has a key now. */
    static final String HOLDER =
            "(SELECT f.user_id FROM user_factor f"
                    + " WHERE f.org_id = t.org_id AND f.id = t.factor_id)";

    /** The mail address of whoever has a key now, as searches see it. */
    static final String EMAIL =
            "(SELECT lower(u.profile ->> 'email') FROM user_factor f"
                    + " JOIN users u ON u.org_id = f.org_id AND u.id = f.user_id"
                    + " WHERE f.org_id = t.org_id AND f.id = t.factor_id)";

    /** As {@link Status} has it. */
    static final String STATUS =
            "(CASE WHEN t.factor_id IS NULL THEN 'UNASSIGNED' WHEN EXISTS (SELECT"
                    + " FROM user_factor f WHERE f.org_id = t.org_id AND f.id = t.factor_id)"
                    + " THEN 'ACTIVE' ELSE 'REVOKED' END)";

    /**
     * Which rows, and in which order.
     *
     * @param selection the keys of the order, as a cursor needs them
     * @param keys how many
     */
    record Wanted(Sql selection, int keys, Sql condition, Sql beyond, Sql order, int most) {}

    /** A row, and its place in the order. */
    record Listed(YubikeyToken token, List<Optional<String>> place) {}

    List<Listed> page(Reader reader, Wanted wanted) {
        return reader.list(
                Sql.of("SELECT " + COLUMNS + ",")
                        .then(wanted.selection())
                        .then("FROM yubikey_token t WHERE t.org_id = ? AND", reader.org())
                        .then(wanted.condition().grouped())
                        .then("AND")
                        .then(wanted.beyond())
                        .then("ORDER BY")
                        .then(wanted.order())
                        .then("LIMIT ?", wanted.most()),
                row ->
                        new Listed(
                                token(row),
                                IntStream.range(0, wanted.keys())
                                        .mapToObj(
                                                i ->
                                                        Optional.ofNullable(
                                                                row.textOrNull("key_" + i)))
                                        .toList()));
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
