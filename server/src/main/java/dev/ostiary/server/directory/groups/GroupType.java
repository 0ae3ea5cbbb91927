package dev.ostiary.server.directory.groups;

/** Who manages a group (Groups, "Group type"). */
enum GroupType {
    /** Administrators, and rules. */
    OKTA_GROUP,
    /** The app that it was imported from. */
    APP_GROUP,
    /** The server. */
    BUILT_IN
}
