package dev.ostiary.server.directory.users;

import dev.ostiary.platform.http.Query;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.org.OrgClock;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.query.Attributes;
import dev.ostiary.platform.query.BestPlan;
import dev.ostiary.platform.query.FilterErrors;
import dev.ostiary.platform.query.Limits;
import dev.ostiary.platform.query.Page;
import dev.ostiary.platform.query.Page.LinkPolicy;
import dev.ostiary.platform.query.PageRequest;
import dev.ostiary.platform.query.SortKey;
import dev.ostiary.platform.query.SqlFilter;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.server.directory.schemas.OrgSchemas;
import dev.ostiary.server.directory.searchindexes.IndexedSearch;
import dev.ostiary.server.directory.searchindexes.SearchIndexes;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The list of users in its four ways: all, by {@code q}, by {@code filter}, by {@code search}
 * (Users, "List Users"). Thread-safe.
 */
final class UserLists {

    private static final int MOST = 200;
    private static final int MOST_NAMED = 10;
    private static final Limits LIMITS = Limits.clamping(MOST, MOST);

    private final Database database;
    private final OrgSchemas schemas;
    private final OrgClock clock;
    private final SearchIndexes indexes;
    private final UserSearchStore store = new UserSearchStore();

    UserLists(Database database, OrgSchemas schemas, OrgClock clock, SearchIndexes indexes) {
        this.indexes = indexes;
        this.database = database;
        this.schemas = schemas;
        this.clock = clock;
    }

    Reply list(Request request) {
        Query query = request.query();
        Optional<String> named = query.text("q");
        PageRequest wanted =
                PageRequest.forward(
                        request.parameters(),
                        named.isPresent() ? LIMITS.withDefault(MOST_NAMED) : LIMITS);
        Page<User> page = page(request, named, wanted);
        UserJson json =
                UserJson.inList(request.baseUrl(), request.org())
                        .without(UserOmissions.of(request.header("Content-Type")))
                        .only(UserFields.parse(query.first("fields")));
        return Reply.list(page.items(), (user, out) -> json.write(out, user))
                .with(request.links(page, wanted.limit(), LinkPolicy.SELF));
    }

    private Page<User> page(Request request, Optional<String> named, PageRequest wanted) {
        Optional<String> filter = request.query().first("filter");
        Optional<String> search = request.query().first("search");
        long ways = List.of(named, filter, search).stream().filter(Optional::isPresent).count();
        if (ways > 1) {
            throw ApiException.of("E0000033");
        }
        long org = request.org().number();
        if (search.isPresent()) {
            return found(request, search.get(), wanted);
        }
        SearchedUsers users = searched(request.org());
        if (filter.isPresent()) {
            Sql condition =
                    new SqlFilter(
                                    UserAttributes.FILTER,
                                    FilterErrors.SEARCH,
                                    request.org().settings().strict())
                            .where(filter.get());
            return database.search(org, reader -> store.filtered(reader, users, condition, wanted));
        }
        if (named.isPresent()) {
            return database.search(
                    org, reader -> store.called(reader, users, named.get(), wanted.limit()));
        }
        return database.read(org, reader -> store.all(reader, wanted));
    }

    private Page<User> found(Request request, String search, PageRequest wanted) {
        Org org = request.org();
        IndexedSearch searched = new IndexedSearch(org, searchable(org), indexes, search);
        List<SortKey> order = searched.order(request.parameters(), wanted, UserSearchStore::keyset);
        BestPlan plan =
                org.settings().delaysSearch() ? BestPlan.FOR_VALUES : searched.bestPlan(order);
        SearchedUsers users =
                plan == BestPlan.FOR_ORG
                        ? SearchedUsers.nowByOwnIndex(org.number(), indexes.number(org))
                        : searched(org);
        Function<Reader, Page<User>> read =
                reader -> store.found(reader, users, searched.condition(), order, wanted);
        Page<User> found =
                switch (plan) {
                    case FOR_VALUES -> database.search(org.number(), read::apply);
                    case FOR_ORG, FOR_ALL -> database.lookUp(org.number(), read::apply);
                };
        searched.found(found, order);
        return found;
    }

    /** The users as they are, or as they were before the delay that the org asks for (P29). */
    private SearchedUsers searched(Org org) {
        if (org.settings().delaysSearch()) {
            return SearchedUsers.at(
                    org.number(), clock.now(org).minus(org.settings().searchDelay()));
        }
        return SearchedUsers.now(org.number(), indexes.number(org));
    }

    private Attributes searchable(Org org) {
        return UserAttributes.search(schemas.of(org), org);
    }
}
