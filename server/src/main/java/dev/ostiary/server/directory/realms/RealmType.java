package dev.ostiary.server.directory.realms;

/** What a realm is for, as the wire has it (Realms API, Realm profile). */
public enum RealmType {
    /** Nothing in particular. */
    DEFAULT,
    /** Partners, who have a portal of their own. */
    PARTNER
}
