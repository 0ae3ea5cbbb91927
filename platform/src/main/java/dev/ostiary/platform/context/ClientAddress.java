package dev.ostiary.platform.context;

import java.util.List;

/**
 * Where a request comes from.
 *
 * @param client the address that policies and the log take as the client's
 * @param chain the client, then the org's trusted proxies in the order in which they passed the
 *     request on ({@code request.ipChain} of a log event: clientIp, proxy1, proxy2); never empty
 */
public record ClientAddress(IpAddress client, List<IpAddress> chain) {

    public ClientAddress {
        chain = List.copyOf(chain);
    }
}
