package dev.ostiary.platform.tls;

import java.net.InetAddress;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A host as certificates name it: a DNS name in ASCII and lower case (RFC 5280, 4.2.1.6), or an IP
 * address. A wildcard is none: clients differ on what it covers.
 */
record HostName(String text) {

    private static final int LONGEST = 253;
    private static final Pattern DNS =
            Pattern.compile(
                    "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*");

    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-f:.]*:[0-9a-f:.]*");

    static HostName of(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        boolean valid =
                isAddress(lower) || (lower.length() <= LONGEST && DNS.matcher(lower).matches());
        if (!valid) {
            throw new IllegalArgumentException("no host that a certificate can name: " + text);
        }
        return new HostName(lower);
    }

    /** Whether it is an IP address, of either version. */
    boolean isAddress() {
        return isAddress(text);
    }

    /** The shape first: Java reads {@code 1} as an address too, and a zone after one of IPv6. */
    private static boolean isAddress(String text) {
        if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
            return false;
        }
        try {
            return InetAddress.ofLiteral(text).getAddress().length > 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
