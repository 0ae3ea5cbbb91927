package dev.ostiary.platform.access;

import dev.ostiary.platform.org.Org;
import java.util.List;

/**
 * Looks at the sessions of browsers, whatever they are shown for. Implementations are thread-safe.
 */
@FunctionalInterface
public interface SessionWatch {

    /** Nobody looks. */
    SessionWatch NONE = (org, sessions, cookies) -> false;

    /**
     * Whether a session ends here, since it is used as the org does not allow it to be: then it is
     * gone when this returns. The request's context is bound to the thread.
     *
     * @param org at the versions of its configuration
     * @param sessions what the browser shows for sessions, in the order in which it prefers them
     * @param cookies all that it shows: a line of the header {@code Cookie}
     */
    boolean ends(Org org, List<String> sessions, String cookies);
}
