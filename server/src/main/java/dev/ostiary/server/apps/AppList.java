package dev.ostiary.server.apps;

import dev.ostiary.platform.http.Query;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.query.Attribute;
import dev.ostiary.platform.query.Attributes;
import dev.ostiary.platform.query.CaseFold;
import dev.ostiary.platform.query.Direction;
import dev.ostiary.platform.query.FilterErrors;
import dev.ostiary.platform.query.Keyset;
import dev.ostiary.platform.query.Kind;
import dev.ostiary.platform.query.Limits;
import dev.ostiary.platform.query.Operator;
import dev.ostiary.platform.query.Page;
import dev.ostiary.platform.query.PageRequest;
import dev.ostiary.platform.query.PagingErrors;
import dev.ostiary.platform.query.SortKey;
import dev.ostiary.platform.query.SqlFilter;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Sql;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which apps a list shows (Apps API, "List applications"). Thread-safe. */
final class AppList {

    private static final Limits LIMITS = Limits.refusing(20, 200);

    /** No name or label is longer, so a longer beginning finds nothing. */
    private static final int LONGEST_Q = 255;

    private static final Pattern EXPANDED = Pattern.compile("user/([A-Za-z0-9]{1,64})");
    private static final Pattern ONE_USER =
            Pattern.compile("\\s*user\\.id\\s+eq\\s+\"([A-Za-z0-9]{1,64})\"\\s*");

    private static final Keyset BY_ID =
            Keyset.byId(SortKey.id("a.id", Direction.ASC), PagingErrors.PAGING);

    private final AppStore store;
    private final Attributes attributes;

    AppList(AppStore store, AppAssignments assignments) {
        this.store = store;
        this.attributes =
                Attributes.of(
                        only("id", Attribute.text("id").column("a.id")),
                        only("status", Attribute.text("status").column("a.status")),
                        only("name", Attribute.text("name").column("a.name")),
                        only(
                                "credentials.signing.kid",
                                Attribute.text("credentials.signing.kid").column("a.kid")),
                        only(
                                "user.id",
                                Attribute.of(
                                        "user.id", Kind.TEXT, new Assigned(assignments::ofUser))),
                        only(
                                "group.id",
                                Attribute.of(
                                        "group.id",
                                        Kind.TEXT,
                                        new Assigned(assignments::ofGroup))));
    }

    private static Attribute only(String path, Attribute attribute) {
        Attribute strict = attribute.documented(Operator.EQ);
        return path.contains("user.") || path.contains("group.")
                ? strict.without(
                        Operator.NE,
                        Operator.CO,
                        Operator.SW,
                        Operator.EW,
                        Operator.GT,
                        Operator.GE,
                        Operator.LT,
                        Operator.LE,
                        Operator.PR)
                : strict;
    }

    /** The limit that a request asks for; -1 stands for the standard one. */
    static PageRequest page(Request request) {
        Map<String, List<String>> parameters = new LinkedHashMap<>(request.parameters());
        parameters.remove("limit", List.of("-1"));
        return PageRequest.forward(parameters, LIMITS);
    }

    Page<App> page(Reader reader, Request request, PageRequest wanted) {
        Sql condition = condition(request);
        return page(reader, request.org(), condition, wanted);
    }

    /** The built-in apps come first: their ids are the oldest. */
    private Page<App> page(Reader reader, Org org, Sql condition, PageRequest wanted) {
        BuiltInApps builtIn = BuiltInApps.of(org);
        return BY_ID.page(
                wanted,
                (beyond, order, most) -> {
                    Sql all = condition.grouped().then("AND").then(beyond);
                    boolean passed =
                            wanted.after()
                                    .filter(id -> id.compareTo(builtIn.all().getLast().id()) >= 0)
                                    .isPresent();
                    List<App> found = new ArrayList<>();
                    if (!passed) {
                        found.addAll(builtIn.matching(reader, all));
                    }
                    found.addAll(store.list(reader, all, order, most));
                    return found.subList(0, Math.min(most, found.size()));
                },
                app -> List.of(Optional.of(app.id())));
    }

    private Sql condition(Request request) {
        Query query = request.query();
        SqlFilter filter =
                new SqlFilter(attributes, FilterErrors.SEARCH, request.org().settings().strict());
        Sql filtered = query.first("filter").map(filter::where).orElse(Sql.of("TRUE"));
        return query.text("q").map(q -> filtered.then("AND").then(beginning(q))).orElse(filtered);
    }

    private static Sql beginning(String q) {
        if (q.length() > LONGEST_Q || q.indexOf('\0') >= 0) {
            return Sql.of("FALSE");
        }
        String folded = CaseFold.fold(q);
        return Sql.of("(a.label_folded ^@ ? OR lower(a.name) ^@ ?)", folded, folded);
    }

    /**
     * Whose assignment is to be embedded, in a list only together with a filter for the same user.
     *
     * @throws ApiException {@code E0000001} for any other expansion (WIRE, "Errors")
     */
    static Optional<String> expandedUser(Request request, boolean inList) {
        Optional<String> expand = request.query().text("expand");
        if (expand.isEmpty()) {
            return Optional.empty();
        }
        Matcher matcher = EXPANDED.matcher(expand.get());
        if (!matcher.matches()) {
            throw malformed();
        }
        String user = matcher.group(1);
        if (inList) {
            Matcher filter = ONE_USER.matcher(request.query().text("filter").orElse(""));
            if (!filter.matches() || !filter.group(1).equals(user)) {
                throw malformed();
            }
        }
        return Optional.of(user);
    }

    private static ApiException malformed() {
        return ApiException.validation("RequestParams", "Expand query is malformed.");
    }
}
