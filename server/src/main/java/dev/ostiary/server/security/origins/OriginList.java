package dev.ostiary.server.security.origins;

import dev.ostiary.platform.http.Query;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.query.Attribute;
import dev.ostiary.platform.query.Attributes;
import dev.ostiary.platform.query.CaseFold;
import dev.ostiary.platform.query.Column;
import dev.ostiary.platform.query.Direction;
import dev.ostiary.platform.query.FilterErrors;
import dev.ostiary.platform.query.Keyset;
import dev.ostiary.platform.query.Kind;
import dev.ostiary.platform.query.Limits;
import dev.ostiary.platform.query.Literal;
import dev.ostiary.platform.query.Operator;
import dev.ostiary.platform.query.Page;
import dev.ostiary.platform.query.Page.LinkPolicy;
import dev.ostiary.platform.query.PageRequest;
import dev.ostiary.platform.query.PagingErrors;
import dev.ostiary.platform.query.Rendering;
import dev.ostiary.platform.query.SortKey;
import dev.ostiary.platform.query.SortValue;
import dev.ostiary.platform.query.SqlFilter;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Sql;
import java.util.List;
import java.util.Optional;

/**
 * Lists trusted origins: all, those that a filter finds, or those whose name or origin begins with
 * {@code q}. Thread-safe.
 */
final class OriginList {

    private static final Limits LIMITS = Limits.refusing(20, 200);

    /** No name or origin is longer, so a longer beginning finds nothing. */
    private static final int LONGEST_Q = 1024;

    private static final Attributes ATTRIBUTES =
            Attributes.of(
                    Attribute.text("id").column("d.id"),
                    Attribute.text("name").column("d.body ->> 'name'"),
                    Attribute.text("origin").column("d.body ->> 'origin'"),
                    Attribute.text("status").column("d.body ->> 'status'"),
                    Attribute.of("type", Kind.TEXT, new EachScope()));

    private static final Keyset KEYSET =
            Keyset.of(List.of(SortKey.id("d.id", Direction.ASC)), PagingErrors.PAGING);

    private final Database database;
    private final TrustedOriginStore store;

    OriginList(Database database, TrustedOriginStore store) {
        this.database = database;
        this.store = store;
    }

    Reply list(Request request) {
        PageRequest asked = PageRequest.forward(request.parameters(), LIMITS);
        Sql condition = condition(request);
        Page<TrustedOrigin> page =
                database.read(
                        request.org().number(),
                        reader ->
                                KEYSET.page(
                                        asked,
                                        (beyond, order, most) ->
                                                store.find(
                                                        reader,
                                                        condition.then("AND").then(beyond),
                                                        order,
                                                        most),
                                        origin -> List.of(Optional.of(origin.id()))));
        return Reply.list(page.items(), (origin, out) -> origin.write(out, request.baseUrl()))
                .with(request.links(page, asked.limit(), LinkPolicy.SELF));
    }

    private static Sql condition(Request request) {
        Query query = request.query();
        SqlFilter filter =
                new SqlFilter(ATTRIBUTES, FilterErrors.SEARCH, request.org().settings().strict());
        Sql filtered = query.first("filter").map(filter::where).orElse(Sql.of("TRUE"));
        return query.text("q")
                .map(OriginList::beginning)
                .map(begins -> filtered.then("AND").then(begins))
                .orElse(filtered);
    }

    /** The beginning of a name, in any case, or of an origin; no database reads a NUL. */
    private static Sql beginning(String q) {
        if (q.length() > LONGEST_Q || q.indexOf('\0') >= 0) {
            return Sql.of("FALSE");
        }
        String folded = CaseFold.fold(q);
        return Sql.of(
                "(d.body ->> 'nameKey' ^@ ? OR lower(d.body ->> 'origin') ^@ ?"
                        + " OR d.body ->> 'originKey' ^@ ?)",
                folded,
                folded,
                folded);
    }

    /** The types of an origin's scopes: a comparison holds if it holds for one of them (P27). */
    private record EachScope() implements Rendering {

        private static final Column TYPE = new Column("s.j ->> 'type'", Kind.TEXT, false);

        @Override
        public Sql compare(Operator operator, Literal literal) {
            return any(TYPE.compare(operator, literal));
        }

        @Override
        public Sql present() {
            return any(TYPE.present());
        }

        private static Sql any(Sql condition) {
            return Sql.of(
                            "EXISTS (SELECT 1 FROM jsonb_array_elements(d.body -> 'scopes') AS s(j)"
                                    + " WHERE")
                    .then(condition)
                    .then(")");
        }

        @Override
        public SortValue sortValue() {
            throw new UnsupportedOperationException("nobody sorts by types of scopes");
        }
    }
}
