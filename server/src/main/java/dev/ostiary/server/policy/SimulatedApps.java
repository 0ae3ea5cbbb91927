package dev.ostiary.server.policy;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Reader;
import java.util.Optional;

/** Which apps sign-ins are simulated to; apps know themselves. Implementations are thread-safe. */
@FunctionalInterface
public interface SimulatedApps {

    /** The app of an id. */
    Optional<App> find(Reader reader, Org org, String id);

    /**
     * An app.
     *
     * @param id public id
     * @param name the name of its type
     * @param accessPolicy the id of the access policy that it was given; empty for the one that the
     *     org is born with
     * @param enrolmentPolicy the same of policies of the type PROFILE_ENROLLMENT
     */
    record App(
            String id,
            String name,
            Optional<String> accessPolicy,
            Optional<String> enrolmentPolicy) {}
}
