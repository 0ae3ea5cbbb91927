package dev.ostiary.server.signin.factors;

import java.time.Duration;
import java.util.Optional;

/**
 * How somebody is enrolled (Factors, "Enroll Factor", request parameters). Immutable.
 *
 * @param activate whether it is active at once, without a code
 * @param updatePhone whether another number may take the place of one that is known
 * @param lifetime of a code by mail; empty for what the org has set
 */
public record EnrolOptions(boolean activate, boolean updatePhone, Optional<Duration> lifetime) {

    /** Codes live so long unless somebody says otherwise. */
    public static final Duration STANDARD_LIFETIME = Duration.ofSeconds(300);

    /** How somebody enrols itself. */
    public static final EnrolOptions STANDARD = new EnrolOptions(false, false, Optional.empty());

    /** As an administrator enrols somebody who need not prove it. */
    static final EnrolOptions AT_ONCE = new EnrolOptions(true, false, Optional.empty());
}
