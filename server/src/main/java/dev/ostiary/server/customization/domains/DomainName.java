package dev.ostiary.server.customization.domains;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which hosts can be somebody's custom domain. */
final class DomainName {

    private static final int LONGEST = 253;
    private static final Pattern NAME =
            Pattern.compile(
                    "([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])");

    private DomainName() {}

    /** The name in ASCII and lower case; empty for what is no name of a host in a domain. */
    static Optional<String> read(String written) {
        try {
            return Optional.of(written)
                    .filter(text -> text.length() <= LONGEST)
                    .map(text -> IDN.toASCII(text, IDN.USE_STD3_ASCII_RULES))
                    .map(text -> text.toLowerCase(Locale.ROOT))
                    .filter(text -> text.length() <= LONGEST && NAME.matcher(text).matches());
        } catch (IllegalArgumentException notAName) {
            return Optional.empty();
        }
    }

    /** Whether a name is the server's own to give, or means the machine of whoever asks. */
    static boolean isProhibited(String name, String baseDomain) {
        return isWithin(name, baseDomain)
                || isWithin(name, "localhost")
                || isWithin(name, "local")
                || isWithin(name, "localdomain");
    }

    private static boolean isWithin(String name, String domain) {
        return name.equals(domain) || name.endsWith("." + domain);
    }
}
