package dev.ostiary.server.signin.authn;

import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.signin.flow.Destination;
import java.util.Optional;

/**
 * Where a password leads. What is wrong with that is told to nobody whose password is wrong.
 * Immutable.
 *
 * @param destination the app that it leads into; empty for nowhere, or for none that there is
 * @param gate asked after the password
 */
record Aim(Optional<Destination> destination, Gate gate) {

    /** Wherever the client wants. */
    static final Aim ANYWHERE = new Aim(Optional.empty(), (tx, userId) -> Optional.empty());

    /** Lets somebody pass who has given the right password. */
    @FunctionalInterface
    interface Gate {
        /** What whoever may not pass is answered. */
        Optional<ApiException> refusal(Tx tx, String userId);
    }
}
