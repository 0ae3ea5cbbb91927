package dev.ostiary.platform.store;

/** Transactions got in each other's way more often than it was tried. Nothing was written. */
public final class WriteConflict extends StoreException {

    private static final long serialVersionUID = 1L;

    WriteConflict(String message, Throwable cause) {
        super(message, cause);
    }
}
