package dev.ostiary.server.directory.users;

import dev.ostiary.platform.event.Target;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Row;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.users.UserImport.Known;
import dev.ostiary.server.directory.users.UserImport.Newcomer;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * New users by the hundred: one statement for their rows and one for their search documents, with a
 * parameter a column. Its text never changes, so the database plans it once.
 */
final class UserBatchStore {

    private static final String KNOWN =
            """
            SELECT u.id, u.login_key, u.profile ->> 'login' AS login,
                u.profile ->> 'firstName' AS first, u.profile ->> 'lastName' AS last
            FROM users u WHERE u.org_id = ? AND""";

    /** The users of these logins that there are, by login key. */
    Map<String, Known> byLogin(Reader reader, Collection<String> loginKeys) {
        return known(reader, "u.login_key = ANY(?)", loginKeys, "login_key");
    }

    /** The users of these ids that there are, by id. */
    Map<String, Known> byId(Reader reader, Collection<String> ids) {
        return known(reader, "u.id = ANY(?)", ids, "id");
    }

    private static Map<String, Known> known(
            Reader reader, String condition, Collection<String> wanted, String key) {
        Map<String, Known> known = new HashMap<>();
        if (wanted.isEmpty()) {
            return known;
        }
        reader.list(
                        Sql.of(KNOWN, reader.org()).then(condition, wanted),
                        row -> Map.entry(row.text(key), known(row)))
                .forEach(entry -> known.put(entry.getKey(), entry.getValue()));
        return known;
    }

    private static Known known(Row row) {
        String id = row.text("id");
        String name = UserEvents.displayName(row.textOrNull("first"), row.textOrNull("last"));
        return new Known(id, new Target(id, UserDirectory.TYPE, row.text("login"), name));
    }

    /** Adds rows and search documents of users who were all made at one moment, later. */
    void insert(Tx tx, Org org, List<Newcomer> births, Instant created) {
        tx.write(
                Sql.of(
                        """
                        INSERT INTO users (org_id, id, version, status, created, activated,
                            status_changed, last_updated, password_changed, type_id, realm_id, profile,
                            login_key, provider_type, provider_name, password_hash, password_hook,
                            recovery_question, recovery_answer, locked_at)
                        SELECT ?::bigint, u.id, 1, u.status, ?::timestamptz, u.activated,
                            u.status_changed, ?::timestamptz, u.password_changed, u.type_id,
                            u.realm_id, u.profile::jsonb, u.login_key, u.provider_type, u.provider_name,
                            u.password_hash, u.password_hook, u.recovery_question,
                            u.recovery_answer, u.locked_at
                        FROM unnest(?::text[], ?::text[], ?::timestamptz[], ?::timestamptz[],
                            ?::timestamptz[], ?::text[], ?::text[], ?::text[], ?::text[],
                            ?::text[], ?::text[], ?::text[], ?::boolean[], ?::text[], ?::text[],
                            ?::timestamptz[])
                            AS u(id, status, activated, status_changed, password_changed, type_id,
                                realm_id, profile, login_key, provider_type, provider_name, password_hash,
                                password_hook, recovery_question, recovery_answer, locked_at)""",
                        org.number(),
                        created,
                        created,
                        column(births, birth -> birth.user().id()),
                        column(births, birth -> birth.user().status()),
                        column(births, birth -> birth.user().activated()),
                        column(births, birth -> birth.user().statusChanged()),
                        column(births, birth -> birth.user().passwordChanged()),
                        column(births, birth -> birth.user().typeId()),
                        column(births, birth -> birth.user().realmId()),
                        column(births, birth -> birth.user().profile().json()),
                        column(births, birth -> birth.imported().loginKey()),
                        column(births, birth -> birth.user().provider().type()),
                        column(births, birth -> birth.user().provider().name()),
                        column(births, birth -> birth.secrets().passwordHash()),
                        column(births, birth -> birth.secrets().passwordHook()),
                        column(births, birth -> birth.user().recoveryQuestion()),
                        column(births, birth -> birth.secrets().answerHash()),
                        column(births, birth -> birth.secrets().lockedAt())));
        documents(tx, org, births, created);
        if (org.settings().delaysSearch()) {
            UserSearchDelay.created(
                    tx, births.stream().map(birth -> birth.user().id()).toList(), created);
        }
    }

    private static void documents(Tx tx, Org org, List<Newcomer> births, Instant created) {
        tx.write(
                Sql.of(
                        """
                        INSERT INTO user_search (org_id, id, created, last_updated, doc, words)
                        SELECT ?::bigint, u.id, ?::timestamptz, ?::timestamptz, u.doc::jsonb, u.words
                        FROM unnest(?::text[], ?::text[], ?::text[]) AS u(id, doc, words)""",
                        org.number(),
                        created,
                        created,
                        column(births, birth -> birth.user().id()),
                        column(births, birth -> birth.searched().doc()),
                        column(births, birth -> birth.searched().words())));
    }

    private static @Nullable Object[] column(
            List<Newcomer> births, Function<Newcomer, @Nullable Object> value) {
        @Nullable Object[] column = new Object[births.size()];
        for (int i = 0; i < column.length; i++) {
            column[i] = value.apply(births.get(i));
        }
        return column;
    }
}
