package dev.ostiary.server.apps.assignments;

import dev.ostiary.platform.hal.Links;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.query.CaseFold;
import dev.ostiary.platform.query.Direction;
import dev.ostiary.platform.query.Keyset;
import dev.ostiary.platform.query.Limits;
import dev.ostiary.platform.query.Page;
import dev.ostiary.platform.query.PageRequest;
import dev.ostiary.platform.query.PagingErrors;
import dev.ostiary.platform.query.SortKey;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.server.apps.App;
import dev.ostiary.server.apps.AppStore;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** The tag ApplicationGroups: what is read here, what is changed in {@link AppGroupChanges}. */
public final class AppGroups implements Family {

    /** "Minimum 20" of the published description would refuse what clients send; 1 will do. */
    private static final Limits LIMITS = Limits.refusing(20, 200);

    private static final int LONGEST_Q = 255;

    private static final Keyset BY_GROUP =
            Keyset.byId(SortKey.id("ag.group_id", Direction.ASC), PagingErrors.PAGING);

    static final Schema SCHEMA =
            Schema.object("AppGroup")
                    .always("id", Schema.TEXT)
                    .always("lastUpdated", Schema.MOMENT)
                    .always("priority", Schema.INTEGER)
                    .always("profile", Schema.DOCUMENT)
                    .always("_links", Links.SCHEMA);

    private static final Schema BODY =
            Schema.object()
                    .maybe("priority", Schema.INTEGER.orNull())
                    .maybe("profile", Schema.DOCUMENT.orNull())
                    .andOthers();

    private final Database database;
    private final AppStore apps;
    private final AppGroupChanges changes;
    private final GroupAssignmentStore store = new GroupAssignmentStore();

    public AppGroups(Database database, AppStore apps, AppGroupChanges changes) {
        this.database = database;
        this.apps = apps;
        this.changes = changes;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("listApplicationGroupAssignments", this::list).answersMany(SCHEMA),
                Binding.of("getApplicationGroupAssignment", this::get).answers(SCHEMA),
                Binding.of("assignGroupToApplication", this::assign).mayTake(BODY).answers(SCHEMA),
                Binding.of("updateGroupAssignmentToApplication", this::patch)
                        .takes(
                                Schema.list(
                                        Schema.object()
                                                .always("op", Schema.words("replace"))
                                                .always("path", Schema.TEXT)
                                                .always("value", Schema.ANY)))
                        .answers(SCHEMA),
                Binding.of("unassignApplicationFromGroup", this::unassign));
    }

    private Reply list(Request request) {
        Org org = request.org();
        PageRequest wanted = PageRequest.forward(request.parameters(), LIMITS);
        Page<GroupAssignment> page =
                database.read(
                        org.number(),
                        reader -> {
                            App app = apps.require(reader, org, appId(request));
                            return page(reader, app, wanted, beginning(request));
                        });
        return Reply.list(page.items(), (each, out) -> write(out, request, each))
                .with(request.links(page, wanted.limit(), Page.LinkPolicy.SELF));
    }

    private Page<GroupAssignment> page(Reader reader, App app, PageRequest wanted, Sql condition) {
        return BY_GROUP.page(
                wanted,
                (beyond, order, most) ->
                        store.list(
                                reader, app.id(), condition.then("AND").then(beyond), order, most),
                each -> List.of(Optional.of(each.groupId())));
    }

    private static Sql beginning(Request request) {
        String q = request.query().text("q").orElse("");
        if (q.isEmpty()) {
            return Sql.of("TRUE");
        }
        return q.length() > LONGEST_Q || q.indexOf('\0') >= 0
                ? Sql.of("FALSE")
                : Sql.of("g.name_folded ^@ ?", CaseFold.fold(q));
    }

    private Reply get(Request request) {
        Org org = request.org();
        GroupAssignment found =
                database.read(
                        org.number(),
                        reader -> {
                            App app = apps.require(reader, org, appId(request));
                            String groupId = groupId(request);
                            return (Ids.isId(groupId)
                                            ? store.find(reader, app.id(), groupId)
                                            : Optional.<GroupAssignment>empty())
                                    .orElseThrow(() -> unknown(groupId));
                        });
        return Reply.ok(out -> write(out, request, found));
    }

    static ApiException unknown(String groupId) {
        return ApiException.notFound(groupId, "UserGroup");
    }

    private Reply assign(Request request) {
        GroupAssignment made =
                changes.assign(
                        request.org(),
                        appId(request),
                        groupId(request),
                        request.hasBody() ? request.object() : Json.object());
        return Reply.ok(out -> write(out, request, made));
    }

    private Reply patch(Request request) {
        GroupAssignment after =
                changes.patch(request.org(), appId(request), groupId(request), request::json);
        return Reply.ok(out -> write(out, request, after));
    }

    private Reply unassign(Request request) {
        changes.unassign(request.org(), appId(request), groupId(request));
        return Reply.noContent();
    }

    private static void write(JsonGenerator out, Request request, GroupAssignment assignment) {
        out.writeStartObject();
        out.writeStringProperty("id", assignment.groupId());
        out.writeStringProperty("lastUpdated", Dates.text(assignment.lastUpdated()));
        out.writeNumberProperty("priority", assignment.priority());
        out.writeName("profile");
        Json.raw(out, assignment.profile());
        String app = request.url("/api/v1/apps/" + assignment.appId());
        new Links()
                .to("app", app)
                .to("self", app + "/groups/" + assignment.groupId())
                .to("group", request.url("/api/v1/groups/" + assignment.groupId()))
                .write(out);
        out.writeEndObject();
    }

    private static String appId(Request request) {
        return request.variable("appId");
    }

    private static String groupId(Request request) {
        return request.variable("groupId");
    }
}
