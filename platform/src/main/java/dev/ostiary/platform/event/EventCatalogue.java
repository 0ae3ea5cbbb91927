package dev.ostiary.platform.event;

import dev.ostiary.platform.contract.Table;
import java.util.HashMap;
import java.util.Map;

/** All types of events that the API knows. Immutable and thread-safe. */
public final class EventCatalogue {

    private final Map<String, String> displayMessages;

    private EventCatalogue(Map<String, String> displayMessages) {
        this.displayMessages = displayMessages;
    }

    /** Reads the catalogue that is packed with the program. */
    public static EventCatalogue load() {
        Map<String, String> messages = new HashMap<>();
        for (Table.Row row : Table.load("contract/events.tsv").rows()) {
            messages.put(row.get("eventType"), row.get("displayMessage"));
        }
        return new EventCatalogue(Map.copyOf(messages));
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
        return Event.of(eventType, message);
    }
}
