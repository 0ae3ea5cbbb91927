package dev.ostiary.server.directory.grouprules;

import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.query.CaseFold;
import dev.ostiary.platform.query.Direction;
import dev.ostiary.platform.query.Keyset;
import dev.ostiary.platform.query.Limits;
import dev.ostiary.platform.query.Page;
import dev.ostiary.platform.query.Page.LinkPolicy;
import dev.ostiary.platform.query.PageRequest;
import dev.ostiary.platform.query.PagingErrors;
import dev.ostiary.platform.query.SortKey;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Sql;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lists rules: all, or those in whose name a keyword is, in any case. Thread-safe. */
final class GroupRuleList {

    private static final Limits LIMITS = Limits.clamping(50, 200);
    private static final Keyset BY_ID =
            Keyset.byId(SortKey.id("r.id", Direction.ASC), PagingErrors.PAGING);

    private final Database database;
    private final GroupRuleStore store;

    GroupRuleList(Database database, GroupRuleStore store) {
        this.database = database;
        this.store = store;
    }

    private record Listed(Page<GroupRule> page, Optional<Map<String, String>> names) {}

    Reply list(Request request) {
        PageRequest wanted = PageRequest.forward(request.parameters(), LIMITS);
        Sql condition =
                request.query()
                        .text("search")
                        .filter(keyword -> !keyword.isBlank())
                        .map(GroupRuleList::named)
                        .orElse(Sql.of("TRUE"));
        Listed listed =
                database.read(
                        request.org().number(),
                        reader -> list(reader, wanted, condition, expandsNames(request)));
        return Reply.list(listed.page().items(), (rule, out) -> rule.write(out, listed.names()))
                .with(request.links(listed.page(), wanted.limit(), LinkPolicy.SELF));
    }

    private static Sql named(String keyword) {
        return Sql.of("position(?::text IN r.name_folded) > 0", CaseFold.fold(keyword));
    }

    /** Whether the names of groups are asked for. */
    static boolean expandsNames(Request request) {
        return request.query().text("expand").filter("groupIdToGroupNameMap"::equals).isPresent();
    }

    private Listed list(Reader reader, PageRequest wanted, Sql condition, boolean named) {
        Page<GroupRule> page =
                BY_ID.page(
                        wanted,
                        (beyond, order, most) ->
                                store.page(reader, condition.then("AND").then(beyond), order, most),
                        rule -> List.of(Optional.of(rule.id())));
        List<String> groupIds =
                page.items().stream().flatMap(rule -> rule.groupIds().stream()).distinct().toList();
        return new Listed(
                page, named ? Optional.of(store.names(reader, groupIds)) : Optional.empty());
    }
}
