package dev.ostiary.platform.http;

import dev.ostiary.platform.context.Network;
import dev.ostiary.platform.org.ConfigVersions;
import dev.ostiary.platform.org.Org;

/** Finds the zones of an org. Implementations are thread-safe. */
@FunctionalInterface
public interface OrgNetworks {

    /** The org's network at these versions of its configuration. */
    Network of(Org org, ConfigVersions versions);
}
