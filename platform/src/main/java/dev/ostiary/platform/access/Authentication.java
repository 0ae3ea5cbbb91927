package dev.ostiary.platform.access;

import dev.ostiary.platform.org.ConfigVersions;
import dev.ostiary.platform.problem.ApiException;
import java.util.Optional;

/** What credentials came to, and what was learnt of the org on the way. */
public sealed interface Authentication {

    /** The org's configuration versions, where a query for the credentials brought them along. */
    Optional<ConfigVersions> versions();

    /** The credentials prove this caller. */
    record Proven(Caller caller, Optional<ConfigVersions> versions) implements Authentication {}

    /**
     * The credentials prove this caller, who may not use them from where the request comes: 403
     * {@code E0000006}.
     */
    record Outside(Caller.Token caller, Optional<ConfigVersions> versions)
            implements Authentication {}

    /**
     * The credentials prove nothing; the error says how.
     *
     * @param challenge what is told to whoever showed an access token
     */
    record Refused(
            ApiException error, Optional<Challenge> challenge, Optional<ConfigVersions> versions)
            implements Authentication {

        /** Refuses what is no access token. */
        public Refused(ApiException error, Optional<ConfigVersions> versions) {
            this(error, Optional.empty(), versions);
        }
    }
}
