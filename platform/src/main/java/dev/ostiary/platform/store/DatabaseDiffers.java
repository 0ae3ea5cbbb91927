package dev.ostiary.platform.store;

/**
 * The database was made by a program that is not an older version of this one: by a build between
 * two releases, or by changed migrations. Only who knows what differs may mend that.
 */
public final class DatabaseDiffers extends StoreException {

    private static final long serialVersionUID = 1L;

    DatabaseDiffers(String difference, Throwable cause) {
        super("the database was made by another build of this program: " + difference, cause);
    }
}
