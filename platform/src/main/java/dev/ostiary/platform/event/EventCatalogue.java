package dev.ostiary.platform.event;

import dev.ostiary.platform.contract.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All types of events that the API knows. Immutable and thread-safe. */
public final class EventCatalogue {

    private final Map<String, String> displayMessages;
    private final Map<String, LegacyTypes> legacy;
    private final Map<String, List<String>> byLegacy;

    private EventCatalogue(
            Map<String, String> displayMessages,
            Map<String, LegacyTypes> legacy,
            Map<String, List<String>> byLegacy) {
        this.displayMessages = displayMessages;
        this.legacy = legacy;
        this.byLegacy = byLegacy;
    }

    /** Reads the catalogue that is packed with the program. */
    public static EventCatalogue load() {
        Map<String, String> messages = new HashMap<>();
        for (Table.Row row : Table.load("contract/events.tsv").rows()) {
            messages.put(row.get("eventType"), row.get("displayMessage"));
        }
        Map<String, List<LegacyTypes.Name>> names = new HashMap<>();
        Map<String, List<String>> byLegacy = new HashMap<>();
        for (Table.Row row : Table.load("contract/legacy-events.tsv").rows()) {
            String type = row.get("eventType");
            String name = row.get("legacyEventType");
            names.computeIfAbsent(type, t -> new ArrayList<>())
                    .add(new LegacyTypes.Name(name, when(row.get("outcome"))));
            byLegacy.computeIfAbsent(name, n -> new ArrayList<>()).add(type);
        }
        Map<String, LegacyTypes> legacy = new HashMap<>();
        names.forEach((type, all) -> legacy.put(type, new LegacyTypes(all, null)));
        return new EventCatalogue(Map.copyOf(messages), Map.copyOf(legacy), Map.copyOf(byLegacy));
    }

    private static LegacyTypes.When when(String outcome) {
        return outcome.isEmpty() ? LegacyTypes.When.NAMED : LegacyTypes.When.valueOf(outcome);
    }

    /**
     * A successful event of this type, severity INFO, without targets.
     *
     * @throws IllegalArgumentException if the catalogue lacks the type, which is a defect of the
     *     caller
     */
    public Event event(String eventType) {
        String message = displayMessages.get(eventType);
        if (message == null) {
            throw new IllegalArgumentException("no such event type: " + eventType);
        }
        return Event.of(eventType, message, legacy.getOrDefault(eventType, LegacyTypes.NONE));
    }

    /** The types of events that the Events API calls so; none for a name that it does not have. */
    public List<String> typesOf(String legacyEventType) {
        return byLegacy.getOrDefault(legacyEventType, List.of());
    }
}
