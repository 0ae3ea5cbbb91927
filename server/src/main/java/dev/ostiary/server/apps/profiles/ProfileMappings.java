package dev.ostiary.server.apps.profiles;

import dev.ostiary.platform.hal.Links;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
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
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.apps.App;
import dev.ostiary.server.apps.AppChanges;
import dev.ostiary.server.apps.AppEvents;
import dev.ostiary.server.apps.AppStore;
import dev.ostiary.server.directory.schemas.TypeIds;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.node.ObjectNode;

/** The tag ProfileMapping. Every app has two mappings from its first day, which begin empty. */
public final class ProfileMappings implements Family, AppChanges.Watch {

    private static final Limits LIMITS = Limits.refusing(20, 200);

    private static final Keyset BY_ID =
            Keyset.byId(SortKey.id("p.id", Direction.ASC), PagingErrors.PAGING);

    private static final Schema END =
            Schema.object("MappingEnd")
                    .always("id", Schema.TEXT)
                    .always("name", Schema.TEXT)
                    .always("type", Schema.words("user", "appuser"))
                    .always("_links", Links.SCHEMA);

    private static final Schema.Fields LISTED =
            Schema.object("ListedProfileMapping")
                    .always("id", Schema.TEXT)
                    .always("source", END)
                    .always("target", END)
                    .always("_links", Links.SCHEMA);

    private static final Schema PROPERTY =
            Schema.object()
                    .always("expression", Schema.TEXT)
                    .always("pushStatus", Schema.words(ProfileMapping.PushStatus.values()));

    private static final Schema SCHEMA =
            LISTED.named("ProfileMapping").always("properties", Schema.map(PROPERTY));

    private static final Schema BODY =
            Schema.object()
                    .always(
                            "properties",
                            Schema.map(
                                    Schema.object()
                                            .maybe("expression", Schema.TEXT.orNull())
                                            .maybe("pushStatus", Schema.TEXT.orNull())
                                            .orNull()))
                    .andOthers();

    /** How users are made of those of an identity source, until somebody maps them otherwise. */
    private static final String FROM_SOURCE =
            """
            {"login": {"expression": "appuser.userName", "pushStatus": "PUSH"},
             "firstName": {"expression": "appuser.firstName", "pushStatus": "PUSH"},
             "lastName": {"expression": "appuser.lastName", "pushStatus": "PUSH"},
             "email": {"expression": "appuser.email", "pushStatus": "PUSH"},
             "secondEmail": {"expression": "appuser.secondEmail", "pushStatus": "PUSH"},
             "mobilePhone": {"expression": "appuser.mobilePhone", "pushStatus": "PUSH"}}""";

    private final Database database;
    private final Ids ids;
    private final InstantSource time;
    private final AppStore apps;
    private final AppEvents events;
    private final MappingRules rules;
    private final MappingStore store = new MappingStore();

    public ProfileMappings(
            Database database,
            Ids ids,
            InstantSource time,
            AppStore apps,
            AppEvents events,
            MappingRules rules) {
        this.database = database;
        this.ids = ids;
        this.time = time;
        this.apps = apps;
        this.events = events;
        this.rules = rules;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("listProfileMappings", this::list).answersMany(LISTED),
                Binding.of("getProfileMapping", this::get).answers(SCHEMA),
                Binding.of("updateProfileMapping", this::update).takes(BODY).answers(SCHEMA));
    }

    @Override
    public void created(Tx tx, Org org, App app) {
        for (boolean intoApp : new boolean[] {true, false}) {
            store.insert(
                    tx,
                    new ProfileMapping(
                            ids.next("prm", org.tail(), app.created()),
                            app.id(),
                            intoApp,
                            !intoApp && app.isIdentitySource() ? FROM_SOURCE : "{}"),
                    app.created());
        }
    }

    private record Found(Page<ProfileMapping> page, Map<String, App> apps) {}

    private Reply list(Request request) {
        PageRequest wanted = PageRequest.forward(request.parameters(), LIMITS);
        Sql condition =
                end(request, "sourceId", false).then("AND").then(end(request, "targetId", true));
        Found found =
                database.read(
                        request.org().number(),
                        reader -> {
                            Page<ProfileMapping> page =
                                    BY_ID.page(
                                            wanted,
                                            (beyond, order, most) ->
                                                    store.list(
                                                            reader,
                                                            condition.then("AND").then(beyond),
                                                            order,
                                                            most),
                                            each -> List.of(Optional.of(each.id())));
                            Map<String, App> byId = new LinkedHashMap<>();
                            apps.byIds(
                                            reader,
                                            page.items().stream()
                                                    .map(ProfileMapping::appId)
                                                    .distinct()
                                                    .toList())
                                    .forEach(app -> byId.put(app.id(), app));
                            return new Found(page, byId);
                        });
        return Reply.list(
                        found.page().items(),
                        (each, out) -> {
                            App app = found.apps().get(each.appId());
                            if (app != null) {
                                write(out, request, each, app, false);
                            }
                        })
                .with(request.links(found.page(), wanted.limit(), Page.LinkPolicy.SELF));
    }

    /** Mappings that have this at one end: an app, or the type of all users who are mapped. */
    private static Sql end(Request request, String parameter, boolean target) {
        Optional<String> id = request.query().text(parameter);
        if (id.isEmpty()) {
            return Sql.of("TRUE");
        }
        if (id.get().equals(TypeIds.ofDefault(request.org()))) {
            return Sql.of(target ? "NOT p.into_app" : "p.into_app");
        }
        return Ids.isId(id.get())
                ? Sql.of(
                        target
                                ? "(p.into_app AND p.app_id = ?)"
                                : "(NOT p.into_app AND p.app_id = ?)",
                        id.get())
                : Sql.of("FALSE");
    }

    private Reply get(Request request) {
        Org org = request.org();
        record Whole(ProfileMapping mapping, App app) {}
        Whole whole =
                database.read(
                        org.number(),
                        reader -> {
                            ProfileMapping mapping = require(reader, request);
                            return new Whole(mapping, apps.require(reader, org, mapping.appId()));
                        });
        return Reply.ok(out -> write(out, request, whole.mapping(), whole.app(), true));
    }

    private ProfileMapping require(Reader reader, Request request) {
        String id = request.variable("mappingId");
        return (Ids.isId(id) ? store.find(reader, id) : Optional.<ProfileMapping>empty())
                .orElseThrow(() -> ApiException.notFound(id, ProfileMapping.TYPE));
    }

    private Reply update(Request request) {
        ObjectNode body = request.object();
        Org org = request.org();
        record Whole(ProfileMapping mapping, App app) {}
        Whole whole =
                database.write(
                        org.number(),
                        tx -> {
                            ProfileMapping before = require(tx, request);
                            before = store.lock(tx, before.id()).orElse(before);
                            App app = apps.held(tx, org, before.appId(), AppStore.Lock.STAYS);
                            Reading reading = new Reading();
                            ProfileMapping after =
                                    rules.changed(tx, org, app, before, body, reading);
                            reading.finish();
                            if (!after.equals(before)) {
                                store.update(
                                        tx, after, time.instant().truncatedTo(ChronoUnit.MILLIS));
                                tx.emit(events.of("directory.mapping.update", app));
                            }
                            return new Whole(after, app);
                        });
        return Reply.ok(out -> write(out, request, whole.mapping(), whole.app(), true));
    }

    private static void write(
            JsonGenerator out, Request request, ProfileMapping mapping, App app, boolean whole) {
        out.writeStartObject();
        out.writeStringProperty("id", mapping.id());
        if (mapping.intoApp()) {
            users(out, "source", request);
            app(out, "target", request, app);
        } else {
            app(out, "source", request, app);
            users(out, "target", request);
        }
        if (whole) {
            out.writeName("properties");
            Json.raw(out, mapping.properties());
        }
        new Links().to("self", request.url("/api/v1/mappings/" + mapping.id())).write(out);
        out.writeEndObject();
    }

    private static void users(JsonGenerator out, String end, Request request) {
        String type = TypeIds.ofDefault(request.org());
        out.writeObjectPropertyStart(end);
        out.writeStringProperty("id", type);
        out.writeStringProperty("name", "user");
        out.writeStringProperty("type", "user");
        new Links()
                .to("self", request.url("/api/v1/meta/types/user/" + type))
                .to("schema", request.url("/api/v1/meta/schemas/user/" + TypeIds.schemaOf(type)))
                .write(out);
        out.writeEndObject();
    }

    private static void app(JsonGenerator out, String end, Request request, App app) {
        out.writeObjectPropertyStart(end);
        out.writeStringProperty("id", app.id());
        out.writeStringProperty("name", app.name());
        out.writeStringProperty("type", "appuser");
        new Links()
                .to("self", request.url("/api/v1/apps/" + app.id()))
                .to("schema", request.url("/api/v1/meta/schemas/apps/" + app.id() + "/default"))
                .write(out);
        out.writeEndObject();
    }
}
