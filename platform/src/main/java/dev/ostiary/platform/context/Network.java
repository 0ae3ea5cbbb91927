package dev.ostiary.platform.context;

import java.util.Optional;

/** What an org has said of the world's addresses: its zones. Thread-safe. */
public interface Network {

    /** Whether an address is one of the proxies that the org trusts (P13). */
    boolean trustsProxy(IpAddress address);

    /** The name of the block list that an address is on, unless the org exempts the address. */
    Optional<String> blockedBy(IpAddress address);

    /** The name of the zone that an address lies in, for the log. */
    Optional<String> zoneOf(IpAddress address);

    /** The network of an org that has said nothing. */
    static Network unknown() {
        return new Network() {
            @Override
            public boolean trustsProxy(IpAddress address) {
                return false;
            }

            @Override
            public Optional<String> blockedBy(IpAddress address) {
                return Optional.empty();
            }

            @Override
            public Optional<String> zoneOf(IpAddress address) {
                return Optional.empty();
            }
        };
    }
}
