package dev.ostiary.server.signin.flow;

import dev.ostiary.server.directory.users.User;
import dev.ostiary.server.signin.sessions.SignedIn.SessionToken;
import java.util.Optional;

/** What a move comes to. */
public sealed interface Outcome {

    /**
     * There is more to do.
     *
     * @param stateToken what the next move is made with
     * @param transaction where it rests now
     * @param user who signs in, as known now
     * @param rules what holds for that one
     * @param showing what is shown of factors
     */
    record Waiting(
            String stateToken, Transaction transaction, User user, Rules rules, Showing showing)
            implements Outcome {

        /** Says nothing of the token. */
        @Override
        public String toString() {
            return "Waiting[" + transaction.state() + "]";
        }
    }

    /** Signed in. */
    record Success(User user, SessionToken token, Optional<String> relayState) implements Outcome {}

    /** The account is open again; that signs nobody in. */
    record Unlocked(User user, Optional<String> relayState) implements Outcome {}

    /** The account is locked, and the policy lets that be told. */
    record LockedOut() implements Outcome {}

    /** The policies do not let the user in. */
    record Denied() implements Outcome {}

    /** Given up. */
    record Cancelled(Optional<String> relayState) implements Outcome {}
}
