package dev.ostiary.server.identitysources;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.query.Limits;
import dev.ostiary.platform.query.Page;
import dev.ostiary.platform.query.PageRequest;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.apps.App;
import dev.ostiary.server.apps.AppStore;
import dev.ostiary.server.apps.assignments.SourceUserStore;
import dev.ostiary.server.directory.groups.SourcedGroups;
import dev.ostiary.server.directory.groups.SourcedGroups.Sourced;
import dev.ostiary.server.identitysources.Load.Described;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.node.ObjectNode;

/** The tag IdentitySource, as far as it is about single groups and their members. Thread-safe. */
public final class SourceGroups implements Family {

    private static final String REFERENCE = "groupOrExternalId";
    private static final String EXTERNAL_ID = "externalId";
    private static final String MEMBER = "memberExternalId";
    private static final Limits LIMITS = Limits.refusing(200, 1000);

    private static final Schema SCHEMA =
            Schema.object("IdentitySourceGroup")
                    .always("id", Schema.TEXT)
                    .always(EXTERNAL_ID, Schema.TEXT)
                    .always(
                            "profile",
                            EntityBody.groupProfile()
                                    .named("IdentitySourceGroupProfileShown")
                                    .always("profile", EntityBody.groupProfile()));

    private static final Schema MEMBERS =
            Schema.object("IdentitySourceGroupMemberships")
                    .always("memberExternalIds", Schema.list(Schema.TEXT));

    private final Database database;
    private final InstantSource time;
    private final EventCatalogue events;
    private final Sources sources;
    private final Feeds feeds;
    private final SourcedGroups groups;
    private final SourceGroupStore store = new SourceGroupStore();
    private final SourceUserStore users = new SourceUserStore();

    public SourceGroups(
            Database database,
            InstantSource time,
            EventCatalogue events,
            AppStore apps,
            Feeds feeds,
            SourcedGroups groups) {
        this.database = database;
        this.time = time;
        this.events = events;
        this.sources = new Sources(apps);
        this.feeds = feeds;
        this.groups = groups;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("createIdentitySourceGroups", this::create)
                        .takes(EntityBody.GROUP)
                        .answers(SCHEMA),
                Binding.of("getIdentitySourceGroup", this::get).answers(SCHEMA),
                Binding.of("updateIdentitySourceGroups", this::update)
                        .takes(EntityBody.GROUP)
                        .answers(SCHEMA),
                Binding.of("deleteIdentitySourceGroup", this::delete),
                Binding.of("getIdentitySourceGroupMemberships", this::members).answers(MEMBERS),
                Binding.of("createIdentitySourceGroupsMemberships", this::join)
                        .takes(Schema.object().always(MEMBER, Schema.TEXT)),
                Binding.of("deleteIdentitySourceGroupMemberships", this::leave));
    }

    /** A group of a source. */
    private record Found(String externalId, Sourced group) {}

    private Reply create(Request request) {
        Org org = request.org();
        ObjectNode body = request.object();
        Reading reading = new Reading();
        Optional<String> id =
                EntityBody.externalId(
                        body, Path.root("group"), EntityBody.LONGEST_GROUP_ID, reading);
        Optional<ObjectNode> profile = profile(body, reading);
        reading.finish();
        Described wanted = new Described(id.orElseThrow(), profile.orElseThrow());
        Found found =
                database.write(
                        org.number(),
                        tx -> {
                            App source = sources.active(tx, request);
                            if (!store.held(tx, source.id(), List.of(wanted.externalId()))
                                    .isEmpty()) {
                                throw ApiException.validation(
                                        EXTERNAL_ID,
                                        EXTERNAL_ID
                                                + ": The group '"
                                                + wanted.externalId()
                                                + "' of the identity source exists already");
                            }
                            feeds.groups()
                                    .put(tx, org, wording(source), wanted, null, now())
                                    .require("profile");
                            return find(tx, org, source, wanted.externalId());
                        });
        return answer(found);
    }

    private static Optional<ObjectNode> profile(ObjectNode body, Reading reading) {
        return EntityBody.groupProfile(
                body.path("profile"), Path.root("group").field("profile"), reading);
    }

    private Reply get(Request request) {
        Org org = request.org();
        return answer(
                database.read(
                        org.number(),
                        reader -> find(reader, org, sources.require(reader, request), request)));
    }

    private Reply update(Request request) {
        Org org = request.org();
        ObjectNode body = request.object();
        Reading reading = new Reading();
        Optional<ObjectNode> profile = profile(body, reading);
        reading.finish();
        Found found =
                database.write(
                        org.number(),
                        tx -> {
                            App source = sources.active(tx, request);
                            Found before = find(tx, org, source, request);
                            feeds.groups()
                                    .put(
                                            tx,
                                            org,
                                            wording(source),
                                            new Described(
                                                    before.externalId(), profile.orElseThrow()),
                                            before.group(),
                                            now())
                                    .require("profile");
                            return find(tx, org, source, before.externalId());
                        });
        return answer(found);
    }

    private Reply delete(Request request) {
        Org org = request.org();
        database.write(
                org.number(),
                tx -> {
                    App source = sources.active(tx, request);
                    Found found = find(tx, org, source, request);
                    return feeds.groups()
                            .remove(tx, org, wording(source), List.of(found.externalId()));
                });
        return Reply.noContent();
    }

    private Reply members(Request request) {
        Org org = request.org();
        PageRequest asked = PageRequest.forward(request.parameters(), LIMITS);
        Page<String> page =
                database.read(
                        org.number(),
                        reader -> {
                            App source = sources.require(reader, request);
                            Found group = find(reader, org, source, request);
                            return users.members(
                                    reader, source.id(), group.group().group().id(), asked);
                        });
        return Reply.ok(
                        out -> {
                            out.writeStartObject();
                            out.writeArrayPropertyStart("memberExternalIds");
                            page.items().forEach(out::writeString);
                            out.writeEndArray();
                            out.writeEndObject();
                        })
                .with(request.links(page, asked.limit(), Page.LinkPolicy.SELF));
    }

    private Reply join(Request request) {
        Org org = request.org();
        ObjectNode body = request.object();
        Reading reading = new Reading();
        Optional<String> member =
                EntityBody.text(
                        body.path(MEMBER),
                        Path.root(MEMBER).field(MEMBER),
                        EntityBody.LONGEST_USER_ID,
                        reading);
        reading.finish();
        database.write(
                org.number(),
                tx -> {
                    App source = sources.active(tx, request);
                    Found group = find(tx, org, source, request);
                    Load.Of wanted = new Load.Of(group.externalId(), List.of(member.orElseThrow()));
                    Counts counts = feeds.members().put(tx, org, wording(source), List.of(wanted));
                    if (counts.failed() > 0) {
                        throw ApiException.validation(
                                MEMBER,
                                MEMBER
                                        + ": The identity source has no user '"
                                        + member.get()
                                        + "'");
                    }
                    if (counts.joined() > 0) {
                        tell(
                                tx,
                                "system.identity_sources.group.user.assign",
                                source,
                                group,
                                member.get());
                    }
                    return counts;
                });
        return Reply.noContent();
    }

    private Reply leave(Request request) {
        Org org = request.org();
        String member = request.variable(MEMBER);
        database.write(
                org.number(),
                tx -> {
                    App source = sources.active(tx, request);
                    Found group = find(tx, org, source, request);
                    Load.Of wanted = new Load.Of(group.externalId(), List.of(member));
                    Counts counts =
                            feeds.members().remove(tx, org, wording(source), List.of(wanted));
                    if (counts.left() == 0) {
                        throw ApiException.notFound(member, Wording.USER);
                    }
                    tell(tx, "system.identity_sources.group.user.revoke", source, group, member);
                    return counts;
                });
        return Reply.noContent();
    }

    private void tell(Tx tx, String type, App source, Found group, String member) {
        tx.emit(
                events.event(type)
                        .target(source.target())
                        .target(group.group().group().target())
                        .target(member, Wording.USER, member, null));
    }

    private Found find(Reader reader, Org org, App source, Request request) {
        return find(reader, org, source, request.variable(REFERENCE));
    }

    private Found find(Reader reader, Org org, App source, String reference) {
        return (reference.length() > EntityBody.LONGEST_GROUP_ID
                        ? Optional.<SourceGroupStore.Named>empty()
                        : store.find(reader, source.id(), reference))
                .flatMap(
                        named ->
                                groups.byIds(reader, org, List.of(named.groupId())).stream()
                                        .findFirst()
                                        .map(group -> new Found(named.externalId(), group)))
                .orElseThrow(() -> ApiException.notFound(reference, GroupFeed.TYPE));
    }

    private Wording wording(App source) {
        return new Wording(events, source, true, source.id());
    }

    private static Reply answer(Found found) {
        return Reply.ok(
                out -> {
                    out.writeStartObject();
                    out.writeStringProperty("id", found.group().group().id());
                    out.writeStringProperty(EXTERNAL_ID, found.externalId());
                    out.writeObjectPropertyStart("profile");
                    profile(out, found.group());
                    out.writeObjectPropertyStart("profile");
                    profile(out, found.group());
                    out.writeEndObject();
                    out.writeEndObject();
                    out.writeEndObject();
                });
    }

    /**
     * The published schema has the profile within the profile, where official clients look for it;
     * its example has it once, and so has what a client sends. So both are there.
     */
    private static void profile(JsonGenerator out, Sourced group) {
        out.writeStringProperty("displayName", group.group().name());
        if (group.description().isPresent()) {
            out.writeStringProperty("description", group.description().get());
        } else {
            out.writeNullProperty("description");
        }
    }

    private Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
