package dev.ostiary.server.directory.realms;

import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.query.Attribute;
import dev.ostiary.platform.query.Attributes;
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
import dev.ostiary.platform.query.Sorting;
import dev.ostiary.platform.query.SqlFilter;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Row;
import dev.ostiary.platform.store.Sql;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Lists realms: all, or those that a search finds (Realms API, "List all realms"). Thread-safe. */
final class RealmList {

    private static final Limits LISTED = Limits.clamping(200, 200);
    private static final Limits SEARCHED = LISTED.withDefault(10);

    /** {@code co} is documented for the name only. */
    private static final Attributes ATTRIBUTES =
            Attributes.of(
                    Attribute.text("id").column("r.id"),
                    Attribute.foldedText("profile.name")
                            .column("r.name_folded")
                            .documented(
                                    Operator.EQ,
                                    Operator.SW,
                                    Operator.CO,
                                    Operator.PR,
                                    Operator.GT,
                                    Operator.GE,
                                    Operator.LT,
                                    Operator.LE),
                    Attribute.text("profile.realmType").column("r.type"),
                    Attribute.of("profile.domains", Kind.TEXT, new EachDomain()),
                    Attribute.bool("isDefault").column("r.is_default"),
                    Attribute.instant("created").column("r.created"),
                    Attribute.instant("lastUpdated").column("r.last_updated"));

    private static final SortKey BY_ID = SortKey.id("r.id", Direction.ASC);

    private final Database database;

    RealmList(Database database) {
        this.database = database;
    }

    /** A realm, and its place in the order. */
    private record Found(Realm realm, List<Optional<String>> place) {
        static Found of(Row row, int keys) {
            return new Found(
                    RealmStore.realm(row),
                    IntStream.range(0, keys)
                            .mapToObj(i -> Optional.ofNullable(row.textOrNull("key_" + i)))
                            .toList());
        }
    }

    Reply list(Request request) {
        Optional<String> search = request.query().text("search");
        PageRequest asked =
                PageRequest.forward(request.parameters(), search.isPresent() ? SEARCHED : LISTED);
        SqlFilter filter =
                new SqlFilter(ATTRIBUTES, FilterErrors.SEARCH, request.org().settings().strict());
        Sql condition = search.map(filter::where).orElse(Sql.of("TRUE"));
        // sorting is for searches only (parameter sortBy)
        Optional<SortKey> sort =
                search.flatMap(
                        text -> Sorting.of(request.parameters(), ATTRIBUTES, FilterErrors.SEARCH));
        Page<Realm> page = page(request, asked, condition, sort);
        return Reply.list(
                        page.items(),
                        (realm, out) -> realm.write(out, request.org(), request.baseUrl()))
                .with(request.links(page, asked.limit(), LinkPolicy.SELF));
    }

    private Page<Realm> page(
            Request request, PageRequest asked, Sql condition, Optional<SortKey> sort) {
        Keyset keyset =
                sort.map(key -> Keyset.of(List.of(key, BY_ID), PagingErrors.SEARCH))
                        .orElseGet(() -> Keyset.byId(BY_ID, PagingErrors.PAGING));
        int keys = sort.isPresent() ? 2 : 1;
        Page<Found> found =
                database.read(
                        request.org().number(),
                        reader ->
                                keyset.page(
                                        asked,
                                        (beyond, order, most) ->
                                                reader.search(
                                                        Sql.of("SELECT r.*,")
                                                                .then(keyset.selection())
                                                                .then("FROM")
                                                                .then(RealmStore.all(request.org()))
                                                                .then("WHERE")
                                                                .then(condition)
                                                                .then("AND")
                                                                .then(beyond)
                                                                .then("ORDER BY")
                                                                .then(order)
                                                                .then("LIMIT ?", most),
                                                        row -> Found.of(row, keys)),
                                        Found::place));
        return found.map(Found::realm);
    }

    /** A comparison holds if it holds for one of the domains (P27). */
    private record EachDomain() implements Rendering {

        private static final Column DOMAIN = new Column("lower(d.domain)", Kind.TEXT, true);

        @Override
        public Sql compare(Operator operator, Literal literal) {
            return any(DOMAIN.compare(operator, literal));
        }

        @Override
        public Sql present() {
            return any(DOMAIN.present());
        }

        private static Sql any(Sql condition) {
            return Sql.of("EXISTS (SELECT 1 FROM unnest(r.domains) AS d(domain) WHERE")
                    .then(condition)
                    .then(")");
        }

        /** The first of them. */
        @Override
        public SortValue sortValue() {
            return new Column("lower(r.domains[1])", Kind.TEXT, true).sortValue();
        }
    }
}
