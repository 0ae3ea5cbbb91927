package dev.ostiary.server.directory.users;

import dev.ostiary.platform.store.Sql;
import java.time.Instant;

/**
 * The users that are searched.
 *
 * @param documents what follows FROM, with its conditions: {@code s}, as {@code user_search}
 * @param joined the same with {@code u}, of which {@code id}, {@code status} and {@code profile}
 *     are those that the search sees
 * @param past whether these are the users of a moment that is over
 */
record SearchedUsers(Sql documents, Sql joined, boolean past) {

    /** All as they are. */
    static SearchedUsers now(long org) {
        return now((Object) org, org);
    }

    /**
     * The same, for an org that most users are of.
     *
     * <p>The documents' GIN indexes begin with the org, so that small orgs pay nothing for large
     * ones. Where nearly all documents are of one org, that costs and tells nothing: each search
     * goes through the list of all its documents (measured: 4 to 6 ms of a million). The number of
     * the org as an {@code integer} is what B-trees take and GIN indexes do not: those then find by
     * the rest alone, and the org is asked of what they have found.
     */
    static SearchedUsers nowOfMost(long org) {
        return org <= Integer.MAX_VALUE ? now((Object) (int) org, org) : now(org);
    }

    private static SearchedUsers now(Object searched, long org) {
        return new SearchedUsers(
                Sql.of("user_search s WHERE s.org_id = ?", searched),
                Sql.of(
                        "user_search s JOIN users u ON u.org_id = s.org_id AND u.id = s.id"
                                + " WHERE s.org_id = ? AND u.org_id = ?",
                        searched,
                        org),
                false);
    }

    /** All as they were at a moment; who is deleted is gone. */
    static SearchedUsers at(long org, Instant moment) {
        Sql then = UserSearchDelay.at(org, moment);
        return new SearchedUsers(
                then.then("s WHERE TRUE"),
                then.then("s CROSS JOIN LATERAL (SELECT s.id, s.status, s.profile) u WHERE TRUE"),
                true);
    }
}
