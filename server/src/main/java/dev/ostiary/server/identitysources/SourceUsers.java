package dev.ostiary.server.identitysources;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.platform.store.UniqueViolation;
import dev.ostiary.platform.store.Work;
import dev.ostiary.server.apps.App;
import dev.ostiary.server.apps.AppStore;
import dev.ostiary.server.apps.assignments.SourceUser;
import dev.ostiary.server.apps.assignments.SourceUserStore;
import dev.ostiary.server.directory.schemas.ProfileAttribute;
import dev.ostiary.server.directory.schemas.ProfileSchema;
import dev.ostiary.server.identitysources.Load.Described;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.node.ObjectNode;

/** The tag IdentitySource, as far as it is about single users. Thread-safe. */
public final class SourceUsers implements Family {

    private static final String EXTERNAL_ID = "externalId";
    private static final int ATTEMPTS = 4;

    private static final Schema SCHEMA =
            Schema.object("IdentitySourceUser")
                    .always("id", Schema.TEXT)
                    .always(EXTERNAL_ID, Schema.TEXT)
                    .always("created", Schema.MOMENT)
                    .always("lastUpdated", Schema.MOMENT)
                    .always("profile", EntityBody.userProfile());

    private final Database database;
    private final InstantSource time;
    private final EventCatalogue events;
    private final Sources sources;
    private final UserFeed feed;
    private final SourceUserStore store = new SourceUserStore();

    public SourceUsers(
            Database database,
            InstantSource time,
            EventCatalogue events,
            AppStore apps,
            Feeds feeds) {
        this.database = database;
        this.time = time;
        this.events = events;
        this.sources = new Sources(apps);
        this.feed = feeds.users();
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("createIdentitySourceUser", this::create).takes(EntityBody.USER),
                Binding.of("getIdentitySourceUser", this::get).answers(SCHEMA),
                Binding.of("replaceExistingIdentitySourceUser", request -> change(request, true))
                        .takes(EntityBody.USER)
                        .answers(SCHEMA),
                Binding.of("updateIdentitySourceUsers", request -> change(request, false))
                        .takes(EntityBody.USER)
                        .answers(SCHEMA),
                Binding.of("deleteIdentitySourceUser", this::delete));
    }

    /** A user of a source, and what users of the source may have. */
    private record Found(SourceUser user, ProfileSchema schema) {}

    /** The published description has no content for the answer. */
    private Reply create(Request request) {
        Org org = request.org();
        ObjectNode body = request.object();
        written(
                org,
                tx -> {
                    App source = sources.active(tx, request);
                    Reading reading = new Reading();
                    Path at = Path.root("user");
                    Optional<Described> wanted =
                            new EntityBody(feed.schema(tx, source)).user(body, at, reading);
                    reading.finish();
                    Described user = wanted.orElseThrow();
                    if (!store.byExternalIds(tx, source.id(), List.of(user.externalId()))
                            .isEmpty()) {
                        throw ApiException.validation(
                                EXTERNAL_ID,
                                EXTERNAL_ID
                                        + ": The user '"
                                        + user.externalId()
                                        + "' of the identity source exists already");
                    }
                    return put(tx, org, source, user, true);
                });
        return Reply.empty(200);
    }

    private Reply get(Request request) {
        Found found =
                database.read(
                        request.org().number(),
                        reader -> {
                            App source = sources.require(reader, request);
                            return new Found(
                                    find(reader, request, source), feed.schema(reader, source));
                        });
        return answer(found);
    }

    /** PUT says all of the profile, PATCH a part of it; both name who it is about in the path. */
    private Reply change(Request request, boolean whole) {
        Org org = request.org();
        ObjectNode body = request.object();
        Found found =
                written(
                        org,
                        tx -> {
                            App source = sources.active(tx, request);
                            SourceUser before = find(tx, request, source);
                            ProfileSchema schema = feed.schema(tx, source);
                            Reading reading = new Reading();
                            Path at = Path.root("user").field("profile");
                            Optional<ObjectNode> profile =
                                    new EntityBody(schema)
                                            .userProfile(body.path("profile"), at, reading);
                            reading.finish();
                            put(
                                    tx,
                                    org,
                                    source,
                                    new Described(before.externalId(), profile.orElseThrow()),
                                    whole);
                            return new Found(find(tx, request, source), schema);
                        });
        return answer(found);
    }

    /** Who else was faster with a login or a unique value is seen by looking again. */
    private <T> T written(Org org, Work<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return database.write(org.number(), work);
            } catch (UniqueViolation taken) {
                if (attempt == ATTEMPTS) {
                    throw taken;
                }
            }
        }
    }

    private Verdict put(Tx tx, Org org, App source, Described user, boolean whole) {
        Wording wording = new Wording(events, source, true, source.id());
        Verdict verdict = feed.put(tx, org, wording, List.of(user), whole, now()).getFirst();
        verdict.require("profile");
        return verdict;
    }

    /** Who leaves the source is deactivated (guide, "Bulk deactivate data"). */
    private Reply delete(Request request) {
        Org org = request.org();
        database.write(
                org.number(),
                tx -> {
                    App source = sources.active(tx, request);
                    SourceUser user = find(tx, request, source);
                    Wording wording = new Wording(events, source, true, source.id());
                    return feed.remove(tx, org, wording, List.of(user.externalId()), now());
                });
        return Reply.noContent();
    }

    private SourceUser find(Reader reader, Request request, App source) {
        String reference = request.variable(EXTERNAL_ID);
        return (reference.length() > EntityBody.LONGEST_USER_ID
                        ? Optional.<SourceUser>empty()
                        : store.find(reader, source.id(), reference))
                .orElseThrow(() -> ApiException.notFound(reference, Wording.USER));
    }

    private static Reply answer(Found found) {
        return Reply.ok(out -> write(out, found));
    }

    /** What a user does not have of what all have is null (example {@code UserReplaceResponse}). */
    private static void write(JsonGenerator out, Found found) {
        SourceUser user = found.user();
        ObjectNode document = user.document();
        ObjectNode profile = Json.object();
        Set<String> own =
                found.schema().custom().stream()
                        .map(ProfileAttribute::name)
                        .collect(Collectors.toSet());
        for (ProfileAttribute attribute : found.schema().attributes()) {
            String name = attribute.name();
            if (document.hasNonNull(name)) {
                profile.set(name, document.get(name));
            } else if (!own.contains(name)) {
                profile.putNull(name);
            }
        }
        out.writeStartObject();
        out.writeStringProperty("id", user.userId());
        out.writeStringProperty(EXTERNAL_ID, user.externalId());
        out.writeStringProperty("created", Dates.text(user.created()));
        out.writeStringProperty("lastUpdated", Dates.text(user.lastUpdated()));
        out.writeName("profile");
        Json.raw(out, Json.text(profile));
        out.writeEndObject();
    }

    private Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
