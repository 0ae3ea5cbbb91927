package dev.ostiary.server.apps.assignments;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.apps.App;
import dev.ostiary.server.apps.AppEvents;
import dev.ostiary.server.apps.AppStore;
import dev.ostiary.server.directory.memberships.MembershipWatch;
import dev.ostiary.server.directory.schemas.UniqueValues;
import dev.ostiary.server.directory.users.Belongings;
import dev.ostiary.server.directory.users.User;
import dev.ostiary.server.directory.users.UserDirectory;
import dev.ostiary.server.directory.users.UserEvents;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What ends with users and groups: a user who is deactivated has no apps any more, and a group that
 * is deleted gives none. In the transactions of the neighbours. Thread-safe.
 */
public final class AppFarewells implements Belongings.Removal, MembershipWatch {

    private final AppStore apps;
    private final AppEvents events;
    private final UserDirectory users;
    private final AssignmentStore assignments = new AssignmentStore();
    private final UniqueValues uniqueValues = new UniqueValues();
    private final GroupAssignmentStore groups = new GroupAssignmentStore();

    public AppFarewells(AppStore apps, AppEvents events, UserDirectory users) {
        this.apps = apps;
        this.events = events;
        this.users = users;
    }

    @Override
    public void remove(Tx tx, Org org, String userId) {
        List<Assignment> direct = assignments.direct(tx, userId);
        Optional<User> user = direct.isEmpty() ? Optional.empty() : users.byId(tx, userId);
        if (user.isPresent()) {
            for (App app : apps.byIds(tx, direct.stream().map(Assignment::appId).toList())) {
                tx.emit(
                        events.of("application.user_membership.remove", app)
                                .target(UserEvents.target(user.get())));
            }
        }
        assignments
                .appsOf(tx, userId)
                .forEach(appId -> uniqueValues.release(tx, UniqueValues.ofApp(appId), userId));
        assignments.deleteAll(tx, userId);
    }

    /**
     * The order of each app's groups closes over the hole; apps are held in the order of their ids.
     */
    @Override
    public void deleting(Tx tx, Org org, String groupId) {
        for (GroupAssignment each : groups.ofGroup(tx, groupId)) {
            App app = apps.held(tx, org, each.appId(), AppStore.Lock.ALL);
            groups.find(tx, app.id(), groupId)
                    .ifPresent(
                            present -> {
                                groups.delete(tx, present);
                                groups.shift(tx, app.id(), present.priority(), -1);
                                GroupAssignmentStore.group(tx, groupId)
                                        .ifPresent(
                                                group ->
                                                        tx.emit(
                                                                events.of(
                                                                                "group.application_assignment.remove",
                                                                                app)
                                                                        .target(group.target())));
                            });
        }
    }

    @Override
    public void leaving(Tx tx, Org org, String groupId, String userId) {}

    @Override
    public void changed(Tx tx, Org org, String userId) {}

    @Override
    public void imported(Tx tx, Org org, Collection<String> userIds) {}

    @Override
    public void renamed(Tx tx, Org org) {}
}
