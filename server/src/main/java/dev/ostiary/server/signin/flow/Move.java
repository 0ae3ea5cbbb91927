package dev.ostiary.server.signin.flow;

/** What can be done with a state token, one for each operation that takes one. */
public enum Move {
    /** See where it stands. */
    GET,
    /** Give a name and a password. */
    AUTHENTICATE,
    CANCEL,
    PREVIOUS,
    SKIP,
    CHANGE_PASSWORD,
    RESET_PASSWORD,
    ANSWER_QUESTION,
    ENROLL_FACTOR,
    ACTIVATE_FACTOR,
    POLL_ACTIVATION,
    RESEND_ACTIVATION,
    SEND_ACTIVATION,
    VERIFY_FACTOR,
    RESEND_CHALLENGE,
    VERIFY_RECOVERY_FACTOR,
    RESEND_RECOVERY_FACTOR
}
