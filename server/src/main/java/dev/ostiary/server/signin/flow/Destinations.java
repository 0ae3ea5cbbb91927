package dev.ostiary.server.signin.flow;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Reader;
import java.time.Instant;
import java.util.Optional;

/** Knows the apps that sign-ins lead into. Implementations are thread-safe. */
public interface Destinations {

    /**
     * An app to which this server says who comes, and the way on which that begins.
     *
     * @return nothing for one that is not active, speaks another protocol or is none of the org's
     */
    Optional<Destination> find(Reader reader, Org org, String appId, Instant now);

    /** Whether a user may use an app. */
    boolean isTheirs(Reader reader, Org org, String appId, String userId);
}
