package dev.ostiary.platform.store;

/**
 * The database cannot be reached, or the connection was lost before anything was committed. Nothing
 * was written.
 */
public final class DatabaseUnavailable extends StoreException {

    private static final long serialVersionUID = 1L;

    private final boolean lost;

    private DatabaseUnavailable(String message, boolean lost, Throwable cause) {
        super(message, cause);
        this.lost = lost;
    }

    static DatabaseUnavailable unreachable(Throwable cause) {
        return new DatabaseUnavailable("the database cannot be reached", false, cause);
    }

    static DatabaseUnavailable lost(Throwable cause) {
        return new DatabaseUnavailable("the connection to the database was lost", true, cause);
    }

    /** Whether there had been a connection: a new one may be had at once. */
    boolean isLost() {
        return lost;
    }
}
