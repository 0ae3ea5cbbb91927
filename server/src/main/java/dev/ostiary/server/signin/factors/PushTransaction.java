package dev.ostiary.server.signin.factors;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A question that a device was asked. Immutable.
 *
 * @param id public id, {@code mst…}
 * @param factorId the factor whose device was asked
 * @param result what came of it
 * @param number what is to be chosen on the device, where a number is shown
 * @param message what the device shows of what it is asked for; null for nothing
 * @param created when it was asked
 * @param expires until when an answer counts
 */
public record PushTransaction(
        String id,
        String factorId,
        Result result,
        @Nullable Integer number,
        @Nullable String message,
        Instant created,
        Instant expires) {

    /** What came of the question. */
    public enum Result {
        WAITING,
        SUCCESS,
        REJECTED,
        CANCELLED,
        /** Nobody answered in time. */
        TIMEOUT
    }

    /** The same as it is at a moment: no answer in time is an answer. */
    PushTransaction at(Instant now) {
        return result == Result.WAITING && !now.isBefore(expires) ? in(Result.TIMEOUT) : this;
    }

    PushTransaction in(Result other) {
        return new PushTransaction(id, factorId, other, number, message, created, expires);
    }
}
