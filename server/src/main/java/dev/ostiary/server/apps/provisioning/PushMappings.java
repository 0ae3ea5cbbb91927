package dev.ostiary.server.apps.provisioning;

import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Query;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.query.Limits;
import dev.ostiary.platform.query.Page;
import dev.ostiary.platform.query.Page.LinkPolicy;
import dev.ostiary.platform.query.PageRequest;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.ForeignKeyViolation;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.platform.store.UniqueViolation;
import dev.ostiary.server.apps.App;
import dev.ostiary.server.apps.AppEvents;
import dev.ostiary.server.apps.AppStore;
import dev.ostiary.server.apps.provisioning.PushMapping.Status;
import dev.ostiary.server.directory.groups.SourcedGroups;
import dev.ostiary.server.directory.groups.SourcedGroups.Sourced;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The tag GroupPushMapping. Thread-safe. */
public final class PushMappings implements Family {

    private static final Limits LIMITS = Limits.refusing(100, 1000);
    private static final String SUBJECT = "groupPushMapping";

    private final Database database;
    private final Ids ids;
    private final InstantSource time;
    private final AppStore apps;
    private final AppEvents events;
    private final SourcedGroups groups;
    private final PushMappingStore store = new PushMappingStore();

    public PushMappings(
            Database database,
            Ids ids,
            InstantSource time,
            AppStore apps,
            AppEvents events,
            SourcedGroups groups) {
        this.database = database;
        this.ids = ids;
        this.time = time;
        this.apps = apps;
        this.events = events;
        this.groups = groups;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("listGroupPushMappings", this::list).answersMany(PushMapping.SCHEMA),
                Binding.of("createGroupPushMapping", this::create)
                        .takes(PushMappingBody.SCHEMA)
                        .answers(PushMapping.SCHEMA)
                        .untilThereAre("apps that members of groups are pushed to"),
                Binding.of("getGroupPushMapping", this::get).answers(PushMapping.SCHEMA),
                Binding.of("updateGroupPushMapping", this::update)
                        .takes(PushMappingBody.CHANGE)
                        .answers(PushMapping.SCHEMA),
                Binding.of("deleteGroupPushMapping", this::delete));
    }

    private Reply list(Request request) {
        Org org = request.org();
        PageRequest asked = PageRequest.forward(request.parameters(), LIMITS);
        Sql filter = filter(request.query());
        Page<PushMapping> page =
                database.read(
                        org.number(),
                        reader ->
                                store.page(
                                        reader,
                                        apps.require(reader, org, appId(request)).id(),
                                        filter,
                                        asked));
        return Reply.list(page.items(), (each, out) -> each.write(out, org, request.baseUrl()))
                .with(request.links(page, asked.limit(), LinkPolicy.SELF));
    }

    private static Sql filter(Query query) {
        Sql filter = Sql.of("TRUE");
        Optional<String> status = query.text("status");
        if (status.isPresent()) {
            if (Arrays.stream(Status.values())
                    .noneMatch(each -> each.name().equals(status.get()))) {
                throw ApiException.validation(
                        "status", "status: must be one of [ACTIVE, INACTIVE, ERROR]");
            }
            filter = filter.then("AND m.status = ?", status.get());
        }
        Optional<String> source = query.text("sourceGroupId");
        if (source.isPresent()) {
            filter = filter.then("AND m.source_id = ?", Ids.isId(source.get()) ? source.get() : "");
        }
        Optional<String> since = query.text("lastUpdated");
        if (since.isPresent()) {
            Instant moment =
                    Dates.parse(since.get())
                            .orElseThrow(
                                    () ->
                                            ApiException.validation(
                                                    "lastUpdated",
                                                    "lastUpdated: must be an ISO 8601 date"));
            filter = filter.then("AND m.last_updated >= ?", moment);
        }
        return filter;
    }

    private Reply get(Request request) {
        Org org = request.org();
        return answer(
                200,
                request,
                database.read(
                        org.number(),
                        reader ->
                                store.require(
                                        reader,
                                        apps.require(reader, org, appId(request)).id(),
                                        request.variable("mappingId"))));
    }

    private Reply create(Request request) {
        PushMappingBody body = PushMappingBody.read(request.object());
        try {
            PushMapping made =
                    database.write(request.org().number(), tx -> create(tx, request, body));
            return answer(201, request, made);
        } catch (UniqueViolation taken) {
            throw switch (taken.constraint()) {
                case PushMappingStore.SOURCE_TAKEN ->
                        refused("The source group is pushed to the app already.");
                case PushMappingStore.TARGET_TAKEN ->
                        refused("Another group is pushed to the target group.");
                default -> taken;
            };
        } catch (ForeignKeyViolation gone) {
            throw refused("The group was deleted meanwhile.");
        }
    }

    private PushMapping create(Tx tx, Request request, PushMappingBody body) {
        Org org = request.org();
        App app = apps.held(tx, org, appId(request), AppStore.Lock.ALONE);
        Provisioned.require(app);
        Instant now = now();
        if (group(tx, org, body.sourceId()).filter(Sourced::open).isEmpty()) {
            throw refused("The source group does not exist, or cannot be pushed.");
        }
        Sourced target =
                body.targetId()
                        .map(id -> target(tx, org, app, id))
                        .orElseGet(() -> target(tx, org, app, body, now));
        PushMapping made =
                new PushMapping(
                        ids.next(PushMapping.PREFIX, org.tail(), now),
                        app.id(),
                        body.sourceId(),
                        target.group().id(),
                        body.status(),
                        body.appConfig().orElse(null),
                        now,
                        now,
                        null);
        store.insert(tx, made);
        emit(tx, "application.provision.group_push.mapping.created", app, target);
        return made;
    }

    private Optional<Sourced> group(Tx tx, Org org, String id) {
        return Ids.isId(id)
                ? groups.byIds(tx, org, List.of(id)).stream().findFirst()
                : Optional.empty();
    }

    private Sourced target(Tx tx, Org org, App app, String id) {
        return group(tx, org, id)
                .filter(found -> found.sourceId().filter(app.id()::equals).isPresent())
                .orElseThrow(() -> refused("The target group is not a group of the app."));
    }

    /** One that is there is linked (schema {@code CreateGroupPushMappingRequest}). */
    private Sourced target(Tx tx, Org org, App app, PushMappingBody body, Instant now) {
        String name = body.targetName().orElseThrow();
        return groups.named(tx, org, app.id(), name)
                .orElseGet(() -> groups.create(tx, org, app.id(), name, null, now));
    }

    private static ApiException refused(String why) {
        return ApiException.validation(SUBJECT, why);
    }

    /** The same status again is no change. */
    private Reply update(Request request) {
        Status wanted = PushMappingBody.change(request.object());
        Org org = request.org();
        PushMapping changed =
                database.write(
                        org.number(),
                        tx -> {
                            App app = apps.held(tx, org, appId(request), AppStore.Lock.STAYS);
                            PushMapping before =
                                    store.lock(tx, app.id(), request.variable("mappingId"));
                            if (before.status() == wanted) {
                                return before;
                            }
                            PushMapping after = before.in(wanted, now());
                            store.update(tx, after);
                            String type =
                                    wanted == Status.ACTIVE
                                            ? "application.provision.group_push.activate_mapping"
                                            : "application.provision.group_push.deactivate_mapping";
                            for (Sourced target : target(tx, org, after)) {
                                emit(tx, type, app, target);
                            }
                            return after;
                        });
        return answer(200, request, changed);
    }

    /** 200 without a body (WIRE, "Status codes of writes"). */
    private Reply delete(Request request) {
        Org org = request.org();
        database.write(
                org.number(),
                tx -> {
                    App app = apps.held(tx, org, appId(request), AppStore.Lock.STAYS);
                    PushMapping mapping = store.lock(tx, app.id(), request.variable("mappingId"));
                    if (mapping.status() == Status.ACTIVE) {
                        throw refused("Only a mapping that is INACTIVE can be deleted.");
                    }
                    List<Sourced> target = target(tx, org, mapping);
                    store.delete(tx, mapping);
                    boolean both = request.query().flag("deleteTargetGroup", false);
                    for (Sourced each : target) {
                        emit(tx, "application.provision.group_push.removed", app, each);
                        if (both) {
                            groups.delete(tx, org, each.group().id());
                            emit(tx, "application.provision.group_push.delete_appgroup", app, each);
                        }
                    }
                    return mapping;
                });
        return Reply.empty(200);
    }

    private List<Sourced> target(Tx tx, Org org, PushMapping mapping) {
        return groups.byIds(tx, org, List.of(mapping.targetId()));
    }

    private void emit(Tx tx, String type, App app, Sourced target) {
        tx.emit(events.of(type, app).target(target.group().target()));
    }

    private static Reply answer(int status, Request request, PushMapping mapping) {
        return Reply.json(status, out -> mapping.write(out, request.org(), request.baseUrl()));
    }

    private static String appId(Request request) {
        return request.variable("appId");
    }

    private Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
