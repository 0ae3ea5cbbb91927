package dev.ostiary.platform.event;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What something was done to (System Log API, Target object).
 *
 * @param type {@code User}, {@code UserGroup}, {@code AppInstance}, …
 * @param alternateId such as a login; {@code unknown} is what the original says where there is none
 * @param detailEntry values as {@link EventJson} writes them
 */
public record Target(
        String id,
        String type,
        @Nullable String alternateId,
        @Nullable String displayName,
        @Nullable Map<String, @Nullable Object> detailEntry) {

    public Target(
            String id, String type, @Nullable String alternateId, @Nullable String displayName) {
        this(id, type, alternateId, displayName, null);
    }
}
