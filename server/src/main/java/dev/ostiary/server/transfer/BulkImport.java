package dev.ostiary.server.transfer;

import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Schema;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/**
 * An import and how far it has come. Immutable, as far as nobody changes the digest.
 *
 * @param id public id, {@code imp…}
 * @param name what its maker calls it; one of a name is open at a time
 * @param options what to do with the lines
 * @param status whether more lines are awaited
 * @param position how many lines have been applied
 * @param digest of all of them, see {@link LineDigest}
 * @param counts what they came to
 * @param created when it began
 * @param lastUpdated when a line was last applied
 */
record BulkImport(
        String id,
        String name,
        Options options,
        Status status,
        long position,
        byte[] digest,
        Counts counts,
        Instant created,
        Instant lastUpdated) {

    /** What to do with lines about what is there already. */
    enum Existing {
        /** The line is bad. */
        ERROR,
        /** Whoever is there stays as it is. */
        SKIP,
        /** Whoever is there becomes what the line says. */
        UPDATE
    }

    /** Whether it goes on. */
    enum Status {
        OPEN,
        FINISHED
    }

    /**
     * What its maker wants.
     *
     * @param dryRun whether lines are only judged
     * @param texts whether all values of profiles are texts
     */
    record Options(boolean dryRun, boolean texts, Existing existing) {}

    /**
     * How many objects were made, how many lines were passed over, and how many were bad.
     *
     * @param updated users and groups that became what lines say
     * @param skipped lines about what was there already
     * @param bad lines that a dry run found fault with
     */
    record Counts(long users, long groups, long memberships, long updated, long skipped, long bad) {

        static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0);

        Counts plus(Counts more) {
            return new Counts(
                    users + more.users,
                    groups + more.groups,
                    memberships + more.memberships,
                    updated + more.updated,
                    skipped + more.skipped,
                    bad + more.bad);
        }
    }

    static final Schema.Fields SCHEMA =
            Schema.object("OstiaryImport")
                    .always("id", Schema.TEXT)
                    .always("name", Schema.TEXT)
                    .always("dryRun", Schema.BOOLEAN)
                    .always("texts", Schema.BOOLEAN)
                    .always("existing", Schema.words(Existing.values()))
                    .always("status", Schema.words(Status.values()))
                    .always("position", Schema.LONG)
                    .always("digest", Schema.TEXT)
                    .always("users", Schema.LONG)
                    .always("groups", Schema.LONG)
                    .always("memberships", Schema.LONG)
                    .always("updated", Schema.LONG)
                    .always("skipped", Schema.LONG)
                    .always("bad", Schema.LONG)
                    .always("created", Schema.MOMENT)
                    .always("lastUpdated", Schema.MOMENT);

    static final Schema WITH_PROBLEMS =
            SCHEMA.named("OstiaryImportProgress")
                    .always("problems", Schema.list(ImportProblem.SCHEMA));

    /** A fresh one. */
    static BulkImport begin(String id, String name, Options options, Instant now) {
        return new BulkImport(
                id, name, options, Status.OPEN, 0, LineDigest.NONE, Counts.NONE, now, now);
    }

    /** The same further on. */
    BulkImport at(long further, byte[] digested, Counts more, Instant now) {
        return new BulkImport(
                id, name, options, status, further, digested, counts.plus(more), created, now);
    }

    /** The same at its end. */
    BulkImport finished(Instant now) {
        return new BulkImport(
                id, name, options, Status.FINISHED, position, digest, counts, created, now);
    }

    /** Writes it as one object. */
    void write(JsonGenerator out) {
        out.writeStartObject();
        writeFields(out);
        out.writeEndObject();
    }

    /** As {@link #write}, with what was wrong with lines. */
    void write(JsonGenerator out, List<ImportProblem> problems) {
        out.writeStartObject();
        writeFields(out);
        out.writeArrayPropertyStart("problems");
        problems.forEach(problem -> problem.write(out));
        out.writeEndArray();
        out.writeEndObject();
    }

    private void writeFields(JsonGenerator out) {
        out.writeStringProperty("id", id);
        out.writeStringProperty("name", name);
        out.writeBooleanProperty("dryRun", options.dryRun());
        out.writeBooleanProperty("texts", options.texts());
        out.writeStringProperty("existing", options.existing().name());
        out.writeStringProperty("status", status.name());
        out.writeNumberProperty("position", position);
        out.writeStringProperty("digest", HexFormat.of().formatHex(digest));
        out.writeNumberProperty("users", counts.users());
        out.writeNumberProperty("groups", counts.groups());
        out.writeNumberProperty("memberships", counts.memberships());
        out.writeNumberProperty("updated", counts.updated());
        out.writeNumberProperty("skipped", counts.skipped());
        out.writeNumberProperty("bad", counts.bad());
        out.writeStringProperty("created", Dates.text(created));
        out.writeStringProperty("lastUpdated", Dates.text(lastUpdated));
    }
}
