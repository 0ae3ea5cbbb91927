package dev.ostiary.server.directory.realms;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.query.CaseFold;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Row;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The table of realms. Thread-safe. */
final class RealmStore {

    /** The unique index of names, as the migration wrote it. */
    static final String NAME_IS_TAKEN = "realm_name";

    /** The reference from users, as the migration wrote it. */
    static final String HAS_USERS = "users_realm";

    private static final String COLUMNS = "id, name, type, domains, created, last_updated";

    /** The realm of an id; the default one also where it has no row. */
    Optional<Realm> find(Reader reader, Org org, String id) {
        Optional<Realm> stored =
                reader.one(
                        Sql.of(
                                "SELECT " + COLUMNS + " FROM realm WHERE org_id = ? AND id = ?",
                                reader.org(),
                                id),
                        RealmStore::realm);
        return stored.isEmpty() && id.equals(Realm.defaultId(org))
                ? Optional.of(Realm.born(org))
                : stored;
    }

    /** The realms of these ids, by them; the default one also where it has no row. */
    Map<String, Realm> byIds(Reader reader, Org org, Collection<String> ids) {
        Map<String, Realm> found = new HashMap<>();
        found.put(Realm.defaultId(org), Realm.born(org));
        reader.list(
                        Sql.of(
                                "SELECT "
                                        + COLUMNS
                                        + " FROM realm WHERE org_id = ? AND id = ANY(?)",
                                reader.org(),
                                ids),
                        RealmStore::realm)
                .forEach(realm -> found.put(realm.id(), realm));
        return found;
    }

    /** All that have a row. */
    List<Realm> stored(Reader reader) {
        return reader.list(
                Sql.of("SELECT " + COLUMNS + " FROM realm WHERE org_id = ?", reader.org()),
                RealmStore::realm);
    }

    /** How many there are, the default one among them. */
    long count(Reader reader, Org org) {
        return reader.one(
                        Sql.of(
                                "SELECT count(*) AS realms FROM realm"
                                        + " WHERE org_id = ? AND id <> ?",
                                reader.org(),
                                Realm.defaultId(org)),
                        row -> row.number("realms"))
                .map(others -> others + 1)
                .orElse(1L);
    }

    /** What stands in FROM: {@code r}, all realms of an org, and whether each is the default. */
    static Sql all(Org org) {
        Realm born = Realm.born(org);
        return Sql.of(
                """
                (SELECT id, name, name_folded, type, domains, created, last_updated,
                    id = ? AS is_default FROM realm WHERE org_id = ?
                UNION ALL
                SELECT ?, ?, ?, ?, '{}', ?::timestamptz, ?::timestamptz, TRUE
                WHERE NOT EXISTS (SELECT 1 FROM realm WHERE org_id = ? AND id = ?)) r""",
                born.id(),
                org.number(),
                born.id(),
                born.profile().name(),
                CaseFold.fold(born.profile().name()),
                born.profile().type(),
                born.created(),
                born.lastUpdated(),
                org.number(),
                born.id());
    }

    /** Writes a realm; the org's row is held, so that nobody else does. */
    void save(Tx tx, Realm realm) {
        RealmProfile profile = realm.profile();
        tx.run(
                Sql.of(
                        """
                        INSERT INTO realm (org_id, id, name, name_folded, type, domains, created,
                            last_updated)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                        ON CONFLICT (org_id, id) DO UPDATE SET name = EXCLUDED.name,
                            name_folded = EXCLUDED.name_folded, type = EXCLUDED.type,
                            domains = EXCLUDED.domains, last_updated = EXCLUDED.last_updated""",
                        tx.org(),
                        realm.id(),
                        profile.name(),
                        CaseFold.fold(profile.name()),
                        profile.type(),
                        profile.domains(),
                        realm.created(),
                        realm.lastUpdated()));
    }

    /** Fails with a violation of {@link #HAS_USERS} while there are users in it. */
    void delete(Tx tx, String id) {
        tx.run(Sql.of("DELETE FROM realm WHERE org_id = ? AND id = ?", tx.org(), id));
    }

    static Realm realm(Row row) {
        return new Realm(
                row.text("id"),
                new RealmProfile(
                        row.text("name"),
                        RealmType.valueOf(row.text("type")),
                        row.texts("domains")),
                row.instant("created"),
                row.instant("last_updated"));
    }
}
