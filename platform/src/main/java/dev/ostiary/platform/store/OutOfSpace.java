package dev.ostiary.platform.store;

/** The disk of the database is full: what is there can be read, and nothing was written. */
public final class OutOfSpace extends StoreException {

    private static final long serialVersionUID = 1L;

    OutOfSpace(Throwable cause) {
        super("the disk of the database is full", cause);
    }
}
