package dev.ostiary.platform.store;

/** A newer version of the program has changed the database; this one must not touch it. */
public final class DatabaseTooNew extends StoreException {

    private static final long serialVersionUID = 1L;

    DatabaseTooNew(int database, int program) {
        super(
                "the database has version "
                        + database
                        + ", this program knows versions up to "
                        + program,
                null);
    }
}
