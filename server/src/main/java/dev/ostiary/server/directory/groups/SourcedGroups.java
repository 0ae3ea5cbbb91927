package dev.ostiary.server.directory.groups;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.groups.GroupStore.Lock;
import dev.ostiary.server.directory.memberships.GroupRef;
import dev.ostiary.server.directory.memberships.MembershipWatch;
import dev.ostiary.server.directory.schemas.UniqueValues;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Groups of identity sources: {@code APP_GROUP}s, which only their source changes and which may be
 * called as others are. Thread-safe.
 */
public final class SourcedGroups {

    private final EventCatalogue events;
    private final Ids ids;
    private final MembershipWatch watch;
    private final OwnerChanges owners;
    private final UniqueValues uniqueValues = new UniqueValues();
    private final GroupStore store = new GroupStore();

    /**
     * @param watch whom it concerns that groups are called otherwise, or end
     */
    public SourcedGroups(EventCatalogue events, Ids ids, MembershipWatch watch) {
        this.events = events;
        this.ids = ids;
        this.watch = watch;
        this.owners = new OwnerChanges(events);
    }

    /**
     * A group as its source describes it.
     *
     * @param sourceId the app that it is of; none for another kind of group
     * @param open whether administrators say who is in it
     */
    public record Sourced(
            GroupRef group,
            Optional<String> description,
            Optional<String> sourceId,
            boolean open) {}

    /** The groups of these ids that there are, in their order. */
    public List<Sourced> byIds(Reader reader, Org org, Collection<String> groupIds) {
        return store.byIds(reader, org, groupIds).stream().map(SourcedGroups::sourced).toList();
    }

    private static Sourced sourced(Group group) {
        String description = group.profile().document().path("description").asString("");
        return new Sourced(
                group.ref(),
                description.isEmpty() ? Optional.empty() : Optional.of(description),
                Optional.ofNullable(group.sourceId()),
                group.type() == GroupType.OKTA_GROUP);
    }

    /** The oldest group of a source that is called so. */
    public Optional<Sourced> named(Reader reader, Org org, String sourceId, String name) {
        return store.ofSource(reader, org, sourceId, name).map(SourcedGroups::sourced);
    }

    /** Makes a group, with its event, later. */
    public Sourced create(
            Tx tx,
            Org org,
            String sourceId,
            String name,
            @Nullable String description,
            Instant now) {
        GroupProfile profile = GroupProfile.of(name, Optional.ofNullable(description));
        Group group = Group.sourced(ids.next("00g", org.tail(), now), sourceId, profile, now);
        store.insert(tx, org, group);
        tx.emit(events.event("group.lifecycle.create").target(group.ref().target()));
        return sourced(group);
    }

    /**
     * Gives a group another profile, with its event.
     *
     * @return whether it says anything new
     */
    public boolean update(
            Tx tx,
            Org org,
            String groupId,
            String name,
            @Nullable String description,
            Instant now) {
        Group before = store.require(tx, org, groupId, Lock.PROFILE);
        GroupProfile profile = GroupProfile.of(name, Optional.ofNullable(description));
        List<String> changed = before.profile().changed(profile);
        if (changed.isEmpty()) {
            return false;
        }
        Group after = before.with(profile, now);
        store.update(tx, org, after);
        tx.emit(
                events.event("group.profile.update")
                        .target(after.ref().target())
                        .debug("changedAttributes", String.join(",", changed)));
        if (!after.profile().name().equals(before.profile().name())) {
            watch.renamed(tx, org);
        }
        return true;
    }

    /** Ends a group, with its event. */
    public void delete(Tx tx, Org org, String groupId) {
        Group group = store.require(tx, org, groupId, Lock.ALL);
        watch.deleting(tx, org, group.id());
        owners.removeEverywhere(tx, org, group.id(), GroupOwner.Type.GROUP);
        uniqueValues.release(tx, UniqueValues.GROUP, group.id());
        store.delete(tx, org, group);
        tx.emit(events.event("group.lifecycle.delete").target(group.ref().target()));
    }
}
