package dev.ostiary.server.directory.uischemas;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.schemas.OrgSchemas;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The tag UISchema. Thread-safe. */
public final class UiSchemas implements Family {

    private final Database database;
    private final Ids ids;
    private final InstantSource time;
    private final EventCatalogue events;
    private final OrgSchemas schemas;
    private final UiSchemaStore store = new UiSchemaStore();

    /** The family over these neighbours. */
    public UiSchemas(
            Database database,
            Ids ids,
            InstantSource time,
            EventCatalogue events,
            OrgSchemas schemas) {
        this.database = database;
        this.ids = ids;
        this.time = time;
        this.events = events;
        this.schemas = schemas;
    }

    /** Whether there is one of this id, for whoever names it. */
    public static boolean has(Reader reader, String id) {
        return UiSchemaStore.has(reader, id);
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("listUISchemas", this::list).answersMany(UiSchema.SCHEMA),
                Binding.of("createUISchema", this::create)
                        .takes(UiSchema.BODY)
                        .answers(UiSchema.SCHEMA),
                Binding.of("getUISchema", this::get).answers(UiSchema.SCHEMA),
                Binding.of("replaceUISchemas", this::replace)
                        .takes(UiSchema.BODY)
                        .answers(UiSchema.SCHEMA),
                Binding.of("deleteUISchemas", this::delete));
    }

    private Reply list(Request request) {
        List<UiSchema> all = database.read(request.org().number(), store::all);
        return Reply.list(all, (schema, out) -> schema.write(out, request.baseUrl()));
    }

    private Reply create(Request request) {
        Org org = request.org();
        UiSchema.Form form = form(request);
        Instant now = now();
        UiSchema schema = new UiSchema(ids.next("uis", org.tail(), now), form, now, now);
        database.write(
                org.number(),
                tx -> {
                    if (store.all(tx).size() >= UiSchemaStore.MOST) {
                        throw ApiException.validation(
                                "uiSchema",
                                "uiSchema: At most "
                                        + UiSchemaStore.MOST
                                        + " UI schemas are allowed");
                    }
                    store.insert(tx, schema);
                    emit(tx, schema);
                    return schema;
                });
        return answer(request, schema);
    }

    private Reply get(Request request) {
        return answer(
                request,
                database.read(
                        request.org().number(), reader -> store.require(reader, id(request))));
    }

    /** The same form again is no change: nothing is written, and the log is silent. */
    private Reply replace(Request request) {
        UiSchema.Form form = form(request);
        return answer(
                request,
                database.write(
                        request.org().number(),
                        tx -> {
                            UiSchema old = store.lock(tx, id(request));
                            if (old.form().equals(form)) {
                                return old;
                            }
                            UiSchema changed = old.with(form, now());
                            store.update(tx, changed);
                            emit(tx, changed);
                            return changed;
                        }));
    }

    private Reply delete(Request request) {
        database.write(
                request.org().number(),
                tx -> {
                    UiSchema schema = store.lock(tx, id(request));
                    store.delete(tx, schema);
                    emit(tx, schema);
                    return schema;
                });
        return Reply.noContent();
    }

    /** The catalogue has no type of their own; they are a part of what a user's profile is. */
    private void emit(Tx tx, UiSchema schema) {
        tx.emit(events.event("directory.user_profile.update").target(schema.target()));
    }

    private UiSchema.Form form(Request request) {
        UiSchema.Form form = request.body(UiSchema.BODY).uiSchema();
        Org org = request.org();
        Reading reading = new Reading();
        InputRules.check(form, schemas.of(org).ofDefaultType(org), reading);
        reading.finish();
        return form;
    }

    private Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static String id(Request request) {
        return request.variable("id");
    }

    private static Reply answer(Request request, UiSchema schema) {
        return Reply.ok(out -> schema.write(out, request.baseUrl()));
    }
}
