package dev.ostiary.server.signin.factors;

/** Where an enrolment stands. */
public enum FactorStatus {
    /** Begun; it proves nothing yet. */
    PENDING_ACTIVATION,
    /** In use. */
    ACTIVE,
    /** A phone that is no factor any more, but still helps who forgot the password. */
    RECOVERY
}
