package dev.ostiary.server.directory.groups;

import dev.ostiary.platform.http.Query;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.query.Attributes;
import dev.ostiary.platform.query.CaseFold;
import dev.ostiary.platform.query.Direction;
import dev.ostiary.platform.query.FilterErrors;
import dev.ostiary.platform.query.Keyset;
import dev.ostiary.platform.query.Limits;
import dev.ostiary.platform.query.Page;
import dev.ostiary.platform.query.PageRequest;
import dev.ostiary.platform.query.PagingErrors;
import dev.ostiary.platform.query.SortKey;
import dev.ostiary.platform.query.SortValue;
import dev.ostiary.platform.query.SqlFilter;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.server.directory.schemas.SchemaSet;
import dev.ostiary.server.directory.searchindexes.IndexedSearch;
import dev.ostiary.server.directory.searchindexes.SearchIndexes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Which groups a client asks for, checked and turned into SQL. The parameters can be combined;
 * every condition then has to hold. Immutable.
 *
 * @param groups what is searched: {@code s}, as {@code group_search}
 * @param where the conditions
 * @param sort the order before that of ids
 * @param page the page
 * @param paged whether there are pages at all: not with {@code q}
 * @param stats whether statistics are wanted
 * @param search the search among the conditions
 */
record GroupQuery(
        Sql groups,
        Sql where,
        List<SortKey> sort,
        PageRequest page,
        boolean paged,
        boolean stats,
        Optional<IndexedSearch> search) {

    private static final int MOST = 10_000;
    private static final Limits LISTED = Limits.refusing(MOST, MOST);
    private static final Limits PICKED = LISTED.withDefault(300);
    private static final int LONGEST_Q = 1024;

    /** A name that is matched exactly comes before those that only begin with it. */
    private static final List<SortKey> BY_NAME =
            List.of(SortKey.column("name", "s.name_folded", SortValue.Type.TEXT, Direction.ASC));

    /**
     * Reads the parameters of {@code listGroups}. What is searched is searched as it was before the
     * delay that the org asks for (P29).
     *
     * @param indexes of groups
     * @throws dev.ostiary.platform.problem.ApiException a 400 for what cannot be understood
     */
    static GroupQuery of(
            Query query, Org org, SchemaSet schemas, SearchIndexes indexes, Instant now) {
        Attributes attributes = GroupAttributes.search(schemas);
        List<Sql> conditions = new ArrayList<>();
        conditions.add(Sql.of("s.org_id = ?", indexes.number(org)));
        query.text("q").ifPresent(q -> conditions.add(named(q)));
        SqlFilter filter =
                new SqlFilter(GroupAttributes.FILTER, FilterErrors.SEARCH, org.settings().strict());
        query.first("filter").ifPresent(text -> conditions.add(filter.where(text)));
        Optional<IndexedSearch> search =
                query.first("search")
                        .map(text -> new IndexedSearch(org, attributes, indexes, text));
        search.ifPresent(one -> conditions.add(one.condition()));
        boolean picking = query.text("q").isPresent();
        boolean searching = conditions.size() > 1;
        PageRequest page = PageRequest.of(query.values(), picking ? PICKED : LISTED);
        // sorting is for searches only (listGroups, sortBy)
        List<SortKey> sort =
                picking
                        ? BY_NAME
                        : search.map(one -> one.order(query.values(), page, GroupQuery::keyset))
                                .orElse(List.of());
        return new GroupQuery(
                searching && org.settings().delaysSearch()
                        ? GroupSearchDelay.at(org.number(), now.minus(org.settings().searchDelay()))
                        : Sql.of("group_search"),
                Sql.join(" AND ", conditions),
                sort,
                page,
                !picking,
                expands(query, "stats"),
                search);
    }

    /** The beginning of a name, in any case; no name holds a NUL, and no database reads one. */
    private static Sql named(String q) {
        String beginning = q.length() > LONGEST_Q ? q.substring(0, LONGEST_Q) : q;
        return q.indexOf('\0') >= 0
                ? Sql.of("FALSE")
                : Sql.of("(s.name_folded COLLATE \"C\") ^@ ?", CaseFold.fold(beginning));
    }

    private static boolean expands(Query query, String what) {
        return query.text("expand").stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .anyMatch(value -> value.strip().equals(what));
    }

    Keyset keyset() {
        return keyset(sort);
    }

    private static Keyset keyset(List<SortKey> sort) {
        List<SortKey> keys = new ArrayList<>(sort);
        keys.add(SortKey.id("s.id", sort.isEmpty() ? Direction.ASC : sort.getFirst().direction()));
        return Keyset.of(keys, PagingErrors.PAGING);
    }

    /** How many values tell the place of a row. */
    int keys() {
        return sort.size() + 1;
    }

    /** Says what was found, so that an index can come of it. */
    void found(Page<?> found) {
        search.ifPresent(one -> one.found(found, sort));
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
