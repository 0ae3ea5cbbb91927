package dev.ostiary.server.directory.users;

/** The status of an account, by its name on the wire and in the database (Users, "User status"). */
public enum UserStatus {
    /** Made, but never activated. */
    STAGED,
    /** Activated without a credential; the user has yet to answer the activation mail. */
    PROVISIONED,
    ACTIVE,
    /** A password reset was begun and not finished. */
    RECOVERY,
    /** The password has to be changed at the next sign-in. */
    PASSWORD_EXPIRED,
    /** Too many failed attempts. */
    LOCKED_OUT,
    SUSPENDED,
    DEPROVISIONED
}
