package dev.ostiary.server.apps;

import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.query.Page;
import dev.ostiary.platform.query.PageRequest;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/** The tag Application: what is read here, what is changed in {@link AppChanges}. */
public final class Apps implements Family {

    private final Database database;
    private final AppStore store;
    private final AppChanges changes;
    private final AppAssignments assignments;
    private final AppLinks links;
    private final AppList list;

    public Apps(
            Database database,
            AppStore store,
            AppChanges changes,
            AppAssignments assignments,
            AppLinks links) {
        this.database = database;
        this.store = store;
        this.changes = changes;
        this.assignments = assignments;
        this.links = links;
        this.list = new AppList(store, assignments);
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("listApplications", this::list).answersMany(AppJson.SCHEMA),
                Binding.of("createApplication", this::create)
                        .takes(AppBody.SCHEMA)
                        .answers(AppJson.SCHEMA),
                Binding.of("getApplication", this::get).answers(AppJson.SCHEMA),
                Binding.of("replaceApplication", this::replace)
                        .takes(AppBody.SCHEMA)
                        .answers(AppJson.SCHEMA),
                Binding.of("deleteApplication", this::delete),
                Binding.of("activateApplication", request -> moved(request, App.Status.ACTIVE))
                        .answers(Schema.object()),
                Binding.of("deactivateApplication", request -> moved(request, App.Status.INACTIVE))
                        .answers(Schema.object()));
    }

    private record Listed(Page<App> page, Map<String, Optional<Consumer<JsonGenerator>>> users) {}

    private Reply list(Request request) {
        PageRequest wanted = AppList.page(request);
        Optional<String> user = AppList.expandedUser(request, true);
        Listed listed =
                database.read(
                        request.org().number(),
                        reader -> {
                            Page<App> page = list.page(reader, request, wanted);
                            Map<String, Optional<Consumer<JsonGenerator>>> users =
                                    new LinkedHashMap<>();
                            user.ifPresent(
                                    id ->
                                            page.items()
                                                    .forEach(
                                                            app ->
                                                                    users.put(
                                                                            app.id(),
                                                                            assignment(
                                                                                    reader, request,
                                                                                    app, id))));
                            return new Listed(page, users);
                        });
        AppJson json = json(request);
        return Reply.list(
                        listed.page().items(),
                        (app, out) ->
                                json.write(
                                        out,
                                        app,
                                        AppJson.Extras.user(
                                                listed.users()
                                                        .getOrDefault(app.id(), Optional.empty()))))
                .with(request.links(listed.page(), wanted.limit(), Page.LinkPolicy.SELF));
    }

    private Optional<Consumer<JsonGenerator>> assignment(
            Reader reader, Request request, App app, String userId) {
        return assignments.assignment(reader, request.org(), app, userId, request.baseUrl());
    }

    private Reply get(Request request) {
        Optional<String> user = AppList.expandedUser(request, false);
        Org org = request.org();
        record Found(App app, Optional<Consumer<JsonGenerator>> user) {}
        Found found =
                database.read(
                        org.number(),
                        reader -> {
                            App app = store.require(reader, org, id(request));
                            return new Found(
                                    app, user.flatMap(id -> assignment(reader, request, app, id)));
                        });
        AppJson json = json(request);
        return Reply.ok(out -> json.write(out, found.app(), AppJson.Extras.user(found.user())));
    }

    private Reply create(Request request) {
        return answer(
                request,
                changes.create(
                        request.org(), request.object(), request.query().flag("activate", true)));
    }

    private Reply replace(Request request) {
        return answer(request, changes.replace(request.org(), id(request), request.object()));
    }

    private Reply answer(Request request, AppChanges.Changed changed) {
        AppJson json = json(request);
        return Reply.ok(
                out -> json.write(out, changed.app(), AppJson.Extras.secret(changed.secret())));
    }

    private Reply delete(Request request) {
        changes.delete(request.org(), id(request));
        return Reply.noContent();
    }

    private Reply moved(Request request, App.Status to) {
        changes.move(request.org(), id(request), to);
        return Reply.okEmptyObject();
    }

    private AppJson json(Request request) {
        return new AppJson(request.baseUrl(), request.org(), links);
    }

    private static String id(Request request) {
        return request.variable("appId");
    }
}
