package dev.ostiary.platform.event;

import dev.ostiary.platform.store.LogEntry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened, before it is written: made by {@link EventCatalogue#event}, completed by
 * the methods below, given to {@code Tx.emit}. The rest of the logged event is the {@link
 * RequestContext} of the thread that emits it. Immutable.
 *
 * @param legacy its names in the Events API
 * @param who the actor, where it is not the one of the request (a user who just signed in)
 * @param authentication what it adds to the request's: what was proven, the session that begins
 */
public record Event(
        String eventType,
        String displayMessage,
        LegacyTypes legacy,
        Severity severity,
        Outcome outcome,
        @Nullable Actor who,
        AuthenticationContext authentication,
        List<Target> targets,
        Map<String, @Nullable Object> debugData)
        implements LogEntry {

    static Event of(String eventType, String displayMessage, LegacyTypes legacy) {
        return new Event(
                eventType,
                displayMessage,
                legacy,
                Severity.INFO,
                Outcome.success(),
                null,
                AuthenticationContext.none(),
                List.of(),
                Map.of());
    }

    /** With one more target; their order is kept. */
    public Event target(Target target) {
        return new Event(
                eventType,
                displayMessage,
                legacy,
                severity,
                outcome,
                who,
                authentication,
                Additions.with(targets, target),
                debugData);
    }

    /** With one more target. */
    public Event target(
            String id, String type, @Nullable String alternateId, @Nullable String displayName) {
        return target(new Target(id, type, alternateId, displayName));
    }

    public Event outcome(Outcome end) {
        return new Event(
                eventType,
                displayMessage,
                legacy,
                severity,
                end,
                who,
                authentication,
                targets,
                debugData);
    }

    public Event severity(Severity how) {
        return new Event(
                eventType,
                displayMessage,
                legacy,
                how,
                outcome,
                who,
                authentication,
                targets,
                debugData);
    }

    public Event actor(Actor other) {
        return new Event(
                eventType,
                displayMessage,
                legacy,
                severity,
                outcome,
                other,
                authentication,
                targets,
                debugData);
    }

    /** With how somebody proved who they are, or the session that begins with it. */
    public Event authentication(AuthenticationContext how) {
        return new Event(
                eventType, displayMessage, legacy, severity, outcome, who, how, targets, debugData);
    }

    /**
     * With one of the object types that the Events API has for this type, where neither the type
     * nor the outcome tells which.
     *
     * @throws IllegalArgumentException if the catalogue lacks it, which is a defect of the caller
     */
    public Event legacy(String type) {
        return new Event(
                eventType,
                displayMessage,
                legacy.naming(type),
                severity,
                outcome,
                who,
                authentication,
                targets,
                debugData);
    }

    /** With something for {@code debugContext.debugData}; never a secret. */
    public Event debug(String name, Object value) {
        return new Event(
                eventType,
                displayMessage,
                legacy,
                severity,
                outcome,
                who,
                authentication,
                targets,
                Additions.with(debugData, name, value));
    }

    @Override
    public String actorId() {
        return actorIn(RequestContext.current()).id();
    }

    @Override
    public List<@Nullable String> targetIds() {
        return targets.stream().<@Nullable String>map(Target::id).toList();
    }

    @Override
    public String body(UUID uuid, Instant published) {
        return EventJson.write(this, RequestContext.current(), uuid, published);
    }

    /** The object type that the Events API has for it, if it has one. */
    Optional<String> legacyEventType() {
        return legacy.of(outcome);
    }

    Actor actorIn(RequestContext context) {
        return who == null ? context.actor() : who;
    }
}
