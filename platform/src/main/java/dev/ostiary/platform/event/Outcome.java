package dev.ostiary.platform.event;

import org.jspecify.annotations.Nullable;

/** How it ended (System Log API, Outcome object). */
public record Outcome(Result result, @Nullable String reason) {

    /** The results of the published schema {@code LogOutcome}. */
    public enum Result {
        SUCCESS,
        FAILURE,
        SKIPPED,
        ALLOW,
        DENY,
        CHALLENGE,
        UNKNOWN,
        RATE_LIMIT,
        DEFERRED,
        SCHEDULED,
        ABANDONED,
        UNANSWERED
    }

    public static Outcome success() {
        return new Outcome(Result.SUCCESS, null);
    }

    /** Something was refused, with the reason. */
    public static Outcome deny(String reason) {
        return new Outcome(Result.DENY, reason);
    }

    /** A failure with its reason, such as {@code INVALID_CREDENTIALS}. */
    public static Outcome failure(String reason) {
        return new Outcome(Result.FAILURE, reason);
    }
}
