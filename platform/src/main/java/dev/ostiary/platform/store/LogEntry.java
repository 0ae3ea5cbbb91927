package dev.ostiary.platform.store;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An event as the log stores it. */
public interface LogEntry {

    /** The catalogued type. */
    String eventType();

    /** Who acted, if anybody in particular. */
    @Nullable String actorId();

    /** The ids of the targets, in the body's order: what the events of one thing are found by. */
    List<@Nullable String> targetIds();

    /**
     * The whole event as JSON. Called once, on the thread that emits, when it is emitted.
     *
     * @param uuid the event's name
     * @param published the org's clock
     */
    String body(UUID uuid, Instant published);
}
