package dev.ostiary.server.directory.realms;

import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.query.Limits;
import dev.ostiary.platform.query.Page;
import dev.ostiary.platform.query.Page.LinkPolicy;
import dev.ostiary.platform.query.PageRequest;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Shows assignments, in their order; a cursor is the priority of the last one (Realm Assignments
 * API, parameter {@code after}). There are 500 at most in an org. Thread-safe.
 */
final class RealmAssignmentList {

    private static final Limits LIMITS = Limits.refusing(20, 200);
    private static final Pattern PRIORITY = Pattern.compile("[0-9]{1,9}");

    private final Database database;
    private final RealmAssignmentStore store;
    private final RealmStore realms = new RealmStore();

    RealmAssignmentList(Database database, RealmAssignmentStore store) {
        this.database = database;
        this.store = store;
    }

    private record Shown(Page<RealmAssignment> page, Map<String, Realm> realms) {}

    Reply list(Request request) {
        PageRequest asked = PageRequest.forward(request.parameters(), LIMITS);
        int after = asked.after().map(RealmAssignmentList::priority).orElse(-1);
        Org org = request.org();
        Shown shown =
                database.read(
                        org.number(),
                        reader -> {
                            Page<RealmAssignment> page =
                                    page(store.all(reader, org), after, asked.limit());
                            return new Shown(page, realms(reader, org, page.items()));
                        });
        return Reply.list(
                        shown.page().items(),
                        (assignment, out) ->
                                assignment.write(
                                        out,
                                        org,
                                        domains(shown.realms(), assignment),
                                        request.baseUrl()))
                .with(request.links(shown.page(), asked.limit(), LinkPolicy.SELF));
    }

    private static int priority(String cursor) {
        if (!PRIORITY.matcher(cursor).matches()) {
            throw ApiException.of("E0000029").because("Invalid cursor.");
        }
        return Integer.parseInt(cursor);
    }

    private static Page<RealmAssignment> page(List<RealmAssignment> all, int after, int limit) {
        List<RealmAssignment> rest =
                all.stream().filter(each -> each.rule().priority() > after).toList();
        List<RealmAssignment> items = rest.subList(0, Math.min(limit, rest.size()));
        return new Page<>(
                items,
                rest.size() > items.size()
                        ? Optional.of(String.valueOf(items.getLast().rule().priority()))
                        : Optional.empty());
    }

    private Map<String, Realm> realms(Reader reader, Org org, List<RealmAssignment> shown) {
        return realms.byIds(
                reader, org, shown.stream().map(each -> each.rule().realmId()).toList());
    }

    private static List<String> domains(Map<String, Realm> realms, RealmAssignment assignment) {
        return Optional.ofNullable(realms.get(assignment.rule().realmId()))
                .map(realm -> realm.profile().domains())
                .orElse(List.of());
    }

    Reply get(Request request) {
        return answer(
                request,
                database.read(request.org().number(), reader -> require(reader, request)),
                200);
    }

    /**
     * The assignment that the path names.
     *
     * @throws ApiException {@code E0000007} if there is none
     */
    RealmAssignment require(Reader reader, Request request) {
        String id = request.variable("assignmentId");
        return store.find(reader, request.org(), id)
                .orElseThrow(() -> ApiException.notFound(id, RealmAssignment.TYPE));
    }

    /** An assignment as an answer. */
    Reply answer(Request request, RealmAssignment assignment, int status) {
        Org org = request.org();
        Map<String, Realm> leadsTo =
                database.read(org.number(), reader -> realms(reader, org, List.of(assignment)));
        return Reply.json(
                status,
                out -> assignment.write(out, org, domains(leadsTo, assignment), request.baseUrl()));
    }
}
