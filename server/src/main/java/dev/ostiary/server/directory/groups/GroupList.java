package dev.ostiary.server.directory.groups;

import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.query.Page;
import dev.ostiary.platform.query.Page.LinkPolicy;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Row;
import dev.ostiary.server.directory.memberships.Memberships;
import dev.ostiary.server.directory.memberships.Roster;
import dev.ostiary.server.directory.schemas.OrgSchemas;
import dev.ostiary.server.directory.searchindexes.SearchIndexes;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Lists groups: a first statement finds ids by the search documents, a second one reads the rows.
 * Both see everything that was answered before (P29). Thread-safe.
 */
final class GroupList {

    private final Database database;
    private final GroupStore store;
    private final Memberships memberships;
    private final InstantSource time;
    private final OrgSchemas schemas;
    private final SearchIndexes indexes;

    GroupList(
            Database database,
            GroupStore store,
            Memberships memberships,
            InstantSource time,
            OrgSchemas schemas,
            SearchIndexes indexes) {
        this.schemas = schemas;
        this.indexes = indexes;
        this.database = database;
        this.time = time;
        this.store = store;
        this.memberships = memberships;
    }

    /** A group found, and its place in the order. */
    private record Found(String id, List<Optional<String>> place) {
        static Found of(Row row, int keys) {
            return new Found(
                    row.text("id"),
                    IntStream.range(0, keys)
                            .mapToObj(i -> Optional.ofNullable(row.textOrNull("key_" + i)))
                            .toList());
        }
    }

    private record Listed(List<Group> groups, Map<String, Integer> members) {}

    Reply list(Request request) {
        Org org = request.org();
        GroupQuery query =
                GroupQuery.of(request.query(), org, schemas.of(org), indexes, time.instant());
        Page<Found> page = database.search(org.number(), reader -> page(reader, query));
        query.found(page);
        Listed listed = database.read(org.number(), reader -> list(reader, org, query, page));
        GroupJson json = new GroupJson(request.baseUrl(), listed.members());
        LinkPolicy policy = query.paged() ? LinkPolicy.SELF : LinkPolicy.NONE;
        return Reply.ok(out -> json.write(out, listed.groups()))
                .with(request.links(page, query.page().limit(), policy));
    }

    private static Page<Found> page(Reader reader, GroupQuery query) {
        return query.keyset()
                .page(
                        query.page(),
                        (beyond, order, most) ->
                                reader.search(
                                        query.sql(beyond, order, most),
                                        row -> Found.of(row, query.keys())),
                        Found::place);
    }

    private Listed list(Reader reader, Org org, GroupQuery query, Page<Found> page) {
        List<Group> groups =
                store.byIds(reader, org, page.items().stream().map(Found::id).toList());
        return new Listed(groups, query.stats() ? members(reader, org, groups) : Map.of());
    }

    private Map<String, Integer> members(Reader reader, Org org, List<Group> groups) {
        Map<String, Roster> rosters = new HashMap<>();
        groups.forEach(group -> rosters.put(group.id(), group.roster()));
        return memberships.counts(reader, org, rosters);
    }
}
