package dev.ostiary.server.signin.flow;

import java.util.Optional;

/**
 * Where a transaction rests and waits for its next move, with what belongs to that place alone.
 * Immutable. {@code LOCKED_OUT} is no resting place, since it has no state token, and {@code
 * SUCCESS} is one only on the way into an app. Where nobody knows yet who signs in ({@code
 * UNAUTHENTICATED}, {@code RECOVERY_CHALLENGE}) there is no transaction of a user.
 */
public sealed interface State {

    /** What the wire calls it. */
    Status status();

    /** The password is good, and is about to expire. */
    record PasswordWarn() implements State {
        @Override
        public Status status() {
            return Status.PASSWORD_WARN;
        }
    }

    /** The password is good, and has expired. */
    record PasswordExpired() implements State {
        @Override
        public Status status() {
            return Status.PASSWORD_EXPIRED;
        }
    }

    /** Who recovers has proven enough for a new password. */
    record PasswordReset() implements State {
        @Override
        public Status status() {
            return Status.PASSWORD_RESET;
        }
    }

    /** Who recovers has to answer the question. */
    record Recovery() implements State {
        @Override
        public Status status() {
            return Status.RECOVERY;
        }
    }

    /** Nothing remains, and the browser is awaited on the way into an app. */
    record Success() implements State {
        @Override
        public Status status() {
            return Status.SUCCESS;
        }
    }

    /** A factor has to be chosen and verified. */
    record MfaRequired() implements State {
        @Override
        public Status status() {
            return Status.MFA_REQUIRED;
        }
    }

    /**
     * A factor was challenged.
     *
     * @param factorId the factor, or {@link #ANY_KEY}
     * @param result how the last attempt went, where that is told
     * @param question the question that a device was asked; empty for other factors
     */
    record MfaChallenge(String factorId, Optional<String> result, Optional<String> question)
            implements State {

        /** In place of an id: whichever security key of the user is at hand. */
        public static final String ANY_KEY = "webauthn";

        /** Whether any security key will do. */
        public boolean asksAnyKey() {
            return factorId.equals(ANY_KEY);
        }

        @Override
        public Status status() {
            return Status.MFA_CHALLENGE;
        }
    }

    /**
     * A factor has to be enrolled.
     *
     * @param skippable whether one may go on without
     */
    record MfaEnroll(boolean skippable) implements State {
        @Override
        public Status status() {
            return Status.MFA_ENROLL;
        }
    }

    /**
     * A factor was enrolled and has to be activated.
     *
     * @param factorId the factor
     * @param result how the last attempt went, where that is told
     */
    record MfaEnrollActivate(String factorId, Optional<String> result) implements State {
        @Override
        public Status status() {
            return Status.MFA_ENROLL_ACTIVATE;
        }
    }
}
