package dev.ostiary.server.directory.memberships;

/** Where it stands who is in a group. */
public enum Roster {
    /** In a row for each member. */
    STORED,
    /** Nowhere: every user of the org is in it. */
    EVERYONE,
    /** In the roles: who holds an admin role is in it. */
    ADMINISTRATORS
}
