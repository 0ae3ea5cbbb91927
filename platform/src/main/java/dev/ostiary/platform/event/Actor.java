package dev.ostiary.platform.event;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who did something (System Log API, Actor object).
 *
 * @param type {@code User}, {@code PublicClientApp}, {@code SystemPrincipal}, …
 * @param alternateId such as a login
 * @param detailEntry values as {@link EventJson} writes them
 */
public record Actor(
        String id,
        String type,
        @Nullable String alternateId,
        @Nullable String displayName,
        @Nullable Map<String, @Nullable Object> detailEntry) {

    public Actor(
            String id, String type, @Nullable String alternateId, @Nullable String displayName) {
        this(id, type, alternateId, displayName, null);
    }

    /** The server itself, for what nobody asked for. */
    public static Actor system() {
        return new Actor("system", "SystemPrincipal", "system", "Ostiary System");
    }

    /** A request without valid credentials. */
    public static Actor unknown() {
        return new Actor("unknown", "User", "unknown", "unknown");
    }
}
