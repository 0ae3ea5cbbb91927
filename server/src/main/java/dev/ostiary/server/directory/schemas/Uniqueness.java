package dev.ostiary.server.directory.schemas;

/** What {@code unique} of an attribute says on the wire (Schemas, "Unique attributes"). */
final class Uniqueness {

    /** No two objects share a value. */
    static final String VALIDATED = "UNIQUE_VALIDATED";

    private Uniqueness() {}
}
