package dev.ostiary.server.directory.memberships;

/**
 * When the memberships of a group last changed, as an SQL value: the newest of three times, each
 * the end of an index. Somebody was added, somebody left, and for Everyone, the newest user was
 * created.
 */
public final class LastMembershipUpdated {

    private LastMembershipUpdated() {}

    /**
     * The value for the rows of a table with the columns {@code org_id}, {@code id}, {@code
     * built_in} and {@code created}.
     *
     * @param table its alias in the query, a constant of the program
     */
    public static String of(String table) {
        return """
        GREATEST(%1$s.created,
            (SELECT max(m.added) FROM group_membership m
             WHERE m.org_id = %1$s.org_id AND m.group_id = %1$s.id),
            (SELECT max(d.departed) FROM group_departure d
             WHERE d.org_id = %1$s.org_id AND d.group_id = %1$s.id),
            CASE WHEN %1$s.built_in = 'EVERYONE' THEN
                (SELECT u.created FROM users u
                 WHERE u.org_id = %1$s.org_id ORDER BY u.id DESC LIMIT 1) END)\
        """
                .formatted(table);
    }
}
