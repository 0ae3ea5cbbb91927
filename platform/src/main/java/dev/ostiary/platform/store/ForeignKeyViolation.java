package dev.ostiary.platform.store;

/** A row refers to one that is not there (any more), or would be left behind without it. */
public final class ForeignKeyViolation extends StoreException {

    private static final long serialVersionUID = 1L;

    private final String constraint;

    ForeignKeyViolation(String constraint, Throwable cause) {
        super("foreign key violation of " + constraint, cause);
        this.constraint = constraint;
    }

    /** The name of the constraint, as the migration wrote it. */
    public String constraint() {
        return constraint;
    }
}
