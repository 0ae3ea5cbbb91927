package dev.ostiary.server.signin.factors;

import dev.ostiary.platform.problem.ApiException;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a step with a factor ended. The step's writes, failures among them, stand in the caller's
 * transaction, which is to be committed whatever the end: whoever answers a {@link Rejected} by its
 * error throws that after the commit, so that wrong proofs count.
 */
public sealed interface Verification {

    /** The factor after the step. */
    Enrolment enrolment();

    /**
     * Proven: a factor that waited for it is active now.
     *
     * @param verified whether the device has verified its user
     */
    record Success(Enrolment enrolment, boolean verified) implements Verification {

        /** Nothing is known of a device. */
        public Success(Enrolment enrolment) {
            this(enrolment, false);
        }
    }

    /**
     * Something was sent or is to be signed.
     *
     * @param challenge what the wire shows as {@code _embedded.challenge}; empty where a code was
     *     sent
     */
    record Challenged(Enrolment enrolment, ObjectNode challenge) implements Verification {}

    /** A device was asked and has not answered. */
    record Waiting(Enrolment enrolment, PushTransaction transaction) implements Verification {}

    /** The device was asked in vain: it said no, or nothing for too long. */
    record Ended(Enrolment enrolment, PushTransaction transaction) implements Verification {}

    /**
     * Not proven.
     *
     * @param error what the client is told
     */
    record Rejected(Enrolment enrolment, ApiException error) implements Verification {}
}
