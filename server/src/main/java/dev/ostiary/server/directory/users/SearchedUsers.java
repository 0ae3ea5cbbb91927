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
        return now(org, org);
    }

    /**
     * All as they are.
     *
     * @param searched the org as the documents' indexes are asked for it
     */
    static SearchedUsers now(long org, Number searched) {
        return new SearchedUsers(
                Sql.of("user_search s WHERE s.org_id = ?", searched),
                Sql.of(
                        "user_search s JOIN users u ON u.org_id = s.org_id AND u.id = s.id"
                                + " WHERE s.org_id = ? AND u.org_id = ?",
                        searched,
                        org),
                false);
    }

    /**
     * The same, with the number in the text: PostgreSQL then sees that indexes on demand are of
     * this org before it knows the values. For large orgs, of which there are few.
     */
    static SearchedUsers nowByOwnIndex(long org, Number searched) {
        String number = searched instanceof Integer ? searched.toString() : searched + "::bigint";
        SearchedUsers now = now(org, searched);
        return new SearchedUsers(
                Sql.of("user_search s WHERE s.org_id = " + number), now.joined(), false);
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
