package dev.ostiary.server.signin.flow;

import dev.ostiary.server.directory.users.RecoveryTokens.Purpose;
import dev.ostiary.server.policy.engine.Situation;
import dev.ostiary.server.signin.devices.Device;
import dev.ostiary.server.signin.sessions.Proofs;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A sign-in or a recovery under way. Immutable.
 *
 * @param userId who signs in
 * @param version counts the moves
 * @param state where it rests
 * @param proofs what was proven so far
 * @param options what the client has opted in to
 * @param recovery what is recovered; empty for a plain sign-in
 * @param relayState where the client goes afterwards, empty for nowhere
 * @param device from which device
 * @param stepUp what is asked for on the way to an app; empty for nothing
 * @param destination the app that it leads into; empty where the client goes on by itself
 * @param skipped what was passed over
 * @param failures how often something wrong was given
 * @param expires when the state token stops working, unless it is used
 */
public record Transaction(
        String userId,
        long version,
        State state,
        Proofs proofs,
        Options options,
        Optional<Purpose> recovery,
        Optional<String> relayState,
        Device device,
        Optional<StepUp> stepUp,
        Optional<Destination> destination,
        Set<Status> skipped,
        int failures,
        Instant expires) {

    public Transaction {
        skipped = Set.copyOf(skipped);
    }

    /** What a transaction begins with, before anybody knows where it will rest. */
    public record Beginning(
            Proofs proofs,
            Options options,
            Optional<Purpose> recovery,
            Optional<String> relayState,
            Device device,
            Optional<StepUp> stepUp,
            Optional<Destination> destination) {

        /** A sign-in. */
        public Beginning(
                Proofs proofs,
                Options options,
                Optional<Purpose> recovery,
                Optional<String> relayState,
                Device device) {
            this(proofs, options, recovery, relayState, device, Optional.empty(), Optional.empty());
        }

        /** The same on the way into an app. */
        public Beginning to(Optional<Destination> app) {
            return new Beginning(proofs, options, recovery, relayState, device, stepUp, app);
        }

        /** The same with what was proven. */
        public Beginning proving(Proofs more) {
            return new Beginning(more, options, recovery, relayState, device, stepUp, destination);
        }

        /** Somebody with a session proves more. */
        static Beginning stepUp(
                Proofs proofs, Device device, StepUp stepUp, Optional<Destination> destination) {
            return new Beginning(
                    proofs,
                    Options.NONE,
                    Optional.empty(),
                    Optional.empty(),
                    device,
                    Optional.of(stepUp),
                    destination);
        }

        /** A recovery. */
        public static Beginning recovery(Purpose purpose, Optional<String> relayState) {
            return new Beginning(
                    Proofs.NONE, Options.NONE, Optional.of(purpose), relayState, Device.UNKNOWN);
        }

        Transaction at(State state, String userId, Instant expires) {
            return new Transaction(
                    userId,
                    0,
                    state,
                    proofs,
                    options,
                    recovery,
                    relayState,
                    device,
                    stepUp,
                    destination,
                    Set.of(),
                    0,
                    expires);
        }
    }

    /** Whether something is still asked for beside the session that there is. */
    boolean lacks() {
        return stepUp.filter(asked -> !asked.isMetBy(proofs.proven())).isPresent();
    }

    /** The same in another state. */
    public Transaction at(State other) {
        return with(version, other, proofs, stepUp, skipped, failures, expires);
    }

    /** The same with more proven. */
    public Transaction proving(Proofs more) {
        return with(version, state, more, stepUp, skipped, failures, expires);
    }

    /** The same without the state that it is in. */
    Transaction passingOver() {
        Set<Status> more = new HashSet<>(skipped);
        more.add(state.status());
        return with(version, state, proofs, stepUp, more, failures, expires);
    }

    /** The same with something asked for on the way to an app. */
    Transaction asking(StepUp more) {
        return with(version, state, proofs, Optional.of(more), skipped, failures, expires);
    }

    /** The app that it is on the way to, where that is known. */
    Optional<Situation.App> app() {
        return destination.map(Destination::app).or(() -> stepUp.map(StepUp::app));
    }

    /** The session that there is already. */
    Optional<String> session() {
        return stepUp.flatMap(StepUp::sessionId);
    }

    /** The same after one more move. */
    Transaction moved(Instant until) {
        return with(version + 1, state, proofs, stepUp, skipped, failures, until);
    }

    /** The same after something wrong was given. */
    Transaction failed() {
        return with(version, state, proofs, stepUp, skipped, failures + 1, expires);
    }

    /** The same sign-in further on: what it began with besides proofs stays. */
    private Transaction with(
            long moves,
            State rests,
            Proofs proven,
            Optional<StepUp> asked,
            Set<Status> passed,
            int wrong,
            Instant until) {
        return new Transaction(
                userId,
                moves,
                rests,
                proven,
                options,
                recovery,
                relayState,
                device,
                asked,
                destination,
                passed,
                wrong,
                until);
    }
}
