package dev.ostiary.server.hooks.events;

import dev.ostiary.platform.contract.Table;
import java.util.Set;
import java.util.stream.Collectors;

/** The types of events that hooks can subscribe to (event types, "event-hook-eligible"). */
final class EligibleEvents {

    private final Set<String> types;

    private EligibleEvents(Set<String> types) {
        this.types = types;
    }

    /** Reads the table that is packed with the program. */
    static EligibleEvents load() {
        return new EligibleEvents(
                Table.load("contract/hook-events.tsv").rows().stream()
                        .map(row -> row.get("eventType"))
                        .collect(Collectors.toUnmodifiableSet()));
    }

    boolean has(String eventType) {
        return types.contains(eventType);
    }
}
