package dev.ostiary.server.directory.users;

import dev.ostiary.platform.http.Header;
import dev.ostiary.platform.http.Query;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.query.FilterErrors;
import dev.ostiary.platform.query.Limits;
import dev.ostiary.platform.query.Page;
import dev.ostiary.platform.query.Page.LinkPolicy;
import dev.ostiary.platform.query.PageRequest;
import dev.ostiary.platform.query.PageUrl;
import dev.ostiary.platform.query.SortKey;
import dev.ostiary.platform.query.Sorting;
import dev.ostiary.platform.query.SqlFilter;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Sql;
import java.util.List;
import java.util.Optional;

/**
 * The list of users in its four ways: all, by {@code q}, by {@code filter}, by {@code search}
 * (Users, "List Users"). Thread-safe.
 */
final class UserLists {

    private static final int MOST = 200;
    private static final int MOST_NAMED = 10;
    private static final Limits LIMITS = Limits.clamping(MOST, MOST);

    private final Database database;
    private final UserSearchStore store = new UserSearchStore();

    UserLists(Database database) {
        this.database = database;
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
        List<Header> links =
                page
                        .links(
                                new PageUrl(request.path(), request.parameters()),
                                wanted.limit(),
                                LinkPolicy.SELF)
                        .stream()
                        .map(link -> new Header("Link", link))
                        .toList();
        return Reply.ok(
                        out -> {
                            out.writeStartArray();
                            page.items().forEach(user -> json.write(out, user));
                            out.writeEndArray();
                        })
                .with(links);
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
        if (search.isPresent()) {
            Sql condition = compiled(request, search.get(), false);
            Optional<SortKey> sort =
                    Sorting.of(request.parameters(), UserAttributes.SEARCH, FilterErrors.SEARCH);
            return reader -> store.found(reader, condition, sort, wanted);
        }
        if (filter.isPresent()) {
            Sql condition = compiled(request, filter.get(), true);
            return reader -> store.filtered(reader, condition, wanted);
        }
        return named.<Reading>map(text -> reader -> store.called(reader, text, wanted.limit()))
                .orElseGet(() -> reader -> store.all(reader, wanted));
    }

    private static Sql compiled(Request request, String text, boolean filter) {
        return new SqlFilter(
                        filter ? UserAttributes.FILTER : UserAttributes.SEARCH,
                        FilterErrors.SEARCH,
                        request.org().settings().strict())
                .where(text);
    }
}
