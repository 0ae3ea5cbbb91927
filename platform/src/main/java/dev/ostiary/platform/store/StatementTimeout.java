package dev.ostiary.platform.store;

/** A statement took longer than the settings allow, and was stopped. Nothing was written. */
public final class StatementTimeout extends StoreException {

    private static final long serialVersionUID = 1L;

    StatementTimeout(Throwable cause) {
        super("a statement took too long", cause);
    }
}
