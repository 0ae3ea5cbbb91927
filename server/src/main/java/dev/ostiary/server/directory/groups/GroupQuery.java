package dev.ostiary.server.directory.groups;

import dev.ostiary.platform.http.Query;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.query.CaseFold;
import dev.ostiary.platform.query.Direction;
import dev.ostiary.platform.query.FilterErrors;
import dev.ostiary.platform.query.Keyset;
import dev.ostiary.platform.query.Limits;
import dev.ostiary.platform.query.PageRequest;
import dev.ostiary.platform.query.PagingErrors;
import dev.ostiary.platform.query.SortKey;
import dev.ostiary.platform.query.SortValue;
import dev.ostiary.platform.query.Sorting;
import dev.ostiary.platform.query.SqlFilter;
import dev.ostiary.platform.store.Sql;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which groups a client asks for, checked and turned into SQL. The parameters can be combined;
 * every condition then has to hold. Immutable.
 *
 * @param groups what is searched: {@code s}, as {@code group_search}
 * @param where the conditions
 * @param keys the order
 * @param page the page
 * @param paged whether there are pages at all: not with {@code q}
 * @param stats whether statistics are wanted
 */
record GroupQuery(
        Sql groups, Sql where, List<SortKey> keys, PageRequest page, boolean paged, boolean stats) {

    private static final int MOST = 10_000;
    private static final Limits LISTED = Limits.refusing(MOST, MOST);
    private static final Limits PICKED = LISTED.withDefault(300);
    private static final int LONGEST_Q = 1024;

    private static final SortKey BY_ID = SortKey.id("s.id", Direction.ASC);

    /**
     * Reads the parameters of {@code listGroups}. What is searched is searched as it was before the
     * delay that the org asks for (P29).
     *
     * @throws dev.ostiary.platform.problem.ApiException a 400 for what cannot be understood
     */
    static GroupQuery of(Query query, Org org, Instant now) {
        boolean strict = org.settings().strict();
        List<Sql> conditions = new ArrayList<>();
        conditions.add(Sql.of("s.org_id = ?", org.number()));
        query.text("q").ifPresent(q -> conditions.add(named(q)));
        SqlFilter filter = new SqlFilter(GroupAttributes.FILTER, FilterErrors.SEARCH, strict);
        query.first("filter").ifPresent(text -> conditions.add(filter.where(text)));
        SqlFilter search = new SqlFilter(GroupAttributes.SEARCH, FilterErrors.SEARCH, strict);
        query.first("search").ifPresent(text -> conditions.add(search.where(text)));
        boolean picking = query.text("q").isPresent();
        boolean searching = conditions.size() > 1;
        return new GroupQuery(
                searching && org.settings().delaysSearch()
                        ? GroupSearchDelay.at(org.number(), now.minus(org.settings().searchDelay()))
                        : Sql.of("group_search"),
                Sql.join(" AND ", conditions),
                picking ? byName() : asAsked(query),
                PageRequest.of(query.values(), picking ? PICKED : LISTED),
                !picking,
                expands(query, "stats"));
    }

    /** The beginning of a name, in any case; no name holds a NUL, and no database reads one. */
    private static Sql named(String q) {
        String beginning = q.length() > LONGEST_Q ? q.substring(0, LONGEST_Q) : q;
        return q.indexOf('\0') >= 0
                ? Sql.of("FALSE")
                : Sql.of("(s.name_folded COLLATE \"C\") ^@ ?", CaseFold.fold(beginning));
    }

    /** A name that is matched exactly comes before those that only begin with it. */
    private static List<SortKey> byName() {
        return List.of(
                SortKey.column("name", "s.name_folded", SortValue.Type.TEXT, Direction.ASC), BY_ID);
    }

    /** Sorting is for searches only (listGroups, sortBy). */
    private static List<SortKey> asAsked(Query query) {
        List<SortKey> keys = new ArrayList<>();
        if (query.text("search").isPresent()) {
            Sorting.of(query.values(), GroupAttributes.SEARCH, FilterErrors.SEARCH)
                    .ifPresent(keys::add);
        }
        keys.add(BY_ID);
        return keys;
    }

    private static boolean expands(Query query, String what) {
        return query.text("expand").stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .anyMatch(value -> value.strip().equals(what));
    }

    Keyset keyset() {
        return Keyset.of(keys, PagingErrors.PAGING);
    }

    /**
     * Ids of groups with their places in the order.
     *
     * @param beyond a condition on the order
     * @param order what follows {@code ORDER BY}
     */
    Sql sql(Sql beyond, Sql order, int atMost) {
        return Sql.of("SELECT s.id,")
                .then(keyset().selection())
                .then("FROM")
                .then(groups)
                .then("s WHERE")
                .then(where)
                .then("AND")
                .then(beyond)
                .then("ORDER BY")
                .then(order)
                .then("LIMIT ?", atMost);
    }
}
