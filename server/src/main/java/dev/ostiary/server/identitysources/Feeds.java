package dev.ostiary.server.identitysources;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.apps.AppEvents;
import dev.ostiary.server.apps.profiles.MappedProfiles;
import dev.ostiary.server.directory.groups.SourcedGroups;
import dev.ostiary.server.directory.memberships.MembershipWatch;
import dev.ostiary.server.directory.memberships.Memberships;
import dev.ostiary.server.directory.schemas.AppUserSchemas;
import dev.ostiary.server.directory.users.SourcedUsers;
import java.time.Instant;
import java.util.List;

/**
 * What sources write with: users, groups, and who is in which; for a single change and for an
 * import alike. Thread-safe.
 */
public final class Feeds {

    private final UserFeed users;
    private final GroupFeed groups;
    private final MemberFeed members;

    private Feeds(UserFeed users, GroupFeed groups, MemberFeed members) {
        this.users = users;
        this.groups = groups;
        this.members = members;
    }

    /** Feeds over these neighbours. */
    public static Feeds of(
            SourcedUsers users,
            SourcedGroups groups,
            Memberships memberships,
            MembershipWatch watch,
            MappedProfiles mappings,
            AppUserSchemas schemas,
            EventCatalogue events) {
        return new Feeds(
                new UserFeed(users, mappings, schemas, new AppEvents(events), watch),
                new GroupFeed(groups),
                new MemberFeed(memberships, watch, users, groups, events));
    }

    UserFeed users() {
        return users;
    }

    GroupFeed groups() {
        return groups;
    }

    MemberFeed members() {
        return members;
    }

    Counts apply(Tx tx, Org org, Wording wording, Load load, Instant now) {
        return switch (load) {
            case Load.Users(List<Load.Described> all) ->
                    users.put(tx, org, wording, all, false, now).stream()
                            .map(Verdict::counts)
                            .reduce(Counts.NONE, Counts::plus);
            case Load.UsersGone(List<String> ids) -> users.remove(tx, org, wording, ids, now);
            case Load.Groups(List<Load.Described> all) -> groups.putAll(tx, org, wording, all, now);
            case Load.GroupsGone(List<String> ids) -> groups.remove(tx, org, wording, ids);
            case Load.Members(boolean gone, List<Load.Of> all) ->
                    gone
                            ? members.remove(tx, org, wording, all)
                            : members.put(tx, org, wording, all);
        };
    }
}
