package dev.ostiary.server.directory.groups;

import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.event.Target;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.groups.GroupOwner.Type;
import dev.ostiary.server.directory.memberships.GroupRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Owners come and go, and the log says who owned the group before and after. The group's row is
 * held by whoever calls. Thread-safe.
 */
final class OwnerChanges {

    private final EventCatalogue events;
    private final GroupOwnerStore store = new GroupOwnerStore();

    OwnerChanges(EventCatalogue events) {
        this.events = events;
    }

    /** Adds an owner; none if the group has it already. */
    boolean add(Tx tx, Org org, GroupRef group, GroupOwner owner, Target target) {
        List<GroupOwner> before = store.all(tx, group.id());
        if (find(before, owner.id()).isPresent()) {
            return false;
        }
        List<GroupOwner> after = new ArrayList<>(before);
        after.add(owner);
        store.insert(tx, group.id(), owner);
        tx.emit(changed(org, group, before, after).target(target));
        return true;
    }

    /** Takes an owner away; it is none any more if it was not one. */
    boolean remove(Tx tx, Org org, GroupRef group, String ownerId) {
        List<GroupOwner> before = store.all(tx, group.id());
        Optional<GroupOwner> owner = find(before, ownerId);
        if (owner.isEmpty()) {
            return false;
        }
        List<GroupOwner> after = new ArrayList<>(before);
        after.remove(owner.get());
        store.delete(tx, group.id(), ownerId);
        tx.emit(changed(org, group, before, after));
        return true;
    }

    /**
     * Takes an owner that is being deleted, and so held, from every group. What becomes of the
     * owners of a group that owns itself, its end tells.
     */
    void removeEverywhere(Tx tx, Org org, String ownerId, Type type) {
        for (GroupRef group : store.lockOwned(tx, ownerId, type)) {
            if (group.id().equals(ownerId)) {
                store.delete(tx, group.id(), ownerId);
            } else {
                remove(tx, org, group, ownerId);
            }
        }
    }

    private static Optional<GroupOwner> find(List<GroupOwner> owners, String id) {
        return owners.stream().filter(owner -> owner.id().equals(id)).findFirst();
    }

    private Event changed(
            Org org, GroupRef group, List<GroupOwner> before, List<GroupOwner> after) {
        return events.event("resource.owner.update")
                .target(group.target().changed(principals(org, before), principals(org, after)));
    }

    private static Map<String, Object> principals(Org org, List<GroupOwner> owners) {
        return Map.of("principals", owners.stream().map(owner -> owner.principal(org)).toList());
    }
}
