package dev.ostiary.server.directory.memberships;

import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * Memberships that rules make, many at once: the rows of {@code group_rule_grant} say which rules
 * hold one, and {@code by_hand} whether it would be there without them. Everything is deferred, so
 * that it leaves in one statement. Thread-safe.
 */
public final class RuleMade {

    private final MembershipStore store = new MembershipStore();

    /** A rule that holds a membership. */
    public record Grant(String userId, String groupId, String ruleId) {}

    /** Somebody in a group. */
    public record Place(String userId, String groupId) {}

    /** Of these groups, those that there are; they stay until the transaction ends. */
    public List<GroupRef> staying(Tx tx, List<String> groupIds) {
        return groupIds.isEmpty()
                ? List.of()
                : store.lock(tx, tx.org(), groupIds).stream()
                        .map(MembershipStore.Joinable::group)
                        .toList();
    }

    /** Makes memberships that were not there. */
    public void join(Tx tx, Collection<Place> places, Instant at) {
        if (!places.isEmpty()) {
            tx.write(
                    Sql.of(
                            """
                            INSERT INTO group_membership (org_id, group_id, user_id, added, by_hand)
                            SELECT ?::bigint, p.group_id, p.user_id, ?::timestamptz, false
                            FROM unnest(?::text[], ?::text[]) AS p(group_id, user_id)
                            ON CONFLICT DO NOTHING""",
                            tx.org(),
                            at,
                            places.stream().map(Place::groupId).toList(),
                            places.stream().map(Place::userId).toList()));
        }
    }

    /** Lets rules hold memberships. */
    public void grant(Tx tx, Collection<Grant> grants) {
        if (!grants.isEmpty()) {
            tx.write(
                    Sql.of(
                            """
                            INSERT INTO group_rule_grant (org_id, user_id, group_id, rule_id)
                            SELECT ?::bigint, g.user_id, g.group_id, g.rule_id
                            FROM unnest(?::text[], ?::text[], ?::text[])
                                AS g(user_id, group_id, rule_id)
                            ON CONFLICT DO NOTHING""",
                            tx.org(),
                            grants.stream().map(Grant::userId).toList(),
                            grants.stream().map(Grant::groupId).toList(),
                            grants.stream().map(Grant::ruleId).toList()));
        }
    }

    /** Rules hold these no more; the memberships stay. */
    public void revoke(Tx tx, Collection<Grant> grants) {
        if (!grants.isEmpty()) {
            tx.write(
                    Sql.of(
                            """
                            DELETE FROM group_rule_grant g
                            USING unnest(?::text[], ?::text[], ?::text[])
                                AS r(user_id, group_id, rule_id)
                            WHERE g.org_id = ? AND g.user_id = r.user_id
                              AND g.group_id = r.group_id AND g.rule_id = r.rule_id""",
                            grants.stream().map(Grant::userId).toList(),
                            grants.stream().map(Grant::groupId).toList(),
                            grants.stream().map(Grant::ruleId).toList(),
                            tx.org()));
        }
    }

    /** Memberships that rules made count as made by hand from now on. */
    public void keep(Tx tx, Collection<Place> places) {
        if (!places.isEmpty()) {
            tx.write(
                    Sql.of(
                            """
                            UPDATE group_membership m SET by_hand = true
                            FROM unnest(?::text[], ?::text[]) AS p(group_id, user_id)
                            WHERE m.org_id = ? AND m.group_id = p.group_id
                              AND m.user_id = p.user_id""",
                            places.stream().map(Place::groupId).toList(),
                            places.stream().map(Place::userId).toList(),
                            tx.org()));
        }
    }

    /** Ends memberships; whatever held them goes with them. */
    public void leave(Tx tx, Collection<Place> places, Instant at) {
        if (!places.isEmpty()) {
            tx.run(
                    Sql.of(
                            """
                            WITH gone AS (
                                DELETE FROM group_membership m
                                USING unnest(?::text[], ?::text[]) AS p(group_id, user_id)
                                WHERE m.org_id = ? AND m.group_id = p.group_id
                                  AND m.user_id = p.user_id
                                RETURNING m.org_id, m.group_id, m.user_id)
                            INSERT INTO group_departure (org_id, group_id, departed, user_id)
                            SELECT org_id, group_id, ?::timestamptz, user_id FROM gone
                            ON CONFLICT DO NOTHING""",
                            places.stream().map(Place::groupId).toList(),
                            places.stream().map(Place::userId).toList(),
                            tx.org(),
                            at));
            tx.write(
                    MembershipStore.outdated(
                            tx.org(), places.stream().map(Place::groupId).distinct().toList(), at));
        }
    }
}
