package dev.ostiary.server.oauth.keys;

import java.time.Duration;
import java.time.Instant;

/**
 * Which key of an owner is in use. Immutable.
 *
 * @param mode whether the key changes by itself
 * @param generation number of the key that signed when this was written; 0 for the first
 * @param lastRotated since when it has signed
 * @param nextRotation when the next one takes over; looked at in {@link Mode#AUTO} only
 * @param announced whether the next one is published already, whatever the time
 */
public record KeySchedule(
        Mode mode, int generation, Instant lastRotated, Instant nextRotation, boolean announced) {

    /** How long a key signs. */
    static final Duration PERIOD = Duration.ofDays(90);

    /** How long before its time the next key is published, for clients that keep key sets. */
    static final Duration ANNOUNCED = Duration.ofDays(45);

    /** How long a set is kept of which nobody knows when it changes. */
    private static final Duration MANUAL_HOLDS = Duration.ofDays(1);

    /** How far apart the clocks of nodes are at most. */
    private static final Duration CLOCKS_AGREE = Duration.ofMinutes(1);

    /** As the wire has it. */
    public enum Mode {
        AUTO,
        MANUAL
    }

    /** What is said of a key of the schedule (Certificate JSON Web Key object). */
    public enum Status {
        ACTIVE,
        NEXT,
        EXPIRED
    }

    /** The schedule of an owner that begins at a moment. */
    public static KeySchedule from(Instant start) {
        return new KeySchedule(Mode.AUTO, 0, start, start.plus(PERIOD), false);
    }

    /** The same as it stands at a moment: every rotation that was due has happened. */
    public KeySchedule at(Instant now) {
        if (mode == Mode.MANUAL || now.isBefore(nextRotation)) {
            return this;
        }
        long periods = 1 + Duration.between(nextRotation, now).dividedBy(PERIOD);
        Instant last = nextRotation.plus(PERIOD.multipliedBy(periods - 1));
        return new KeySchedule(
                mode,
                Math.addExact(generation, Math.toIntExact(periods)),
                last,
                last.plus(PERIOD),
                false);
    }

    /** The same after a rotation by hand: the next key takes over now. */
    public KeySchedule rotated(Instant now) {
        return new KeySchedule(mode, at(now).generation + 1, now, now.plus(PERIOD), false);
    }

    /** The same with the next key published: who wants it to take over by hand begins so. */
    public KeySchedule announcing(Instant now) {
        KeySchedule current = at(now);
        return new KeySchedule(
                mode, current.generation, current.lastRotated, current.nextRotation, true);
    }

    /**
     * The same in another mode; the key that signs stays the same, and for longer than anybody
     * keeps a set in which the next one is missing.
     */
    public KeySchedule in(Mode other, Instant now) {
        KeySchedule current = at(now);
        Instant due = current.lastRotated.plus(PERIOD);
        return new KeySchedule(
                other,
                current.generation,
                current.lastRotated,
                due.isAfter(now.plus(MANUAL_HOLDS)) ? due : now.plus(PERIOD),
                current.announced);
    }

    /** For how long what is published stays the same, unless somebody rotates. */
    public Duration unchangedFor(Instant now) {
        KeySchedule current = at(now);
        return switch (mode) {
            case MANUAL -> MANUAL_HOLDS;
            case AUTO ->
                    Duration.between(
                            now,
                            current.announcesNext(now)
                                    ? current.nextRotation
                                    : current.nextRotation.minus(ANNOUNCED));
        };
    }

    /**
     * Whether the next key has been published by time for so long that every node publishes it,
     * though their clocks differ; for a schedule {@linkplain #at as it stands}.
     */
    public boolean longAnnounced(Instant now) {
        return mode == Mode.AUTO && !now.isBefore(nextRotation.minus(ANNOUNCED).plus(CLOCKS_AGREE));
    }

    /** Whether the next key is published already; for a schedule {@linkplain #at as it stands}. */
    public boolean announcesNext(Instant now) {
        return announced || (mode == Mode.AUTO && !now.isBefore(nextRotation.minus(ANNOUNCED)));
    }
}
