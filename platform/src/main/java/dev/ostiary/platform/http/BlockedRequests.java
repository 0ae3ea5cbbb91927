package dev.ostiary.platform.http;

import dev.ostiary.platform.context.IpAddress;
import dev.ostiary.platform.org.Org;

/** Hears of requests that were refused for where they came from. Thread-safe. */
@FunctionalInterface
public interface BlockedRequests {

    /**
     * A request was refused; its context is bound to the thread.
     *
     * @param zone the name of the block list
     */
    void blocked(Org org, IpAddress address, String zone);
}
