package dev.ostiary.server.signin.factors;

import java.time.Duration;

/**
 * How somebody is enrolled (Factors, "Enroll Factor", request parameters). Immutable.
 *
 * @param activate whether it is active at once, without a code
 * @param updatePhone whether another number may take the place of one that is known
 * @param lifetime of a code by mail
 */
public record EnrolOptions(boolean activate, boolean updatePhone, Duration lifetime) {

    /** Codes live so long unless something else was asked for. */
    public static final Duration STANDARD_LIFETIME = Duration.ofSeconds(300);

    /** How somebody enrols itself. */
    public static final EnrolOptions STANDARD = new EnrolOptions(false, false, STANDARD_LIFETIME);
}
