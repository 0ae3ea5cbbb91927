package dev.ostiary.platform.limits;

import dev.ostiary.platform.event.RequestContext;
import org.jspecify.annotations.Nullable;

/** Takes notices of limits. Implementations are thread-safe and never make a request wait. */
@FunctionalInterface
public interface Notices {

    /**
     * Takes a notice.
     *
     * @param org the org's number
     * @param context the request that caused it
     * @param user the id of the user whose request it was, if it was somebody's
     * @param token the id of the token that it came with, if any
     */
    void note(
            long org,
            RequestContext context,
            Notice notice,
            @Nullable String user,
            @Nullable String token);
}
