package dev.ostiary.server.apps;

import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.query.CaseFold;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Row;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of {@code app}, and the front door for rooms that have something to do with apps. */
public final class AppStore {

    private static final String COLUMNS =
            "a.id, a.name, a.custom, a.label, a.status, a.sign_on_mode, a.kid, a.client_id, a.body,"
                    + " a.access_policy, a.enrollment_policy, a.logo, a.created, a.last_updated";

    private static final String SELECT = "SELECT " + COLUMNS + " FROM app a";

    /** What else may happen to an app while a transaction goes on. */
    public enum Lock {
        /** Anything. */
        NONE(""),
        /** Everything but its deletion. */
        STAYS("FOR KEY SHARE OF a"),
        /** Whatever else does not ask for it alone. */
        ALONE("FOR NO KEY UPDATE OF a"),
        /** Nothing. */
        ALL("FOR UPDATE OF a");

        private final String sql;

        Lock(String sql) {
            this.sql = sql;
        }
    }

    /** The clients that name a zone, so that it stays. */
    public List<String> tiedTo(Reader reader, String zoneId) {
        return reader.list(
                Sql.of(
                        """
                        SELECT label FROM app
                        CROSS JOIN LATERAL (SELECT body::jsonb #> '{settings,oauthClient,network}' AS said) n
                        WHERE org_id = ? AND said ->> 'connection' = 'ZONE'
                          AND (said -> 'include' @> to_jsonb(?::text)
                            OR said -> 'exclude' @> to_jsonb(?::text))
                        ORDER BY id LIMIT 10""",
                        reader.org(),
                        zoneId,
                        zoneId),
                row -> "app " + row.text("label"));
    }

    /** The app of an id, built-in ones too. */
    public Optional<App> find(Reader reader, Org org, String id) {
        if (!Ids.isId(id)) {
            return Optional.empty();
        }
        return stored(reader, id, Lock.NONE).or(() -> BuiltInApps.of(org).find(id));
    }

    /**
     * As {@link #find}.
     *
     * @throws ApiException {@code E0000007} if there is none
     */
    public App require(Reader reader, Org org, String id) {
        return find(reader, org, id).orElseThrow(() -> unknown(id));
    }

    /**
     * The app of an id, to be changed.
     *
     * @throws ApiException {@code E0000007} if there is none, {@code E0000006} if it is one that
     *     every org has, and so nobody's to change
     */
    public App held(Tx tx, Org org, String id, Lock lock) {
        Optional<App> stored = Ids.isId(id) ? stored(tx, id, lock) : Optional.empty();
        if (stored.isEmpty() && BuiltInApps.of(org).find(id).isPresent()) {
            throw ApiException.forbidden();
        }
        return stored.orElseThrow(() -> unknown(id));
    }

    /** Says that there is no such app. */
    public static ApiException unknown(String id) {
        return ApiException.notFound(id, App.TYPE);
    }

    private static Optional<App> stored(Reader reader, String id, Lock lock) {
        return reader.one(
                Sql.of(SELECT + " WHERE a.org_id = ? AND a.id = ?", reader.org(), id)
                        .then(lock.sql),
                AppStore::read);
    }

    /** The app that is this OAuth client. */
    Optional<App> byClientId(Reader reader, String clientId) {
        return reader.one(
                Sql.of(SELECT + " WHERE a.org_id = ? AND a.client_id = ?", reader.org(), clientId),
                AppStore::read);
    }

    /** The apps that are these OAuth clients, in no order. */
    List<App> byClientIds(Reader reader, Collection<String> clientIds) {
        return reader.list(
                Sql.of(
                        SELECT + " WHERE a.org_id = ? AND a.client_id = ANY(?)",
                        reader.org(),
                        clientIds),
                AppStore::read);
    }

    /** The apps of these ids in their order; an id that is of none is passed over. */
    public List<App> byIds(Reader reader, Collection<String> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        Map<String, App> found = new HashMap<>();
        reader.list(
                        Sql.of(SELECT + " WHERE a.org_id = ? AND a.id = ANY(?)", reader.org(), ids),
                        AppStore::read)
                .forEach(app -> found.put(app.id(), app));
        return ids.stream().map(found::get).filter(Objects::nonNull).toList();
    }

    /** Whether another client has this name, in whatever case. */
    public boolean hasOtherClient(Reader reader, App app) {
        return reader.one(
                        Sql.of(
                                """
                                SELECT 1 AS one FROM app WHERE org_id = ? AND label_folded = ?
                                    AND client_id IS NOT NULL AND id <> ? LIMIT 1\
                                """,
                                reader.org(),
                                CaseFold.fold(app.label()),
                                app.id()),
                        row -> row.number("one"))
                .isPresent();
    }

    /** Apps for which a condition on {@code a} holds. */
    public List<App> list(Reader reader, Sql condition, Sql order, int most) {
        return reader.search(
                Sql.of(SELECT + " WHERE a.org_id = ? AND", reader.org())
                        .then(condition.grouped())
                        .then("ORDER BY")
                        .then(order)
                        .then("LIMIT ?", most),
                AppStore::read);
    }

    /**
     * The ids of the apps that a policy governs.
     *
     * @param policies know which one apps have by themselves
     */
    public List<String> governed(Reader reader, Org org, String policyId, AppPolicies policies) {
        return reader.list(
                Sql.of(
                        """
                        SELECT id FROM app WHERE org_id = ? AND (access_policy = ?
                            OR enrollment_policy = ? OR (? AND access_policy IS NULL)
                            OR (? AND enrollment_policy IS NULL)) ORDER BY id\
                        """,
                        reader.org(),
                        policyId,
                        policyId,
                        policyId.equals(policies.born(AppPolicies.Kind.ACCESS, org)),
                        policyId.equals(policies.born(AppPolicies.Kind.ENROLLMENT, org))),
                row -> row.text("id"));
    }

    /** How many there are. */
    int count(Reader reader) {
        return reader.one(
                        Sql.of("SELECT count(*) AS n FROM app WHERE org_id = ?", reader.org()),
                        row -> row.integer("n"))
                .orElse(0);
    }

    /** The highest number that an app's name has behind a beginning; 0 where none has. */
    int lastNumber(Reader reader, String beginning) {
        return reader.one(
                        Sql.of(
                                """
                                SELECT max(substr(name, length(?) + 1)::integer) AS n FROM app
                                WHERE org_id = ? AND custom AND name ^@ ?
                                  AND substr(name, length(?) + 1) ~ '^[0-9]{1,9}$'\
                                """,
                                beginning,
                                reader.org(),
                                beginning,
                                beginning),
                        row -> Optional.ofNullable(row.integerOrNull("n")).orElse(0))
                .orElse(0);
    }

    /** Adds an app, at the end of the transaction. */
    void insert(Tx tx, App app, byte @Nullable [] password) {
        tx.write(
                Sql.of(
                        """
                        INSERT INTO app (org_id, id, name, custom, label, label_folded, status,
                            sign_on_mode, kid, client_id, body, for_everyone, password, created,
                            last_updated)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
                        """,
                        tx.org(),
                        app.id(),
                        app.name(),
                        app.custom(),
                        app.label(),
                        CaseFold.fold(app.label()),
                        app.status(),
                        app.mode(),
                        app.kid(),
                        app.clientId(),
                        app.body(),
                        app.isForEveryone(),
                        password,
                        app.created(),
                        app.lastUpdated()));
    }

    /** Writes an app that is {@linkplain #held held}. */
    public void update(Tx tx, App app) {
        tx.write(
                Sql.of(
                        """
                        UPDATE app SET label = ?, label_folded = ?, status = ?, sign_on_mode = ?,
                            kid = ?, client_id = ?, body = ?, for_everyone = ?,
                            access_policy = ?, enrollment_policy = ?, logo = ?, last_updated = ?
                        WHERE org_id = ? AND id = ?\
                        """,
                        app.label(),
                        CaseFold.fold(app.label()),
                        app.status(),
                        app.mode(),
                        app.kid(),
                        app.clientId(),
                        app.body(),
                        app.isForEveryone(),
                        app.accessPolicy(),
                        app.enrollmentPolicy(),
                        app.logo(),
                        app.lastUpdated(),
                        tx.org(),
                        app.id()));
    }

    /** Gives it another shared password, sealed. */
    void password(Tx tx, App app, byte[] sealed) {
        tx.run(
                Sql.of(
                        "UPDATE app SET password = ? WHERE org_id = ? AND id = ?",
                        sealed,
                        tx.org(),
                        app.id()));
    }

    /** Removes an app; what belongs to it goes with it. */
    void delete(Tx tx, App app) {
        tx.write(Sql.of("DELETE FROM app WHERE org_id = ? AND id = ?", tx.org(), app.id()));
    }

    private static App read(Row row) {
        return new App(
                row.text(1),
                row.text(2),
                row.flag(3),
                row.text(4),
                App.Status.valueOf(row.text(5)),
                SignOnMode.valueOf(row.text(6)),
                row.textOrNull(7),
                row.textOrNull(8),
                row.text(9),
                row.textOrNull(10),
                row.textOrNull(11),
                row.textOrNull(12),
                row.instant(13),
                row.instant(14));
    }
}
