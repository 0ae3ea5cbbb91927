package dev.ostiary.server.signin.flow;

import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.users.Account;
import dev.ostiary.server.directory.users.HeldAccount;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * One thing that is done in a state. It judges on what is seen, slowly and outside of any database
 * transaction; it may be asked again, where somebody else was faster. Thread-safe.
 */
@FunctionalInterface
public interface Step {

    Judgment judge(Seen seen);

    /**
     * What a step judges on.
     *
     * @param request the request that asks for it
     * @param transaction where it rests
     * @param account who signs in
     * @param rules what holds for that one
     */
    record Seen(Request request, Transaction transaction, Account account, Rules rules) {}

    /** What a step says. */
    sealed interface Judgment {}

    /** It may be done. */
    record Granted(Deed deed) implements Judgment {}

    /**
     * It is refused, and the log is told so.
     *
     * @param answer what the client is told
     * @param event what the log is told
     * @param counts whether it counts as a failed attempt to get into the account
     */
    record Refused(ApiException answer, Event event, boolean counts) implements Judgment {}

    /** Does, on locked rows, what was judged right. */
    @FunctionalInterface
    interface Deed {

        /** Says where the transaction is now. */
        Next apply(Tx tx, HeldAccount account, Transaction transaction);
    }

    /** What follows. */
    sealed interface Next {}

    /** Whatever remains to be done by now. */
    record Onward(Transaction transaction) implements Next {}

    /**
     * This state and no other.
     *
     * @param transaction where it rests
     * @param challenge what a factor was asked with, which is shown once; empty for nothing
     */
    record Rest(Transaction transaction, Optional<ObjectNode> challenge) implements Next {

        /** A state in which nothing new is to be shown. */
        public Rest(Transaction transaction) {
            this(transaction, Optional.empty());
        }
    }

    /** A factor was not proven: that counts, and what was noted of it stays. */
    record Turned(ApiException answer) implements Next {}

    /** The account was opened, and there is nothing more to do. */
    record Opened() implements Next {}

    /** It ends here. */
    record End() implements Next {}
}
