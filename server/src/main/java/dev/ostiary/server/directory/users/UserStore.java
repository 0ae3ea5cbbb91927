package dev.ostiary.server.directory.users;

import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.query.SearchDocument;
import dev.ostiary.platform.store.NewRow;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Row;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Rows of users and their search documents, always written together (P29). Writes are deferred: a
 * transaction that reads nothing before is one round trip. Thread-safe.
 */
final class UserStore {

    /** An id that no user has. */
    static final String NOBODY = "00u";

    /** The unique index of logins, as the migration wrote it. */
    static final String LOGIN_IS_TAKEN = "users_login";

    /** What {@link #user} expects, of {@code users u}. */
    static final String COLUMNS =
            """
            u.id, u.version, u.status, u.created, u.activated, u.status_changed, u.last_login,
            u.last_updated, u.password_changed, u.type_id, u.realm_id, u.profile,
            u.password_hash IS NOT NULL OR u.password_hook, u.recovery_question, u.provider_type,
            u.provider_name""";

    private static final String SECRETS =
            """
            u.password_hash, u.password_hook, u.password_history, u.recovery_answer,
            u.failed_attempts, u.locked_at""";

    private static final String FROM = " FROM users u WHERE u.org_id = ? AND ";

    private static final String BY_ID = "SELECT " + COLUMNS + FROM + "u.id = ?";

    private static final String BY_IDS = "SELECT " + COLUMNS + FROM + "u.id = ANY(?)";

    private static final String BY_LOGIN = "SELECT " + COLUMNS + FROM + "u.login_key = ?";

    private static final String SHORT_LOGIN = "u.login_key >= ? AND u.login_key < ? LIMIT 2";

    private static final String BY_SHORT_LOGIN = "SELECT " + COLUMNS + FROM + SHORT_LOGIN;

    private static final String WITH_SECRETS_BY_SHORT_LOGIN =
            "SELECT " + COLUMNS + ", " + SECRETS + FROM + SHORT_LOGIN;

    private static final String WITH_SECRETS =
            "SELECT " + COLUMNS + ", " + SECRETS + FROM + "u.id = ? ";

    private static final String WITH_SECRETS_BY_LOGIN =
            "SELECT " + COLUMNS + ", " + SECRETS + FROM + "u.login_key = ?";

    private static final String LOCK = WITH_SECRETS + "FOR NO KEY UPDATE";

    private static final String LOCK_TO_DELETE = WITH_SECRETS + "FOR UPDATE";

    private static final String SECRETS_BY_ID = "SELECT " + SECRETS + FROM + "u.id = ?";

    Optional<User> byId(Reader reader, String id) {
        return reader.one(Sql.of(BY_ID, reader.org(), id), UserStore::user);
    }

    /** The users of these ids that there are, in no particular order. */
    List<User> byIds(Reader reader, Collection<String> ids) {
        return ids.isEmpty()
                ? List.of()
                : reader.list(Sql.of(BY_IDS, reader.org(), ids), UserStore::user);
    }

    /** The next users after an id, with their secrets, in the order of their ids. */
    List<LockedUser> after(Reader reader, String id, int most) {
        return reader.list(
                Sql.of(
                        "SELECT "
                                + COLUMNS
                                + ", "
                                + SECRETS
                                + FROM
                                + "u.id > ? ORDER BY u.id LIMIT ?",
                        reader.org(),
                        id,
                        most),
                UserStore::whole);
    }

    /** The user of this login, in any case, with or without its diacritical marks. */
    Optional<User> byLogin(Reader reader, String login) {
        return reader.one(
                Sql.of(BY_LOGIN, reader.org(), LoginKey.of(login).text()), UserStore::user);
    }

    /** The only user whose login has this before its {@code @}; none where there are several. */
    Optional<User> byShortLogin(Reader reader, String shortLogin) {
        return only(reader.list(shortLogin(BY_SHORT_LOGIN, reader, shortLogin), UserStore::user));
    }

    private static Sql shortLogin(String statement, Reader reader, String shortLogin) {
        String key = LoginKey.of(shortLogin).text();
        // "A" follows "@" in the order of bytes
        return Sql.of(statement, reader.org(), key + "@", key + "A");
    }

    private static <T> Optional<T> only(List<T> some) {
        return some.size() == 1 ? Optional.of(some.getFirst()) : Optional.empty();
    }

    /** The user, kept from other writers until the transaction ends. */
    Optional<LockedUser> lock(Tx tx, String id) {
        return locked(tx, LOCK, id);
    }

    /** The users of these ids, kept from other writers until the transaction ends. */
    List<LockedUser> lockAll(Tx tx, Collection<String> ids) {
        return tx.list(
                Sql.of(
                        "SELECT "
                                + COLUMNS
                                + ", "
                                + SECRETS
                                + FROM
                                + "u.id = ANY(?) ORDER BY u.id FOR NO KEY UPDATE",
                        tx.org(),
                        ids),
                UserStore::whole);
    }

    /** Ids of users after an id, in order. */
    List<String> idsAfter(Reader reader, String id, int most) {
        return reader.list(
                Sql.of(
                        "SELECT u.id" + FROM + "u.id > ? ORDER BY u.id LIMIT ?",
                        reader.org(),
                        id,
                        most),
                row -> row.text(1));
    }

    /** The users after an id and up to another, in order, each kept as by {@link #lock}. */
    List<User> lockBetween(Tx tx, String after, String last) {
        return tx.list(
                Sql.of(
                        "SELECT "
                                + COLUMNS
                                + FROM
                                + "u.id > ? AND u.id <= ? ORDER BY u.id FOR NO KEY UPDATE",
                        tx.org(),
                        after,
                        last),
                UserStore::user);
    }

    /** As {@link #lock}, and nobody can begin to refer to the user either. */
    Optional<LockedUser> lockToDelete(Tx tx, String id) {
        return locked(tx, LOCK_TO_DELETE, id);
    }

    private static Optional<LockedUser> locked(Tx tx, String statement, String id) {
        return tx.one(Sql.of(statement, tx.org(), id), UserStore::whole);
    }

    /** The secrets of a user; none of somebody who is not there. */
    Secrets secrets(Reader reader, String id) {
        return reader.one(Sql.of(SECRETS_BY_ID, reader.org(), id), UserStore::secrets)
                .orElse(Secrets.NONE);
    }

    /** The user of an id, with the secrets, as they are at this moment. */
    Optional<LockedUser> seen(Reader reader, String id) {
        return reader.one(Sql.of(WITH_SECRETS, reader.org(), id), UserStore::whole);
    }

    /** The same, of the user whom {@link #byLogin} finds. */
    Optional<LockedUser> seenByLogin(Reader reader, String login) {
        return reader.one(
                Sql.of(WITH_SECRETS_BY_LOGIN, reader.org(), LoginKey.of(login).text()),
                UserStore::whole);
    }

    /** The same, of the user whom {@link #byShortLogin} finds. */
    Optional<LockedUser> seenByShortLogin(Reader reader, String shortLogin) {
        return only(
                reader.list(
                        shortLogin(WITH_SECRETS_BY_SHORT_LOGIN, reader, shortLogin),
                        UserStore::whole));
    }

    private static LockedUser whole(Row row) {
        return new LockedUser(user(row), secrets(row));
    }

    void insert(Tx tx, Org org, User user, Secrets secrets) {
        tx.insert(
                NewRow.of(
                        """
                        INSERT INTO users (org_id, id, version, status, created, activated,
                            status_changed, last_updated, password_changed, type_id, realm_id,
                            profile, login_key, provider_type, provider_name, password_hash, password_hook,
                            recovery_question, recovery_answer)""",
                        """
                        (?, ?, ?, ?, ?, ?::timestamptz, ?::timestamptz, ?, ?::timestamptz, ?,
                            ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                        org.number(),
                        user.id(),
                        user.version(),
                        user.status(),
                        user.created(),
                        user.activated(),
                        user.statusChanged(),
                        user.lastUpdated(),
                        user.passwordChanged(),
                        user.typeId(),
                        user.realmId(),
                        jsonb(user.profile().json()),
                        loginKey(user),
                        user.provider().type(),
                        user.provider().name(),
                        secrets.passwordHash(),
                        secrets.passwordHook(),
                        user.recoveryQuestion(),
                        secrets.answerHash()));
        SearchDocument document = searchDocument(org, user);
        tx.insert(
                NewRow.of(
                        """
                        INSERT INTO user_search (org_id, id, created, last_updated, doc, words)""",
                        "(?, ?, ?, ?, ?, ?)",
                        org.number(),
                        user.id(),
                        user.created(),
                        user.lastUpdated(),
                        jsonb(document.doc()),
                        document.words()));
        if (org.settings().delaysSearch()) {
            UserSearchDelay.created(tx, user.id(), user.created());
        }
    }

    /** Writes everything of a user that was {@linkplain #lock locked} before. */
    void update(Tx tx, Org org, User user, Secrets secrets) {
        tx.write(
                Sql.of(
                        """
                        UPDATE users SET version = ?, status = ?, activated = ?::timestamptz,
                            status_changed = ?::timestamptz, last_login = ?::timestamptz,
                            last_updated = ?, password_changed = ?::timestamptz, type_id = ?,
                            realm_id = ?, profile = ?, login_key = ?, provider_type = ?, provider_name = ?,
                            password_hash = ?, password_hook = ?, password_history = ?,
                            recovery_question = ?, recovery_answer = ?, failed_attempts = ?,
                            locked_at = ?::timestamptz
                        WHERE org_id = ? AND id = ?""",
                        user.version(),
                        user.status(),
                        user.activated(),
                        user.statusChanged(),
                        user.lastLogin(),
                        user.lastUpdated(),
                        user.passwordChanged(),
                        user.typeId(),
                        user.realmId(),
                        jsonb(user.profile().json()),
                        loginKey(user),
                        user.provider().type(),
                        user.provider().name(),
                        secrets.passwordHash(),
                        secrets.passwordHook(),
                        secrets.history(),
                        user.recoveryQuestion(),
                        secrets.answerHash(),
                        secrets.failedAttempts(),
                        secrets.lockedAt(),
                        org.number(),
                        user.id()));
        SearchDocument document = searchDocument(org, user);
        tx.write(
                Sql.of(
                        """
                        UPDATE user_search SET last_updated = ?, doc = ?, words = ?
                        WHERE org_id = ? AND id = ?""",
                        user.lastUpdated(),
                        jsonb(document.doc()),
                        document.words(),
                        org.number(),
                        user.id()));
        if (org.settings().delaysSearch()) {
            UserSearchDelay.updated(tx, user.id(), user.lastUpdated());
        }
    }

    /**
     * Writes what sign-in notes of a user that was {@linkplain #lock locked} before, and nothing
     * that a search finds users by.
     */
    void note(Tx tx, User user, Secrets secrets) {
        tx.write(
                Sql.of(
                        """
                        UPDATE users SET version = ?, last_login = ?::timestamptz,
                            provider_type = ?, provider_name = ?, password_hash = ?,
                            failed_attempts = ?, locked_at = ?::timestamptz
                        WHERE org_id = ? AND id = ?""",
                        user.version(),
                        user.lastLogin(),
                        user.provider().type(),
                        user.provider().name(),
                        secrets.passwordHash(),
                        secrets.failedAttempts(),
                        secrets.lockedAt(),
                        tx.org(),
                        user.id()));
    }

    /** The same for nobody. */
    static void noteNobody(Tx tx) {
        tx.write(
                Sql.of(
                        "UPDATE users SET failed_attempts = 0 WHERE org_id = ? AND id = ?",
                        tx.org(),
                        NOBODY));
    }

    void delete(Tx tx, String id) {
        tx.write(Sql.of("DELETE FROM user_search WHERE org_id = ? AND id = ?", tx.org(), id));
        tx.write(Sql.of("DELETE FROM users WHERE org_id = ? AND id = ?", tx.org(), id));
    }

    /** The user of the current row, of which {@link #COLUMNS} come first. */
    static User user(Row row) {
        return new User(
                row.text(1),
                row.number(2),
                UserStatus.valueOf(row.text(3)),
                row.instant(4),
                row.instantOrNull(5),
                row.instantOrNull(6),
                row.instantOrNull(7),
                row.instant(8),
                row.instantOrNull(9),
                row.textOrNull(10),
                row.textOrNull(11),
                new Profile(row.text(12)),
                row.flag(13),
                row.textOrNull(14),
                new Provider(Provider.Type.valueOf(row.text(15)), row.text(16)));
    }

    private static Secrets secrets(Row row) {
        return new Secrets(
                row.textOrNull("password_hash"),
                row.flag("password_hook"),
                row.texts("password_history"),
                row.textOrNull("recovery_answer"),
                row.integer("failed_attempts"),
                row.instantOrNull("locked_at"));
    }

    private static String loginKey(User user) {
        return LoginKey.of(user.login()).text();
    }

    private static dev.ostiary.platform.store.Json jsonb(String text) {
        return new dev.ostiary.platform.store.Json(text);
    }

    /** What {@link UserSearch} finds the user by, besides the columns of the table. */
    private static SearchDocument searchDocument(Org org, User user) {
        return searchDocument(org, user, user.profile().document());
    }

    /**
     * As above, for whoever has the profile's document at hand.
     *
     * @param profile what the user's profile says
     */
    static SearchDocument searchDocument(Org org, User user, ObjectNode profile) {
        ObjectNode document = Json.object();
        document.put("status", user.status().name());
        date(document, "activated", user.activated());
        date(document, "statusChanged", user.statusChanged());
        document.putObject("type").put("id", UserType.of(org, user).id());
        if (user.realmId() != null) {
            document.put("realmId", user.realmId());
        }
        document.set("profile", profile);
        return SearchDocument.of(document, UserAttributes.WHOLE);
    }

    private static void date(ObjectNode document, String name, @Nullable Instant value) {
        if (value != null) {
            document.put(name, Dates.text(value));
        }
    }
}
