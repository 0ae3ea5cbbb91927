package dev.ostiary.platform.limits;

import dev.ostiary.platform.org.ConfigVersions;
import dev.ostiary.platform.org.Org;

/** Says what holds in an org. Asked on every request; implementations are thread-safe. */
@FunctionalInterface
public interface OrgLimits {

    /**
     * What holds at these versions of the org's configuration, or newer.
     *
     * @param versions as the request learnt them
     */
    LimitSettings at(Org org, ConfigVersions versions);
}
