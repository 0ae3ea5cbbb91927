package dev.ostiary.server.directory.users;

import dev.ostiary.platform.http.Query;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.org.OrgClock;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.query.Attribute;
import dev.ostiary.platform.query.Attributes;
import dev.ostiary.platform.query.Direction;
import dev.ostiary.platform.query.DocumentIndex;
import dev.ostiary.platform.query.FilterErrors;
import dev.ostiary.platform.query.Limits;
import dev.ostiary.platform.query.OnDemand;
import dev.ostiary.platform.query.Page;
import dev.ostiary.platform.query.Page.LinkPolicy;
import dev.ostiary.platform.query.PageRequest;
import dev.ostiary.platform.query.SortKey;
import dev.ostiary.platform.query.Sorting;
import dev.ostiary.platform.query.SqlFilter;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.server.directory.schemas.OrgSchemas;
import dev.ostiary.server.directory.searchindexes.SearchIndexes;
import java.util.List;
import java.util.Optional;

/**
 * The list of users in its four ways: all, by {@code q}, by {@code filter}, by {@code search}
 * (Users, "List Users"). Thread-safe.
 */
final class UserLists {

    private static final int MOST = 200;
    private static final int MOST_NAMED = 10;
    private static final int MANY = 100;
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
        Reading reading = reading(request, named, wanted);
        Page<User> page = database.read(request.org().number(), reading::page);
        UserJson json =
                UserJson.inList(request.baseUrl(), request.org())
                        .without(UserOmissions.of(request.header("Content-Type")))
                        .only(UserFields.parse(query.first("fields")));
        return Reply.list(page.items(), (user, out) -> json.write(out, user))
                .with(request.links(page, wanted.limit(), LinkPolicy.SELF));
    }

    @FunctionalInterface
    private interface Reading {
        Page<User> page(Reader reader);
    }

    private Reading reading(Request request, Optional<String> named, PageRequest wanted) {
        Optional<String> filter = request.query().first("filter");
        Optional<String> search = request.query().first("search");
        long ways = List.of(named, filter, search).stream().filter(Optional::isPresent).count();
        if (ways > 1) {
            throw ApiException.of("E0000033");
        }
        SearchedUsers users = searched(request.org());
        if (search.isPresent()) {
            Sql condition = compiled(request, search.get(), false);
            List<SortKey> order = order(request, search.get(), wanted);
            return reader -> {
                Page<User> found = store.found(reader, users, condition, order, wanted);
                if (order.isEmpty() && isOfMany(found)) {
                    indexes.want(request.org(), uses(request.org(), search.get()).common());
                }
                return found;
            };
        }
        if (filter.isPresent()) {
            Sql condition = compiled(request, filter.get(), true);
            return reader -> store.filtered(reader, users, condition, wanted);
        }
        return named.<Reading>map(
                        text -> reader -> store.called(reader, users, text, wanted.limit()))
                .orElseGet(() -> reader -> store.all(reader, wanted));
    }

    /**
     * What a search is sorted by before its ids, and the indexes that it would take.
     *
     * <p>A client that does not say gets its users in the order of their ids; but who asks for a
     * range of one attribute in a large org gets them in its order, since the index has them so:
     * else the whole range would be read for each page. Later pages go by the order of the first,
     * which the cursor tells.
     */
    private List<SortKey> order(Request request, String search, PageRequest wanted) {
        Org org = request.org();
        Attributes attributes = searchable(org);
        List<SortKey> asked = Sorting.keys(request.parameters(), attributes, FilterErrors.SEARCH);
        OnDemand uses = uses(org, search);
        indexes.want(org, uses.indexes());
        if (!asked.isEmpty()) {
            indexes.want(org, sorting(attributes, asked.getLast().name()).stream().toList());
            return asked;
        }
        return uses.range()
                .filter(range -> isOrderedBy(org, range, wanted))
                .map(range -> Sorting.keys(range, Direction.ASC, false))
                .orElse(List.of());
    }

    /** Pages of a few people say nothing of how many there are. */
    private static boolean isOfMany(Page<User> page) {
        return page.next().isPresent() && page.items().size() >= MANY;
    }

    private OnDemand uses(Org org, String search) {
        return OnDemand.of(search, searchable(org), FilterErrors.SEARCH);
    }

    private static Optional<DocumentIndex> sorting(Attributes attributes, String path) {
        return attributes.find(path).flatMap(found -> found.rendering().orderIndex());
    }

    private boolean isOrderedBy(Org org, Attribute range, PageRequest wanted) {
        return wanted.after()
                .map(UserSearchStore::isOfOrder)
                .orElseGet(
                        () ->
                                range.rendering()
                                        .orderIndex()
                                        .filter(index -> indexes.has(org, index))
                                        .isPresent());
    }

    /** The users as they are, or as they were before the delay that the org asks for (P29). */
    private SearchedUsers searched(Org org) {
        if (org.settings().delaysSearch()) {
            return SearchedUsers.at(
                    org.number(), clock.now(org).minus(org.settings().searchDelay()));
        }
        return indexes.isMostOfAll(org)
                ? SearchedUsers.nowOfMost(org.number())
                : SearchedUsers.now(org.number());
    }

    private Attributes searchable(Org org) {
        return UserAttributes.search(schemas.of(org), org);
    }

    private Sql compiled(Request request, String text, boolean filter) {
        Org org = request.org();
        return new SqlFilter(
                        filter ? UserAttributes.FILTER : searchable(org),
                        FilterErrors.SEARCH,
                        org.settings().strict(),
                        index -> indexes.has(org, index))
                .where(text);
    }
}
