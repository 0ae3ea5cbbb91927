package dev.ostiary.server.security.origins;

import dev.ostiary.platform.context.IpAddress;
import java.net.IDN;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An origin (RFC 6454): scheme, host and port, in the one spelling that browsers give to it (URL
 * Standard, "host serializing"), so that two are the same exactly when their texts are.
 *
 * @param text {@code scheme://host}, with {@code :port} unless it is the scheme's own
 */
record WebOrigin(String text) {

    private static final int LONGEST = 255;
    private static final int LONGEST_HOST = 253;

    /** What the documentation names, with the ports that a browser leaves out; 0 for none. */
    private static final Map<String, Integer> SCHEMES =
            Map.of("http", 80, "https", 443, "ftp", 21, "ionic", 0, "capacitor", 0);

    private static final Pattern PARTS =
            Pattern.compile("([A-Za-z]+)://(\\[[^]/]*]|[^:/\\[\\]]+)(?::([0-9]{1,5}))?/?");
    private static final Pattern NAME =
            Pattern.compile(
                    "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*");

    /** A host whose last label begins with a digit is an IPv4 address to a browser, or nothing. */
    private static final Pattern NUMERIC = Pattern.compile("(.*\\.)?[0-9][^.]*");

    /**
     * The four characters that older and newer rules of international names turn into different
     * hosts (UTS 46, "Deviations"); whoever means one of them writes the {@code xn--} form.
     */
    private static final Pattern AMBIGUOUS = Pattern.compile("[\u00DF\u03C2\u200C\u200D]");

    /**
     * Reads an origin as a person writes it: upper case, the scheme's own port, a slash at the end
     * and international names are understood. A path, a query, credentials and wildcards are not
     * part of an origin, and neither is a spelling that two browsers might read differently.
     */
    static Optional<WebOrigin> parse(String written) {
        Matcher parts = PARTS.matcher(written);
        if (written.length() > LONGEST || !parts.matches()) {
            return Optional.empty();
        }
        String scheme = parts.group(1).toLowerCase(Locale.ROOT);
        Integer standard = SCHEMES.get(scheme);
        Optional<String> host = host(parts.group(2));
        Optional<String> port = port(parts.group(3), standard == null ? 0 : standard);
        return standard == null || host.isEmpty() || port.isEmpty()
                ? Optional.empty()
                : Optional.of(new WebOrigin(scheme + "://" + host.get() + port.get()));
    }

    private static Optional<String> port(@Nullable String digits, int standard) {
        if (digits == null) {
            return Optional.of("");
        }
        int port = Integer.parseInt(digits);
        if (port == 0 || port > 65535) {
            return Optional.empty();
        }
        return Optional.of(port == standard ? "" : ":" + port);
    }

    private static Optional<String> host(String written) {
        if (written.startsWith("[")) {
            return ipv6(written.substring(1, written.length() - 1));
        }
        return ascii(written)
                .filter(name -> name.length() <= LONGEST_HOST && NAME.matcher(name).matches())
                .filter(name -> !NUMERIC.matcher(name).matches() || IpAddress.parse(name) != null);
    }

    /** An address in brackets; one of IPv4 within IPv6 has no spelling that all agree on. */
    private static Optional<String> ipv6(String written) {
        IpAddress address = written.indexOf(':') < 0 ? null : IpAddress.parse(written);
        return address == null || address.bits() != 128
                ? Optional.empty()
                : Optional.of("[" + address + "]");
    }

    private static Optional<String> ascii(String written) {
        if (AMBIGUOUS.matcher(written).find()) {
            return Optional.empty();
        }
        try {
            return Optional.of(IDN.toASCII(written).toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException notAName) {
            return Optional.empty();
        }
    }
}
