package dev.ostiary.platform.store;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An event without a content. */
record TestEntry(String eventType) implements LogEntry {

    @Override
    public @Nullable String actorId() {
        return null;
    }

    @Override
    public List<@Nullable String> targetIds() {
        return List.of();
    }

    @Override
    public String body(UUID uuid, Instant published) {
        return "{}";
    }
}
