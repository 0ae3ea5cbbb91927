package dev.ostiary.platform.event;

import org.jspecify.annotations.Nullable;

/**
 * Where a request came from (System Log API, Client object).
 *
 * @param ipAddress the client's address after trusted proxies are peeled off (P13)
 * @param zone the name of the network zone that it lies in
 * @param device {@code Computer}, {@code Mobile}, {@code Unknown}, …
 * @param id the OAuth client or API token that asked
 */
public record LogClient(
        @Nullable String ipAddress,
        @Nullable UserAgent userAgent,
        @Nullable String zone,
        @Nullable String device,
        @Nullable Geography geography,
        @Nullable String id) {

    /** The same with the OAuth client that asked. */
    public LogClient with(String clientId) {
        return new LogClient(ipAddress, userAgent, zone, device, geography, clientId);
    }

    /** Nobody in particular: the work has no request. */
    public static LogClient none() {
        return new LogClient(null, null, null, null, null, null);
    }
}
