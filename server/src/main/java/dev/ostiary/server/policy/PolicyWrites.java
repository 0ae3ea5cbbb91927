package dev.ostiary.server.policy;

import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.org.ConfigArea;
import dev.ostiary.platform.org.ConfigVersionStore;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.platform.store.Work;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * How policies are written: one change of an org after the other, each with its event in the same
 * transaction, and with the word to all nodes. Thread-safe.
 */
final class PolicyWrites {

    private final Database database;
    private final Ids ids;
    private final InstantSource time;

    PolicyWrites(Database database, Ids ids, InstantSource time) {
        this.database = database;
        this.ids = ids;
        this.time = time;
    }

    /** A change; nobody else changes policies of the org meanwhile. */
    <T> T change(Org org, Work<T> work) {
        return database.write(
                org.number(),
                tx -> {
                    ConfigVersionStore.hold(tx);
                    return work.run(tx);
                });
    }

    /** The last act of a change. */
    static void conclude(Tx tx, Event event) {
        tx.emit(event);
        ConfigVersionStore.raise(tx, ConfigArea.POLICIES);
    }

    /** The last act of a change for which no event is published. */
    static void changed(Tx tx) {
        ConfigVersionStore.raise(tx, ConfigArea.POLICIES);
    }

    Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    String id(String prefix, Org org, Instant now) {
        return ids.next(prefix, org.tail(), now);
    }

    /** A name that another one has. */
    static ApiException nameTaken() {
        return ApiException.validation(
                "name",
                "name: An object with this field already exists in the current organization");
    }

    /** The system's own cannot be changed in this, or go. */
    static ApiException readOnly(String object) {
        return ApiException.of("E0000111", object);
    }

    /** An attribute that is the system's to say. */
    static ApiException readOnlyAttribute(String attribute) {
        return ApiException.of("E0000077", attribute);
    }
}
