package dev.ostiary.server.directory.realms;

import dev.ostiary.platform.org.Org;
import org.jspecify.annotations.Nullable;

/**
 * Where profiles come from: so far from the org itself, whose id as a source follows from its own.
 */
final class ProfileSources {

    private static final String PREFIX = "0oa";

    private ProfileSources() {}

    /** The org itself. */
    static String own(Org org) {
        return PREFIX + org.id().substring(PREFIX.length());
    }

    /** Whether there is such a source; none named is any. */
    static boolean exists(Org org, @Nullable String id) {
        return id == null || id.equals(own(org));
    }
}
