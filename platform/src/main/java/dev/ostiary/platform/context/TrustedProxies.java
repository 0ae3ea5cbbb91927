package dev.ostiary.platform.context;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds the client behind proxies (P13).
 *
 * <p>Every proxy appends the address it was called from to {@code X-Forwarded-For}: so the list is
 * true from the right as far as those who wrote it are trusted, and anything further left may be a
 * client's invention. Reading therefore starts at the socket, whose address nobody can forge, and
 * goes one entry to the left only while the current one belongs to somebody who is trusted: first
 * the operator's own proxies, which are peeled off and forgotten, then the proxies of the org's
 * zones, which stand in the chain. The first address that nobody trusts is the client. An entry
 * that is no address ends the walk where it is: nothing behind it could be believed.
 *
 * <p>At most {@value #MAX_HOPS} entries are read, from the right. Immutable and thread-safe.
 */
public final class TrustedProxies {

    /** How many entries of the header are looked at. */
    public static final int MAX_HOPS = 30;

    private static final int MAX_ENTRY = 64;

    private final List<Cidr> operator;

    /** The operator's own proxies; none by default. */
    public TrustedProxies(List<Cidr> operator) {
        this.operator = List.copyOf(operator);
    }

    /** Whether the operator has proxies. */
    public boolean any() {
        return !operator.isEmpty();
    }

    /**
     * Whether an address is one of the operator's proxies: only they may say with which scheme and
     * host the client called (P2).
     */
    public boolean isOperators(IpAddress address) {
        for (Cidr block : operator) {
            if (block.contains(address)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The client of a request.
     *
     * @param socket the other end of the connection
     * @param forwardedFor the values of all {@code X-Forwarded-For} lines, in their order
     * @param orgTrusts whether an address is in a trusted-proxy zone of the org
     */
    public ClientAddress resolve(
            IpAddress socket, List<String> forwardedFor, Predicate<IpAddress> orgTrusts) {
        Hops hops = new Hops(forwardedFor);
        IpAddress current = socket;
        IpAddress further = isOperators(current) ? hops.next() : null;
        while (further != null) {
            current = further;
            further = isOperators(current) ? hops.next() : null;
        }
        List<IpAddress> chain = new ArrayList<>(List.of(current));
        further = hops.mayGoOn() && orgTrusts.test(current) ? hops.next() : null;
        while (further != null) {
            current = further;
            chain.addFirst(current);
            further = orgTrusts.test(current) ? hops.next() : null;
        }
        return new ClientAddress(current, chain);
    }

    /** The entries of the header from right to left; null when they end or stop making sense. */
    private static final class Hops {

        private final List<String> lines;
        private int line;
        private int end;
        private int left = MAX_HOPS;

        Hops(List<String> lines) {
            this.lines = lines;
            this.line = lines.size() - 1;
            this.end = line < 0 ? 0 : lines.get(line).length();
        }

        boolean mayGoOn() {
            return left > 0 && line >= 0;
        }

        @Nullable IpAddress next() {
            if (!mayGoOn()) {
                return null;
            }
            left--;
            String text = lines.get(line);
            int comma = text.lastIndexOf(',', end - 1);
            IpAddress address =
                    end - comma > MAX_ENTRY ? null : entry(text.substring(comma + 1, end).strip());
            if (address == null) {
                left = 0;
                return null;
            }
            if (comma >= 0) {
                end = comma;
            } else {
                line--;
                end = line < 0 ? 0 : lines.get(line).length();
            }
            return address;
        }

        /**
         * Some proxies write ports and brackets: {@code 192.0.2.1:4711}, {@code [2001:db8::1]:80}.
         */
        private static @Nullable IpAddress entry(String text) {
            if (text.startsWith("[")) {
                int close = text.indexOf(']');
                boolean port = close > 0 && text.substring(close + 1).matches("(:[0-9]{1,5})?");
                return port ? IpAddress.parse(text.substring(1, close)) : null;
            }
            int colon = text.indexOf(':');
            boolean ipv4WithPort =
                    colon > 0
                            && colon == text.lastIndexOf(':')
                            && text.substring(colon + 1).matches("[0-9]{1,5}");
            return IpAddress.parse(ipv4WithPort ? text.substring(0, colon) : text);
        }
    }
}
