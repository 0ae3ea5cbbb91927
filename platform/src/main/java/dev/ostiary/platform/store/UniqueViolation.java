package dev.ostiary.platform.store;

/** A unique value was taken. The transaction is void. */
public final class UniqueViolation extends StoreException {

    private static final long serialVersionUID = 1L;

    private final String constraint;

    UniqueViolation(String constraint, Throwable cause) {
        super("unique violation of " + constraint, cause);
        this.constraint = constraint;
    }

    /** The name of the constraint or unique index, as the migration wrote it. */
    public String constraint() {
        return constraint;
    }
}
