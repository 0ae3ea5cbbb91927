package dev.ostiary.server.directory.schemas;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.event.Target;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Documents;
import dev.ostiary.platform.store.Documents.Document;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Tx;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tag Schema, as far as it is about users of apps, and the front door for whoever writes their
 * profiles. A schema stands in the database, under the id of its app, once it was changed.
 * Thread-safe.
 */
public final class AppUserSchemas implements Family {

    private static final Documents DOCUMENTS = new Documents("appSchema");

    private static final Schema BODY =
            Schema.object()
                    .maybe("title", Schema.TEXT.orNull())
                    .maybe("definitions", Schema.DOCUMENT.orNull())
                    .andOthers();

    private final Database database;
    private final InstantSource time;
    private final EventCatalogue events;
    private final Apps apps;
    private final AttributeHolders holders;

    /** What this room asks of apps. Implementations are thread-safe. */
    public interface Apps {

        /**
         * An app.
         *
         * @throws dev.ostiary.platform.problem.ApiException {@code E0000007} if there is none
         */
        Named require(Reader reader, Org org, String id);

        /** The same, which nobody changes before the transaction ends. */
        Named held(Tx tx, Org org, String id);
    }

    /**
     * What of an app its schema shows.
     *
     * @param source whether it is an identity source
     */
    public record Named(String id, String label, Instant created, boolean source) {

        private StoredSchema untouched() {
            return StoredSchema.untouched(id, label, label + " User", created).ofSource(source);
        }
    }

    public AppUserSchemas(
            Database database,
            InstantSource time,
            EventCatalogue events,
            Apps apps,
            AttributeHolders holders) {
        this.database = database;
        this.time = time;
        this.events = events;
        this.apps = apps;
        this.holders = holders;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("getApplicationUserSchema", this::get).answers(SchemaJson.SCHEMA),
                Binding.of("updateApplicationUserProfile", this::update)
                        .mayTake(BODY)
                        .answers(SchemaJson.SCHEMA));
    }

    /**
     * What the profiles of an app's users may hold; the name is no part of a profile.
     *
     * @param source whether the app is an identity source
     */
    public ProfileSchema profiles(Reader reader, String appId, boolean source) {
        return whole(reader, appId, source).without(BaseAttributes.USER_NAME);
    }

    /** As {@link #profiles}, with the name, as sources and mappings have it. */
    public ProfileSchema whole(Reader reader, String appId, boolean source) {
        return DOCUMENTS
                .get(reader, appId)
                .map(AppUserSchemas::read)
                .orElseGet(() -> StoredSchema.untouched(appId, "", "", Instant.EPOCH))
                .ofSource(source)
                .schema();
    }

    /** With its app. */
    public static void delete(Tx tx, String appId) {
        DOCUMENTS.delete(tx, appId);
        new UniqueValues().forgetAll(tx, UniqueValues.ofApp(appId), Optional.empty());
    }

    private Reply get(Request request) {
        Org org = request.org();
        StoredSchema found =
                database.read(
                        org.number(),
                        reader ->
                                find(reader, apps.require(reader, org, request.variable("appId"))));
        return answer(request, found);
    }

    private static StoredSchema find(Reader reader, Named app) {
        return DOCUMENTS
                .get(reader, app.id())
                .map(AppUserSchemas::read)
                .orElseGet(app::untouched)
                .ofSource(app.source());
    }

    private Reply update(Request request) {
        ObjectNode body = request.hasBody() ? request.object() : Json.object();
        Org org = request.org();
        StoredSchema after =
                database.write(
                        org.number(),
                        tx ->
                                update(
                                        tx,
                                        org,
                                        find(tx, apps.held(tx, org, request.variable("appId"))),
                                        body));
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
        if (!change.removed().isEmpty()) {
            holders.drop(tx, org, before.id(), change.removed());
        }
        for (String name : change.shared()) {
            holders.letShare(tx, org, before.id(), name);
        }
        for (String name : change.unique()) {
            if (!holders.keepUnique(tx, org, before.id(), name)) {
                after = after.shared(name);
            }
        }
        DOCUMENTS.save(
                tx,
                after.id(),
                new dev.ostiary.platform.store.Json(Json.text(after.body())),
                after.lastUpdated());
        tx.emit(
                events.event("directory.app_user_profile.update")
                        .target(new Target(after.id(), "AppUserSchema", null, after.title())));
        return after;
    }

    private static StoredSchema read(Document document) {
        return StoredSchema.of(
                document.id(),
                Json.object(document.body()),
                document.created(),
                document.lastUpdated());
    }

    private static Reply answer(Request request, StoredSchema schema) {
        SchemaJson json = new SchemaJson(request.baseUrl(), true);
        return Reply.ok(out -> json.write(out, schema));
    }
}
