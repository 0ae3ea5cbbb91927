package dev.ostiary.server.signin.flow;

/** The states as the wire calls them (Authentication API, "Transaction state"). */
public enum Status {
    LOCKED_OUT,
    MFA_CHALLENGE,
    MFA_ENROLL,
    MFA_ENROLL_ACTIVATE,
    MFA_REQUIRED,
    PASSWORD_EXPIRED,
    PASSWORD_RESET,
    PASSWORD_WARN,
    RECOVERY,
    RECOVERY_CHALLENGE,
    SUCCESS,
    UNAUTHENTICATED
}
