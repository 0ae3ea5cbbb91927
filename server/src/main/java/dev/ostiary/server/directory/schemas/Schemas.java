package dev.ostiary.server.directory.schemas;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.event.Target;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import dev.ostiary.platform.org.ConfigArea;
import dev.ostiary.platform.org.ConfigVersionStore;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Tx;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The tag Schema, as far as it is about users and groups. Thread-safe. */
public final class Schemas implements Family {

    private static final String DEFAULT = "default";

    private final Database database;
    private final InstantSource time;
    private final EventCatalogue events;
    private final AttributeHolders users;
    private final AttributeHolders groups;
    private final SchemaStore store = new SchemaStore();

    /** The family over these neighbours. */
    public Schemas(
            Database database,
            InstantSource time,
            EventCatalogue events,
            AttributeHolders users,
            AttributeHolders groups) {
        this.database = database;
        this.time = time;
        this.events = events;
        this.users = users;
        this.groups = groups;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("getUserSchema", request -> get(request, userSchema(request)))
                        .answers(SchemaJson.SCHEMA),
                Binding.of("updateUserProfile", request -> update(request, userSchema(request)))
                        .takes(Body.SHAPE)
                        .answers(SchemaJson.SCHEMA),
                Binding.of("getGroupSchema", request -> get(request, StoredSchema.GROUP))
                        .answers(SchemaJson.SCHEMA),
                Binding.of("updateGroupSchema", request -> update(request, StoredSchema.GROUP))
                        .takes(Body.SHAPE)
                        .answers(SchemaJson.SCHEMA));
    }

    /** What a client sends; the definitions are judged by what they change. */
    private record Body(@Nullable String title, @Nullable ObjectNode definitions) {
        private static final Shape<Body> SHAPE = shape();

        private static Shape<Body> shape() {
            Shape.Builder<Body> shape = Shape.of("schema");
            Field<Body, String> title = shape.field("title", Type.TEXT, Body::title);
            Field<Body, ObjectNode> definitions =
                    shape.field("definitions", Type.DOCUMENT, Body::definitions);
            return shape.build(in -> new Body(in.orNull(title), in.orNull(definitions)));
        }
    }

    /** Of another type's schema from the type's first day. */
    public void create(Tx tx, String typeId, String name, String title, Instant now) {
        store.insert(tx, StoredSchema.untouched(TypeIds.schemaOf(typeId), name, title, now));
    }

    /** With its type. */
    public void delete(Tx tx, String typeId) {
        store.delete(tx, TypeIds.schemaOf(typeId));
    }

    private static String userSchema(Request request) {
        String id = request.variable("schemaId");
        return id.equals(DEFAULT) ? SchemaSet.defaultId(request.org()) : id;
    }

    private Reply get(Request request, String id) {
        Org org = request.org();
        StoredSchema found =
                database.read(
                        org.number(),
                        reader ->
                                store.find(reader, org, known(request, id))
                                        .orElseThrow(() -> unknown(request)));
        return answer(request, found);
    }

    /** The group schema has its own path: by the users' it is not found. */
    private static String known(Request request, String id) {
        if (id.equals(StoredSchema.GROUP) && request.variables().containsKey("schemaId")) {
            throw unknown(request);
        }
        return id;
    }

    private static ApiException unknown(Request request) {
        return ApiException.notFound(
                request.variables().getOrDefault("schemaId", DEFAULT), "UserSchema");
    }

    private Reply update(Request request, String id) {
        request.body(Body.SHAPE);
        ObjectNode body = request.object();
        Org org = request.org();
        StoredSchema after =
                database.write(
                        org.number(),
                        tx -> {
                            // so that changes of an org's schemas come one after the other
                            ConfigVersionStore.hold(tx);
                            StoredSchema before =
                                    store.held(tx, org, known(request, id))
                                            .orElseThrow(() -> unknown(request));
                            return update(tx, org, before, body);
                        });
        return answer(request, after);
    }

    private StoredSchema update(Tx tx, Org org, StoredSchema before, ObjectNode body) {
        Reading reading = new Reading();
        Instant now = time.instant().truncatedTo(ChronoUnit.MILLIS);
        SchemaChange change = SchemaChange.of(before, body, now, reading);
        reading.finish();
        StoredSchema after = change.after();
        if (after.body().equals(before.body())) {
            return before;
        }
        AttributeHolders holders = before.isOfGroups() ? groups : users;
        String typeId = TypeIds.typeOf(before.id());
        if (!change.removed().isEmpty()) {
            holders.drop(tx, org, typeId, change.removed());
        }
        for (String name : change.shared()) {
            holders.letShare(tx, org, typeId, name);
        }
        for (String name : change.unique()) {
            if (!holders.keepUnique(tx, org, typeId, name)) {
                after = after.shared(name);
            }
        }
        store.save(tx, after);
        tx.emit(events.event("directory.user_profile.update").target(target(after)));
        ConfigVersionStore.raise(tx, ConfigArea.SCHEMAS);
        return after;
    }

    private static Target target(StoredSchema schema) {
        return new Target(schema.id(), "UserSchema", null, schema.title());
    }

    private static Reply answer(Request request, StoredSchema schema) {
        boolean ofDefault =
                schema.isOfGroups() || schema.id().equals(SchemaSet.defaultId(request.org()));
        SchemaJson json = new SchemaJson(request.baseUrl(), ofDefault);
        return Reply.ok(out -> json.write(out, schema));
    }
}
