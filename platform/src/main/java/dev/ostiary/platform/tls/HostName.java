package dev.ostiary.platform.tls;

import java.util.Locale;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.util.IPAddress;

/**
 * A host as certificates name it: a DNS name in ASCII and lower case (RFC 5280, 4.2.1.6), or an IP
 * address. A wildcard is none: clients differ on what it covers.
 */
record HostName(String text) {

    private static final int LONGEST = 253;
    private static final Pattern DNS =
            Pattern.compile(
                    "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*");

    static HostName of(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        boolean valid =
                isAddress(lower) || (lower.length() <= LONGEST && DNS.matcher(lower).matches());
        if (!valid) {
            throw new IllegalArgumentException("no host that a certificate can name: " + text);
        }
        return new HostName(lower);
    }

    GeneralName inCertificate() {
        return new GeneralName(isAddress(text) ? GeneralName.iPAddress : GeneralName.dNSName, text);
    }

    private static boolean isAddress(String text) {
        return IPAddress.isValid(text);
    }
}
