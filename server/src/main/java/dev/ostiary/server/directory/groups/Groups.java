package dev.ostiary.server.directory.groups;

import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import dev.ostiary.platform.json.Way;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.platform.store.UniqueViolation;
import dev.ostiary.platform.store.Work;
import dev.ostiary.server.directory.groups.GroupStore.Lock;
import dev.ostiary.server.directory.memberships.MembershipWatch;
import dev.ostiary.server.directory.memberships.Memberships;
import dev.ostiary.server.directory.schemas.OrgSchemas;
import dev.ostiary.server.directory.schemas.ProfileSchema;
import dev.ostiary.server.directory.schemas.UniqueValues;
import dev.ostiary.server.directory.searchindexes.SearchIndexes;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The tag Group, as far as it is not about members. */
public final class Groups implements Family {

    private static final String NAME_TAKEN = "groups_name";

    private final Database database;
    private final Ids ids;
    private final InstantSource time;
    private final EventCatalogue events;
    private final OrgSchemas schemas;
    private final MembershipWatch watch;
    private final UniqueValues uniqueValues = new UniqueValues();
    private final GroupStore store = new GroupStore();
    private final GroupList list;
    private final OwnerChanges owners;

    /** Groups over these neighbours, searched by the indexes that every org has. */
    public Groups(
            Database database,
            Ids ids,
            InstantSource time,
            EventCatalogue events,
            Memberships memberships,
            OrgSchemas schemas,
            MembershipWatch watch) {
        this(database, ids, time, events, memberships, schemas, watch, SearchIndexes.NONE);
    }

    /** Groups over these neighbours. */
    public Groups(
            Database database,
            Ids ids,
            InstantSource time,
            EventCatalogue events,
            Memberships memberships,
            OrgSchemas schemas,
            MembershipWatch watch,
            SearchIndexes searchIndexes) {
        this.schemas = schemas;
        this.watch = watch;
        this.database = database;
        this.ids = ids;
        this.time = time;
        this.events = events;
        this.list = new GroupList(database, store, memberships, time, schemas, searchIndexes);
        this.owners = new OwnerChanges(events);
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("listGroups", list::list).answersMany(GroupJson.SCHEMA),
                Binding.of("addGroup", this::add).takes(BODY).answers(GroupJson.SCHEMA),
                Binding.of("getGroup", this::get).answers(GroupJson.SCHEMA),
                Binding.of("replaceGroup", this::replace).takes(BODY).answers(GroupJson.SCHEMA),
                Binding.of("deleteGroup", this::delete));
    }

    private static final Schema BODY =
            Body.SHAPE.schema(Way.IN).replaced("profile", GroupProfile.SCHEMA);

    /** The body of {@code addGroup} and {@code replaceGroup}. */
    private record Body(ObjectNode profile) {
        private static final Shape<Body> SHAPE = shape();

        private static Shape<Body> shape() {
            Shape.Builder<Body> shape = Shape.of("group");
            Field<Body, ObjectNode> profile =
                    shape.field("profile", Type.DOCUMENT, Body::profile).required();
            return shape.build(in -> new Body(in.get(profile)));
        }
    }

    private GroupProfile profile(Request request) {
        return GroupProfile.read(request.body(Body.SHAPE).profile(), schema(request.org()));
    }

    private ProfileSchema schema(Org org) {
        return schemas.of(org).ofGroups();
    }

    /** Nobody else may have the values of its unique attributes. */
    private void claim(Tx tx, Org org, Group group) {
        uniqueValues.claim(
                tx, UniqueValues.GROUP, group.id(), schema(org), group.profile().document());
    }

    private Reply add(Request request) {
        Org org = request.org();
        Instant now = now();
        Group group = Group.created(ids.next("00g", org.tail(), now), profile(request), now);
        write(
                org,
                tx -> {
                    claim(tx, org, group);
                    store.insert(tx, org, group);
                    tx.emit(event("group.lifecycle.create", group));
                    return group;
                });
        return answer(request, group);
    }

    private Reply get(Request request) {
        Org org = request.org();
        return answer(
                request,
                database.read(
                        org.number(),
                        reader -> store.require(reader, org, id(request), Lock.NONE)));
    }

    private Reply replace(Request request) {
        Org org = request.org();
        GroupProfile profile = profile(request);
        return answer(request, write(org, tx -> replace(tx, org, id(request), profile)));
    }

    /** The same profile again is no update: nothing is written, and the log is silent. */
    private Group replace(Tx tx, Org org, String id, GroupProfile profile) {
        Group old = store.require(tx, org, id, Lock.PROFILE).requireManagedHere();
        List<String> changed = old.profile().changed(profile);
        if (changed.isEmpty()) {
            return old;
        }
        Group group = old.with(profile, now());
        claim(tx, org, group);
        store.update(tx, org, group);
        tx.emit(
                event("group.profile.update", group)
                        .debug("changedAttributes", String.join(",", changed)));
        if (!group.profile().name().equals(old.profile().name())) {
            watch.renamed(tx, org);
        }
        return group;
    }

    private Reply delete(Request request) {
        Org org = request.org();
        write(
                org,
                tx -> {
                    Group group = store.require(tx, org, id(request), Lock.ALL).requireDeletable();
                    watch.deleting(tx, org, group.id());
                    owners.removeEverywhere(tx, org, group.id(), GroupOwner.Type.GROUP);
                    uniqueValues.release(tx, UniqueValues.GROUP, group.id());
                    store.delete(tx, org, group);
                    tx.emit(event("group.lifecycle.delete", group));
                    return group;
                });
        return Reply.noContent();
    }

    private Group write(Org org, Work<Group> work) {
        try {
            return database.write(org.number(), work);
        } catch (UniqueViolation e) {
            if (!e.constraint().equals(NAME_TAKEN)) {
                throw e;
            }
            throw ApiException.validation(
                    "name",
                    "name: An object with this field already exists in the current organization");
        }
    }

    private Event event(String type, Group group) {
        return events.event(type).target(group.ref().target());
    }

    private Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static String id(Request request) {
        return request.variable("groupId");
    }

    private static Reply answer(Request request, Group group) {
        GroupJson json = GroupJson.plain(request.baseUrl());
        return Reply.ok(out -> json.write(out, group));
    }
}
