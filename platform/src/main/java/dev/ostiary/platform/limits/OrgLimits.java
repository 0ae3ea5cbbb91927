package dev.ostiary.platform.limits;

import dev.ostiary.platform.org.Org;

/**
 * Says what holds in an org, as of now. Asked on every request; implementations are thread-safe.
 */
public interface OrgLimits {

    LimitSettings of(Org org);
}
