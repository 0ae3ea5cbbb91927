package dev.ostiary.server.identitysources;

import dev.ostiary.platform.event.Target;
import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Schema;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * An import of an identity source (schema {@code IdentitySourceSession}). Immutable.
 *
 * @param id {@code aps…}
 * @param sourceId the app that the source is
 * @param loads how many requests have loaded something
 * @param done how many of the loads are done
 * @param counts what became of them
 * @param job the transaction that events of the import name
 * @param lastUpdated when something was last loaded or done
 * @param triggered when its import was asked for
 */
record Session(
        String id,
        String sourceId,
        Status status,
        int loads,
        int done,
        Counts counts,
        String job,
        Instant created,
        Instant lastUpdated,
        @Nullable Instant triggered) {

    static final String PREFIX = "aps";

    /** The wire's name of the type, in errors and events; the original's was not seen. */
    static final String TYPE = "ImportSession";

    /** What errors about its state name (WIRE, "Errors"). */
    static final String SUBJECT = "importSessionId";

    /** So long a session waits for the next request. */
    static final Duration PATIENCE = Duration.ofHours(24);

    /** As the wire has it. */
    enum Status {
        CREATED,
        IN_PROGRESS,
        TRIGGERED,
        COMPLETED,
        CLOSED,
        EXPIRED,
        ERROR;

        /** Whether more may be loaded, or all of it forgotten. */
        boolean isOpen() {
            return switch (this) {
                case CREATED, IN_PROGRESS -> true;
                case TRIGGERED, COMPLETED, CLOSED, EXPIRED, ERROR -> false;
            };
        }

        /** Whether it may keep another from beginning. */
        boolean isActive() {
            return isOpen() || this == TRIGGERED;
        }
    }

    static final Schema SCHEMA =
            Schema.object("IdentitySourceSession")
                    .always("id", Schema.TEXT)
                    .always("identitySourceId", Schema.TEXT)
                    .always("status", Schema.words(Status.values()))
                    .always("importType", Schema.words("INCREMENTAL"))
                    .always("created", Schema.MOMENT)
                    .always("lastUpdated", Schema.MOMENT);

    static Session begun(String id, String sourceId, String job, Instant now) {
        return new Session(id, sourceId, Status.CREATED, 0, 0, Counts.NONE, job, now, now, null);
    }

    /** The same as it is at a moment: nobody has to say that its time is over. */
    Session at(Instant now) {
        return status.isOpen() && !lastUpdated.plus(PATIENCE).isAfter(now)
                ? in(Status.EXPIRED, lastUpdated)
                : this;
    }

    Session in(Status other, Instant now) {
        return new Session(
                id,
                sourceId,
                other,
                loads,
                done,
                counts,
                job,
                created,
                now,
                other == Status.TRIGGERED ? now : triggered);
    }

    /** With one more load. */
    Session loaded(Instant now) {
        return new Session(
                id,
                sourceId,
                Status.IN_PROGRESS,
                loads + 1,
                done,
                counts,
                job,
                created,
                now,
                triggered);
    }

    /** With one more load done. */
    Session further(Counts more, Instant now) {
        return new Session(
                id,
                sourceId,
                done + 1 == loads ? Status.COMPLETED : status,
                loads,
                done + 1,
                counts.plus(more),
                job,
                created,
                now,
                triggered);
    }

    /** As events name it. */
    Target target() {
        return new Target(id, TYPE, "unknown", null);
    }

    void write(JsonGenerator out) {
        out.writeStartObject();
        out.writeStringProperty("id", id);
        out.writeStringProperty("identitySourceId", sourceId);
        out.writeStringProperty("status", status.name());
        out.writeStringProperty("importType", "INCREMENTAL");
        out.writeStringProperty("created", Dates.text(created));
        out.writeStringProperty("lastUpdated", Dates.text(lastUpdated));
        out.writeEndObject();
    }
}
