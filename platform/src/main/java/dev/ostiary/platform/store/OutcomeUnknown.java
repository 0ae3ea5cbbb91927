package dev.ostiary.platform.store;

/**
 * The connection was lost while a commit was under way: the transaction may stand or not. It must
 * not be repeated blindly.
 */
public final class OutcomeUnknown extends StoreException {

    private static final long serialVersionUID = 1L;

    OutcomeUnknown(Throwable cause) {
        super("the connection was lost during a commit", cause);
    }
}
