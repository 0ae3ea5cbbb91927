package dev.ostiary.platform.limits;

/**
 * Something that the System Log is to say of a limit: once a window, not once a request.
 *
 * @param kind what happened
 * @param bucket where
 * @param threshold the limit that it is about
 * @param percent the percentage of it that was reached, for warnings
 * @param secondsToReset how long until the window ends
 */
public record Notice(Kind kind, Bucket bucket, int threshold, int percent, long secondsToReset) {

    /** The kinds of notices, each with an event type of its own. */
    public enum Kind {
        WARNING,
        BURST,
        VIOLATION,
        CONCURRENCY,
        TOKEN_VIOLATION,
        TOKEN_CONCURRENCY
    }
}
