package dev.ostiary.server.apps.assignments;

import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.query.Direction;
import dev.ostiary.platform.query.Keyset;
import dev.ostiary.platform.query.Limits;
import dev.ostiary.platform.query.Page;
import dev.ostiary.platform.query.PageRequest;
import dev.ostiary.platform.query.PagingErrors;
import dev.ostiary.platform.query.SortKey;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.server.apps.App;
import dev.ostiary.server.apps.AppJson;
import dev.ostiary.server.apps.AppLinks;
import dev.ostiary.server.apps.AppStore;
import dev.ostiary.server.directory.users.User;
import dev.ostiary.server.directory.users.UserDirectory;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** What users and groups have: the apps of a group, and the links of a user into apps. */
public final class AssignedApps implements Family {

    private static final Limits LIMITS = Limits.refusing(20, 200);
    private static final int MOST_LINKS = 1000;

    private static final Keyset BY_ID =
            Keyset.byId(SortKey.id("a.id", Direction.ASC), PagingErrors.PAGING);

    private static final Schema LINK =
            Schema.object("AppLink")
                    .always("id", Schema.TEXT)
                    .always("label", Schema.TEXT)
                    .always("linkUrl", Schema.TEXT)
                    .always("logoUrl", Schema.TEXT)
                    .always("appName", Schema.TEXT)
                    .always("appInstanceId", Schema.TEXT)
                    .always("appAssignmentId", Schema.TEXT)
                    .always("credentialsSetup", Schema.BOOLEAN)
                    .always("hidden", Schema.BOOLEAN)
                    .always("sortOrder", Schema.INTEGER);

    private final Database database;
    private final AppStore apps;
    private final UserDirectory users;
    private final AppLinks links;

    public AssignedApps(Database database, AppStore apps, UserDirectory users, AppLinks links) {
        this.database = database;
        this.apps = apps;
        this.users = users;
        this.links = links;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("listAssignedApplicationsForGroup", this::ofGroup)
                        .answersMany(AppJson.SCHEMA),
                Binding.of("listAppLinks", this::ofUser).answersMany(LINK).forSelf());
    }

    private Reply ofGroup(Request request) {
        Org org = request.org();
        String groupId = request.variable("groupId");
        PageRequest wanted = PageRequest.forward(request.parameters(), LIMITS);
        Page<App> page =
                database.read(
                        org.number(),
                        reader -> {
                            if (!Ids.isId(groupId)
                                    || !GroupAssignmentStore.isGroup(reader, groupId)) {
                                throw AppGroups.unknown(groupId);
                            }
                            return BY_ID.page(
                                    wanted,
                                    (beyond, order, most) ->
                                            apps.list(
                                                    reader,
                                                    AssignmentConditions.ofGroup(groupId)
                                                            .then("AND")
                                                            .then(beyond),
                                                    order,
                                                    most),
                                    app -> List.of(Optional.of(app.id())));
                        });
        AppJson json = new AppJson(request.baseUrl(), org, links);
        return Reply.list(page.items(), (app, out) -> json.write(out, app))
                .with(request.links(page, wanted.limit(), Page.LinkPolicy.SELF));
    }

    private record Found(User user, List<App> apps) {}

    private Reply ofUser(Request request) {
        Org org = request.org();
        Found found =
                database.read(
                        org.number(),
                        reader -> {
                            User user =
                                    users.requireVisible(
                                            reader, request.caller(), request.variable("id"));
                            return new Found(
                                    user,
                                    apps.list(
                                            reader,
                                            AssignmentConditions.ofUser(user.id())
                                                    .then(
                                                            "AND a.status = 'ACTIVE' AND NOT"
                                                                    + " a.for_everyone"),
                                            Sql.of("a.label_folded, a.id"),
                                            MOST_LINKS));
                        });
        List<App> shown = found.apps().stream().filter(AssignedApps::isShown).toList();
        return Reply.ok(
                out -> {
                    out.writeStartArray();
                    for (int i = 0; i < shown.size(); i++) {
                        link(out, request, found.user(), shown.get(i), i);
                    }
                    out.writeEndArray();
                });
    }

    private static boolean isShown(App app) {
        JsonNode visibility = app.document().path("visibility");
        return !visibility.at("/hide/web").asBoolean(false)
                && visibility.path("appLinks").path(app.linkName()).asBoolean(true);
    }

    private void link(JsonGenerator out, Request request, User user, App app, int place) {
        out.writeStartObject();
        out.writeStringProperty("id", user.id());
        out.writeStringProperty("label", app.label());
        out.writeStringProperty("linkUrl", AppJson.linkUrl(app, request.baseUrl()));
        out.writeStringProperty("logoUrl", links.logo(app, request.baseUrl()));
        out.writeStringProperty("appName", app.name());
        out.writeStringProperty("appInstanceId", app.id());
        out.writeStringProperty("appAssignmentId", "0ua" + app.id().substring(3));
        out.writeBooleanProperty("credentialsSetup", false);
        out.writeBooleanProperty("hidden", false);
        out.writeNumberProperty("sortOrder", place);
        out.writeEndObject();
    }
}
