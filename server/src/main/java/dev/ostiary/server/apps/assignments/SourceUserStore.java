package dev.ostiary.server.apps.assignments;

import dev.ostiary.platform.query.Direction;
import dev.ostiary.platform.query.Keyset;
import dev.ostiary.platform.query.Page;
import dev.ostiary.platform.query.PageRequest;
import dev.ostiary.platform.query.PagingErrors;
import dev.ostiary.platform.query.SortKey;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Row;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The rows of {@code app_user} as identity sources know them: by their own ids, and many at a time.
 * Whoever writes holds the users. Thread-safe.
 */
public final class SourceUserStore {

    /** The name of the constraint that no two users of a source share an id. */
    public static final String EXTERNAL_ID = "app_user_external";

    private static final String SELECT =
            "SELECT a.external_id, a.user_id, a.user_name, a.profile, a.created, a.last_updated"
                    + " FROM app_user a WHERE a.org_id = ? AND a.app_id = ? AND";

    private static final Keyset BY_EXTERNAL_ID =
            Keyset.of(List.of(SortKey.id("a.external_id", Direction.ASC)), PagingErrors.PAGING);

    /** The users of these ids of the source that there are. */
    public List<SourceUser> byExternalIds(
            Reader reader, String sourceId, Collection<String> externalIds) {
        return externalIds.isEmpty()
                ? List.of()
                : reader.list(
                        Sql.of(
                                SELECT + " a.external_id = ANY(?)",
                                reader.org(),
                                sourceId,
                                externalIds),
                        SourceUserStore::read);
    }

    /** The same, of the org's ids. */
    public List<SourceUser> byUserIds(Reader reader, String sourceId, Collection<String> userIds) {
        return userIds.isEmpty()
                ? List.of()
                : reader.list(
                        Sql.of(
                                SELECT + " a.user_id = ANY(?) AND a.external_id IS NOT NULL",
                                reader.org(),
                                sourceId,
                                userIds),
                        SourceUserStore::read);
    }

    /** The user of an id of the source, or else of the org. */
    public Optional<SourceUser> find(Reader reader, String sourceId, String reference) {
        List<SourceUser> found = byExternalIds(reader, sourceId, List.of(reference));
        return (found.isEmpty() ? byUserIds(reader, sourceId, List.of(reference)) : found)
                .stream().findFirst();
    }

    /** A page of the ids by which the source knows the members of a group. */
    public Page<String> members(
            Reader reader, String sourceId, String groupId, PageRequest request) {
        return BY_EXTERNAL_ID.page(
                request,
                (beyond, order, most) ->
                        reader.list(
                                Sql.of(
                                                """
                                                SELECT a.external_id FROM app_user a
                                                JOIN group_membership m ON m.org_id = a.org_id
                                                    AND m.group_id = ? AND m.user_id = a.user_id
                                                WHERE a.org_id = ? AND a.app_id = ?
                                                    AND a.external_id IS NOT NULL AND\
                                                """,
                                                groupId,
                                                reader.org(),
                                                sourceId)
                                        .then(beyond)
                                        .then("ORDER BY")
                                        .then(order)
                                        .then("LIMIT ?", most),
                                row -> row.text("external_id")),
                id -> List.of(Optional.of(id)));
    }

    /** Writes users, new ones and others, later; each is given the app by itself. */
    public void put(Tx tx, String sourceId, List<SourceUser> users) {
        if (users.isEmpty()) {
            return;
        }
        tx.write(
                Sql.of(
                        """
                        INSERT INTO app_user (org_id, app_id, user_id, scope, external_id,
                            user_name, profile, created, last_updated, status_changed)
                        SELECT ?::bigint, ?::text, u.user_id, 'USER', u.external_id, u.user_name,
                            u.profile::jsonb, u.created, u.updated, u.created
                        FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::timestamptz[],
                            ?::timestamptz[])
                            AS u(user_id, external_id, user_name, profile, created, updated)
                        ON CONFLICT (org_id, app_id, user_id) DO UPDATE SET scope = 'USER',
                            external_id = excluded.external_id, user_name = excluded.user_name,
                            profile = excluded.profile, last_updated = excluded.last_updated""",
                        tx.org(),
                        sourceId,
                        column(users, SourceUser::userId),
                        column(users, SourceUser::externalId),
                        column(users, SourceUser::userName),
                        column(users, SourceUser::profile),
                        column(users, SourceUser::created),
                        column(users, SourceUser::lastUpdated)));
    }

    private static @Nullable Object[] column(
            List<SourceUser> users, Function<SourceUser, @Nullable Object> value) {
        @Nullable Object[] column = new Object[users.size()];
        for (int i = 0; i < column.length; i++) {
            column[i] = value.apply(users.get(i));
        }
        return column;
    }

    private static SourceUser read(Row row) {
        return new SourceUser(
                row.text("external_id"),
                row.text("user_id"),
                row.textOrNull("user_name"),
                row.json("profile"),
                row.instant("created"),
                row.instant("last_updated"));
    }
}
