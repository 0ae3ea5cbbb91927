package dev.ostiary.server.policy;

import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * How long something that has to be enrolled may still be put off (Policies, "Grace periods";
 * schema {@code EnrollmentPolicyAuthenticatorGracePeriod}). Immutable.
 */
public sealed interface Grace {

    /** Until a moment. */
    record Until(Instant end) implements Grace {}

    /** So many times. */
    record Skips(int most) implements Grace {}

    /** Whether it may be put off once more. */
    default boolean lasts(int skipped, Instant now) {
        return switch (this) {
            case Until(Instant end) -> now.isBefore(end);
            case Skips(int most) -> skipped < most;
        };
    }

    /** Of what is said beside {@code self}; empty for none. */
    static Optional<Grace> of(JsonNode gracePeriod) {
        return switch (gracePeriod.path("type").asString("")) {
            case "BY_DATE_TIME" ->
                    Optional.of(new Until(Instant.parse(gracePeriod.path("expiry").asString(""))));
            case "BY_SKIP_COUNT" -> Optional.of(new Skips(gracePeriod.path("skipCount").asInt(0)));
            default -> Optional.empty();
        };
    }
}
