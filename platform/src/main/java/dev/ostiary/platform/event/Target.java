package dev.ostiary.platform.event;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What something was done to (System Log API, Target object).
 *
 * @param type {@code User}, {@code UserGroup}, {@code AppInstance}, …
 * @param alternateId such as a login; {@code unknown} is what the original says where there is none
 * @param detailEntry values as {@link EventJson} writes them
 * @param changeDetails what of it is another now, for the types of events that tell; null for
 *     others
 */
public record Target(
        String id,
        String type,
        @Nullable String alternateId,
        @Nullable String displayName,
        @Nullable Map<String, @Nullable Object> detailEntry,
        @Nullable Change changeDetails) {

    /** What was, and what is; values as {@link EventJson} writes them. */
    public record Change(Map<String, ?> from, Map<String, ?> to) {}

    public Target(
            String id, String type, @Nullable String alternateId, @Nullable String displayName) {
        this(id, type, alternateId, displayName, null);
    }

    public Target(
            String id,
            String type,
            @Nullable String alternateId,
            @Nullable String displayName,
            @Nullable Map<String, @Nullable Object> detailEntry) {
        this(id, type, alternateId, displayName, detailEntry, null);
    }

    /** The same, of which something is another now. */
    public Target changed(Map<String, ?> from, Map<String, ?> to) {
        return new Target(id, type, alternateId, displayName, detailEntry, new Change(from, to));
    }
}
