package dev.ostiary.server.identitysources;

import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.event.Target;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.apps.assignments.SourceUser;
import dev.ostiary.server.apps.assignments.SourceUserStore;
import dev.ostiary.server.directory.groups.SourcedGroups;
import dev.ostiary.server.directory.memberships.GroupRef;
import dev.ostiary.server.directory.memberships.Membership;
import dev.ostiary.server.directory.memberships.MembershipWatch;
import dev.ostiary.server.directory.memberships.Memberships;
import dev.ostiary.server.directory.users.SourcedUsers;
import dev.ostiary.server.directory.users.SourcedUsers.Present;
import dev.ostiary.server.identitysources.Load.Of;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Puts users of a source into its groups and takes them out. A group or user that the source does
 * not know is passed over, and counted. Thread-safe.
 */
final class MemberFeed {

    private final Memberships memberships;
    private final MembershipWatch watch;
    private final SourcedUsers users;
    private final SourcedGroups groups;
    private final EventCatalogue events;
    private final SourceUserStore userStore = new SourceUserStore();
    private final SourceGroupStore groupStore = new SourceGroupStore();

    MemberFeed(
            Memberships memberships,
            MembershipWatch watch,
            SourcedUsers users,
            SourcedGroups groups,
            EventCatalogue events) {
        this.memberships = memberships;
        this.watch = watch;
        this.users = users;
        this.groups = groups;
        this.events = events;
    }

    /** Who is meant: memberships in order, and how events name both ends. */
    private record Meant(
            List<Membership> memberships,
            Map<String, Target> users,
            Map<String, GroupRef> groups,
            int failed) {}

    Counts put(Tx tx, Org org, Wording wording, List<Of> wanted) {
        Meant meant = meant(tx, org, wording, wanted);
        List<Membership> joined = memberships.addAll(tx, org, meant.memberships());
        joined.forEach(each -> emit(tx, wording, meant, each, "group.user_membership.add"));
        tell(tx, org, joined);
        return Counts.memberships(joined.size(), 0, meant.failed());
    }

    Counts remove(Tx tx, Org org, Wording wording, List<Of> wanted) {
        Meant meant = meant(tx, org, wording, wanted);
        List<Membership> left = new ArrayList<>();
        for (Membership each : meant.memberships()) {
            if (memberships.remove(tx, org, each.groupId(), each.userId())) {
                left.add(each);
            }
        }
        left.forEach(each -> emit(tx, wording, meant, each, "group.user_membership.remove"));
        tell(tx, org, left);
        return Counts.memberships(0, left.size(), meant.failed());
    }

    private Meant meant(Tx tx, Org org, Wording wording, List<Of> wanted) {
        String source = wording.source().id();
        Set<String> members = new LinkedHashSet<>();
        wanted.forEach(each -> members.addAll(each.memberExternalIds()));
        Map<String, String> userIds = new HashMap<>();
        for (SourceUser user : userStore.byExternalIds(tx, source, members)) {
            userIds.put(user.externalId(), user.userId());
        }
        Map<String, Target> targets = new HashMap<>();
        Map<String, Present> held = users.hold(tx, userIds.values());
        held.forEach((id, user) -> targets.put(id, user.target()));
        Map<String, String> groupIds =
                groupStore.held(tx, source, wanted.stream().map(Of::groupExternalId).toList());
        Map<String, GroupRef> refs = new HashMap<>();
        groups.byIds(tx, org, groupIds.values())
                .forEach(each -> refs.put(each.group().id(), each.group()));
        Set<Membership> found = new LinkedHashSet<>();
        int failed = 0;
        for (Of each : wanted) {
            String groupId = groupIds.get(each.groupExternalId());
            for (String member : each.memberExternalIds()) {
                String userId = userIds.get(member);
                if (groupId == null || userId == null || !targets.containsKey(userId)) {
                    failed++;
                } else {
                    found.add(new Membership(groupId, userId));
                }
            }
        }
        return new Meant(List.copyOf(found), targets, refs, failed);
    }

    private void emit(Tx tx, Wording wording, Meant meant, Membership each, String type) {
        Target user = Objects.requireNonNull(meant.users().get(each.userId()));
        Target group = Objects.requireNonNull(meant.groups().get(each.groupId())).target();
        Event event = events.event(type).target(user).target(group);
        tx.emit(event.debug("identitySourceId", wording.source().id()));
    }

    private void tell(Tx tx, Org org, List<Membership> changed) {
        if (!changed.isEmpty()) {
            watch.imported(tx, org, changed.stream().map(Membership::userId).distinct().toList());
        }
    }
}
