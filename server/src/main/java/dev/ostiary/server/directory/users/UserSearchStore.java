package dev.ostiary.server.directory.users;

import dev.ostiary.platform.query.Direction;
import dev.ostiary.platform.query.Keyset;
import dev.ostiary.platform.query.Page;
import dev.ostiary.platform.query.PageRequest;
import dev.ostiary.platform.query.PagingErrors;
import dev.ostiary.platform.query.SortKey;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Row;
import dev.ostiary.platform.store.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Pages of users. A search reads ids from the documents, which know no row-level security, and then
 * the rows behind that wall, in one statement. Thread-safe.
 */
final class UserSearchStore {

    private static final Keyset BY_USER_ID =
            Keyset.byId(SortKey.id("u.id", Direction.ASC), PagingErrors.PAGING);

    private static final String USERS_OF_HITS =
            "SELECT u.*, h.* FROM hits h CROSS JOIN LATERAL (SELECT "
                    + UserStore.COLUMNS
                    + " FROM users u WHERE u.org_id = ? AND u.id = h.id OFFSET 0) u";

    private static final Sql NOT_GONE = Sql.of("u.status <> 'DEPROVISIONED'");

    private record Found(User user, List<Optional<String>> keys) {}

    /** All users but the deprovisioned, in the order of their ids. */
    Page<User> all(Reader reader, PageRequest request) {
        return BY_USER_ID.page(
                request,
                (beyond, order, atMost) ->
                        reader.list(
                                Sql.of(
                                                "SELECT "
                                                        + UserStore.COLUMNS
                                                        + " FROM users u WHERE u.org_id = ? AND",
                                                reader.org())
                                        .then(NOT_GONE)
                                        .then("AND")
                                        .then(beyond)
                                        .then("ORDER BY")
                                        .then(order)
                                        .then("LIMIT ?", atMost),
                                UserStore::user),
                UserSearchStore::id);
    }

    /**
     * The users that a filter lets through, in the order of their ids.
     *
     * @param condition over {@code user_search s} and {@code users u}
     */
    Page<User> filtered(Reader reader, SearchedUsers users, Sql condition, PageRequest request) {
        return BY_USER_ID.page(
                request,
                (beyond, order, atMost) ->
                        reader.search(
                                joined(reader, users, condition, beyond, order, atMost),
                                UserStore::user),
                UserSearchStore::id);
    }

    /** The first users who are called like a text, but for the deprovisioned; there is no next. */
    Page<User> called(Reader reader, SearchedUsers users, String text, int limit) {
        Sql condition = UserAttributes.startsWith(text).then("AND").then(NOT_GONE);
        return new Page<>(
                reader.search(
                        joined(reader, users, condition, Sql.of("TRUE"), BY_USER_ID.order(), limit),
                        UserStore::user),
                Optional.empty());
    }

    private static Sql joined(
            Reader reader, SearchedUsers users, Sql condition, Sql beyond, Sql order, int atMost) {
        Sql hits =
                users.joined()
                        .then("AND")
                        .then(condition)
                        .then("AND")
                        .then(beyond)
                        .then("ORDER BY")
                        .then(order)
                        .then("LIMIT ?", atMost);
        if (!users.past()) {
            return Sql.of("SELECT " + UserStore.COLUMNS + " FROM").then(hits);
        }
        return Sql.of("WITH hits AS MATERIALIZED (SELECT u.id FROM")
                .then(hits)
                .then(") SELECT " + UserStore.COLUMNS)
                .then("FROM hits h JOIN users u ON u.org_id = ? AND u.id = h.id", reader.org())
                .then("ORDER BY")
                .then(order);
    }

    /**
     * The users that a search finds.
     *
     * @param condition over {@code user_search s}
     * @param sort what they are sorted by before their ids; all in one direction
     */
    Page<User> found(
            Reader reader,
            SearchedUsers users,
            Sql condition,
            List<SortKey> sort,
            PageRequest request) {
        Keyset keyset = keyset(sort);
        int keys = sort.size() + 1;
        Page<Found> page =
                keyset.page(
                        request,
                        (beyond, order, atMost) ->
                                reader.search(
                                        search(
                                                reader, users, keyset, condition, beyond, order,
                                                atMost),
                                        row -> new Found(UserStore.user(row), keys(row, keys))),
                        Found::keys);
        return page.map(Found::user);
    }

    static Keyset keyset(List<SortKey> sort) {
        if (sort.isEmpty()) {
            return Keyset.byId(SortKey.id("s.id", Direction.ASC), PagingErrors.SEARCH);
        }
        List<SortKey> keys = new ArrayList<>(sort);
        keys.add(SortKey.id("s.id", sort.getFirst().direction()));
        return Keyset.of(keys, PagingErrors.SEARCH);
    }

    /**
     * The rows come in the order of the hits: they are read for one hit after the other, since
     * {@code OFFSET} keeps PostgreSQL from any other way. To join and to sort them again took as
     * long to plan as the rest of the statement.
     */
    private static Sql search(
            Reader reader,
            SearchedUsers users,
            Keyset keyset,
            Sql condition,
            Sql beyond,
            Sql order,
            int atMost) {
        return Sql.join(
                " ",
                List.of(
                        Sql.of("WITH hits AS MATERIALIZED (SELECT s.id,"),
                        keyset.selection(),
                        Sql.of("FROM"),
                        users.documents(),
                        Sql.of("AND"),
                        condition,
                        Sql.of("AND"),
                        beyond,
                        Sql.of("ORDER BY"),
                        order,
                        Sql.of("LIMIT ?) " + USERS_OF_HITS, atMost, reader.org())));
    }

    private static List<Optional<String>> keys(Row row, int count) {
        List<Optional<String>> keys = new ArrayList<>();
        IntStream.range(0, count)
                .forEach(i -> keys.add(Optional.ofNullable(row.textOrNull("key_" + i))));
        return keys;
    }

    private static List<Optional<String>> id(User user) {
        return List.of(Optional.of(user.id()));
    }
}
