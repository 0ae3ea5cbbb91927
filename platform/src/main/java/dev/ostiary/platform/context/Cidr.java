package dev.ostiary.platform.context;

import java.util.ArrayList;
import java.util.List;

/**
 * A block of addresses, such as {@code 10.0.0.0/8} or {@code 2001:db8::/32} (RFC 4632, RFC 4291).
 *
 * @param network any address of the block; what lies behind the prefix does not count
 * @param prefix how many leading bits count: 0 to 32 or 128
 */
public record Cidr(IpAddress network, int prefix) {

    public Cidr {
        if (prefix < 0 || prefix > network.bits()) {
            throw new IllegalArgumentException(
                    "a prefix of " + network + " is 0 to " + network.bits() + ", not " + prefix);
        }
    }

    /**
     * Reads a block, or a single address as a block of one.
     *
     * @throws IllegalArgumentException in one line that names the text
     */
    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        String address = (slash < 0 ? text : text.substring(0, slash)).strip();
        IpAddress network = IpAddress.parse(address);
        if (network == null) {
            throw new IllegalArgumentException("not an address block: " + brief(text));
        }
        if (slash < 0) {
            return new Cidr(network, network.bits());
        }
        String bits = text.substring(slash + 1).strip();
        if (!bits.matches("[0-9]{1,3}")) {
            throw new IllegalArgumentException("not an address block: " + brief(text));
        }
        return new Cidr(network, Integer.parseInt(bits));
    }

    /** Reads blocks that are separated by commas or white space; an empty text is no block. */
    public static List<Cidr> parseList(String text) {
        List<Cidr> blocks = new ArrayList<>();
        for (String word : text.strip().split("[\\s,]+")) {
            if (!word.isEmpty()) {
                blocks.add(parse(word));
            }
        }
        return List.copyOf(blocks);
    }

    private static String brief(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }

    /** Whether an address is in the block; one of the other family never is. */
    public boolean contains(IpAddress address) {
        return network.sharesPrefix(address, prefix);
    }

    /** All addresses of the block. */
    public AddressRange range() {
        byte[] first = network.bytes();
        byte[] last = network.bytes();
        for (int bit = prefix; bit < network.bits(); bit++) {
            int mask = 0x80 >> (bit % 8);
            first[bit / 8] &= (byte) ~mask;
            last[bit / 8] |= (byte) mask;
        }
        return new AddressRange(IpAddress.of(first), IpAddress.of(last));
    }

    @Override
    public String toString() {
        return network + "/" + prefix;
    }
}
