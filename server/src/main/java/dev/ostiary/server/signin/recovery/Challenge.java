package dev.ostiary.server.signin.recovery;

import dev.ostiary.server.directory.users.RecoveryTokens.Purpose;
import dev.ostiary.server.policy.PasswordDecision.Reach;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A recovery that waits for the code that was sent to a phone (state {@code RECOVERY_CHALLENGE}).
 * Immutable.
 *
 * @param userId who recovers; empty for nobody, which only the log may know
 * @param purpose what is recovered
 * @param way how the user is reached
 * @param relayState where the user goes when all is done
 * @param code keyed hash of the code; null where none was sent
 * @param sent when it was sent, or would have been
 * @param failures wrong codes
 * @param expires when the state token stops working
 */
public record Challenge(
        Optional<String> userId,
        Purpose purpose,
        Reach way,
        Optional<String> relayState,
        byte @Nullable [] code,
        Instant sent,
        int failures,
        Instant expires) {

    private static final Duration VALID = Duration.ofMinutes(5);
    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final int MOST = 5;

    static Challenge of(
            Optional<String> userId,
            Purpose purpose,
            Reach way,
            Optional<String> relayState,
            byte @Nullable [] code,
            Instant now) {
        return new Challenge(userId, purpose, way, relayState, code, now, 0, now.plus(VALID));
    }

    /** Whether nothing is sent yet again. */
    boolean isTooSoon(Instant now) {
        return now.isBefore(sent.plus(PAUSE));
    }

    /** The earliest moment at which a code may have been sent for another to be too soon. */
    static Instant recently(Instant now) {
        return now.minus(PAUSE);
    }

    /** The same with another code. */
    Challenge again(byte @Nullable [] other, Instant now) {
        return new Challenge(
                userId, purpose, way, relayState, other, now, failures, now.plus(VALID));
    }

    /** The same after a wrong code; empty if that was one too many. */
    Optional<Challenge> failed() {
        return failures + 1 >= MOST
                ? Optional.empty()
                : Optional.of(
                        new Challenge(
                                userId,
                                purpose,
                                way,
                                relayState,
                                code,
                                sent,
                                failures + 1,
                                expires));
    }

    /** Says nothing of the code. */
    @Override
    public String toString() {
        return "Challenge[" + purpose + " " + way + "]";
    }
}
