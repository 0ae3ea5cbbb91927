package dev.ostiary.platform.outbound;

import dev.ostiary.platform.context.AddressSet;
import dev.ostiary.platform.context.Cidr;
import dev.ostiary.platform.context.IpAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Which addresses may be called. Whoever may name a URL could otherwise have the server call what
 * only the server reaches: itself, its database, its cloud's metadata. So a host's name is looked
 * up once, the addresses that it has are judged, and the connection goes to one of those that
 * passed: there is no second look-up that could answer otherwise. Thread-safe.
 */
public final class Destinations implements DnsResolver {

    /** What is not an address of somebody in the internet (IANA's special-purpose registries). */
    private static final List<String> SPECIAL =
            List.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/3",
                    "::/96",
                    // IPv4 in IPv6, which a gateway would lead into the private network
                    "64:ff9b::/96",
                    "64:ff9b:1::/48",
                    "100::/64",
                    "2001::/23",
                    "2001:db8::/32",
                    "2002::/16",
                    "3fff::/20",
                    "5f00::/16",
                    "fc00::/7",
                    "fe80::/9",
                    "ff00::/8");

    private final AddressSet refused;

    private Destinations(AddressSet refused) {
        this.refused = refused;
    }

    /** The internet alone. */
    public static Destinations ofTheInternet() {
        return new Destinations(
                AddressSet.of(SPECIAL.stream().map(text -> Cidr.parse(text).range()).toList()));
    }

    /** Every address: for operators whose receivers are in their own network. */
    public static Destinations everywhere() {
        return new Destinations(AddressSet.empty());
    }

    /** Whether an address may be called. */
    public boolean permit(InetAddress address) {
        return !refused.contains(IpAddress.of(address));
    }

    /**
     * The addresses of a host that may be called.
     *
     * @throws UnknownHostException if it has none, or none that may
     */
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] permitted =
                Arrays.stream(InetAddress.getAllByName(host))
                        .filter(this::permit)
                        .toArray(InetAddress[]::new);
        if (permitted.length == 0) {
            throw new NotPermitted(host);
        }
        return permitted;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }

    /** A host has addresses, but none that may be called. */
    static final class NotPermitted extends UnknownHostException {
        private static final long serialVersionUID = 1L;

        NotPermitted(String host) {
            super(host + " has no address that may be called");
        }
    }
}
