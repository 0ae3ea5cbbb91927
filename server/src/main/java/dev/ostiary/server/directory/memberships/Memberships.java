package dev.ostiary.server.directory.memberships;

import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.memberships.RuleMade.Place;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts users into groups and takes them out, within the caller's transaction; the caller emits the
 * events. Thread-safe.
 *
 * <p>No row is shared by those who write: a membership never touches its group's row. So a count is
 * a count, over the primary key, exact whatever runs beside it, and costs the size of the group,
 * not of the org; a running total would either be one hot row or a pile that somebody has to fold.
 * When a group's memberships last changed is the newest entry of an index, see {@link
 * LastMembershipUpdated}.
 */
public final class Memberships {

    /** How many groups a user may be created in (Users, "Create User in Group"). */
    static final int MOST_AT_CREATION = 20;

    private final MembershipStore store = new MembershipStore();
    private final RuleMade ruleMade = new RuleMade();
    private final InstantSource time;

    public Memberships(InstantSource time) {
        this.time = time;
    }

    /**
     * Puts a user who is being created into groups. Costs nothing without groups, else one round
     * trip.
     *
     * @return the groups, by id: targets of the events
     * @throws ApiException {@code E0000093} for more than 20 groups, {@code E0000007} for an
     *     unknown one, {@code E0000006} for one whose memberships are not managed here
     */
    public List<GroupRef> join(Tx tx, Org org, String userId, List<String> groupIds) {
        List<String> wanted = groupIds.stream().distinct().toList();
        if (wanted.isEmpty()) {
            return List.of();
        }
        if (wanted.size() > MOST_AT_CREATION) {
            throw ApiException.of("E0000093").because("The number of group targets is too large");
        }
        requireIds(wanted);
        List<MembershipStore.Joinable> found = store.lock(tx, org.number(), wanted);
        requireAll(wanted, found);
        List<GroupRef> groups = found.stream().map(MembershipStore.Joinable::group).toList();
        List<String> ids = groups.stream().map(GroupRef::id).toList();
        store.addAll(tx, org.number(), ids, userId, now());
        return groups;
    }

    private static void requireIds(List<String> wanted) {
        for (String id : wanted) {
            if (!Ids.isId(id)) {
                throw unknown(id);
            }
        }
    }

    private static void requireAll(List<String> wanted, List<MembershipStore.Joinable> found) {
        Set<String> known = new HashSet<>();
        found.forEach(joinable -> known.add(joinable.group().id()));
        for (String id : wanted) {
            if (!known.contains(id)) {
                throw unknown(id);
            }
        }
        if (!found.stream().allMatch(MembershipStore.Joinable::open)) {
            throw ApiException.forbidden();
        }
    }

    /**
     * Takes a user who is being deleted out of every group. The caller holds a lock on the user's
     * row, so that nobody puts it into another one meanwhile.
     *
     * @return the groups that the user was in, the built-in ones left out: targets of the events
     */
    public List<GroupRef> leaveAll(Tx tx, Org org, String userId) {
        return store.removeUser(tx, org.number(), userId, now());
    }

    /**
     * Puts a user into a group; both exist and are locked against deletion. One whom a rule has put
     * there stays when the rule lets go.
     *
     * @return whether the user was not in it before
     */
    public boolean add(Tx tx, Org org, String groupId, String userId) {
        boolean joined = store.add(tx, org.number(), groupId, userId, now());
        if (!joined) {
            store.keep(tx, org.number(), groupId, userId);
        }
        return joined;
    }

    /**
     * Puts many users into groups that are locked against deletion.
     *
     * @return those who were not in them before
     */
    public List<Membership> addAll(Tx tx, Org org, List<Membership> wanted) {
        if (wanted.isEmpty()) {
            return List.of();
        }
        List<Membership> joined = store.addAll(tx, org.number(), wanted, now());
        Set<Membership> there = new LinkedHashSet<>(wanted);
        joined.forEach(there::remove);
        ruleMade.keep(
                tx, there.stream().map(each -> new Place(each.userId(), each.groupId())).toList());
        return joined;
    }

    /**
     * Takes a user out of a group.
     *
     * @return whether the user was in it before
     */
    public boolean remove(Tx tx, Org org, String groupId, String userId) {
        return store.remove(tx, org.number(), groupId, userId, now());
    }

    /**
     * Ids of the members of a group.
     *
     * @param beyond a condition on {@code user_id}
     * @param order what follows {@code ORDER BY}
     */
    public List<String> members(
            Reader reader,
            Org org,
            String groupId,
            Roster roster,
            Sql beyond,
            Sql order,
            int most) {
        return store.members(reader, org.number(), groupId, roster, beyond, order, most);
    }

    /** The next stored memberships after one, by group and user. */
    public List<Membership> after(Reader reader, Org org, String groupId, String userId, int most) {
        return store.after(reader, org.number(), groupId, userId, most);
    }

    /** Ids of the groups that a user is in, in order. */
    public List<String> groupsOf(Reader reader, Org org, String userId) {
        return store.groupsOf(reader, org.number(), userId);
    }

    /**
     * How many members groups have. One statement for all groups whose members are stored, and one
     * for each other.
     *
     * @param rosters the groups and where their members stand
     * @return a number for each of them
     */
    public Map<String, Integer> counts(Reader reader, Org org, Map<String, Roster> rosters) {
        Map<String, Integer> counts = new HashMap<>();
        List<String> stored = new ArrayList<>();
        rosters.forEach(
                (id, roster) -> {
                    if (roster == Roster.STORED) {
                        counts.put(id, 0);
                        stored.add(id);
                    } else {
                        counts.put(id, store.count(reader, org.number(), id, roster));
                    }
                });
        if (!stored.isEmpty()) {
            store.counts(reader, org.number(), stored)
                    .forEach(count -> counts.put(count.groupId(), count.members()));
        }
        return counts;
    }

    private Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static ApiException unknown(String groupId) {
        return ApiException.notFound(groupId, "UserGroup");
    }
}
