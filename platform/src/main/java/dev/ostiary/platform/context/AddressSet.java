package dev.ostiary.platform.context;

import java.util.ArrayList;
import java.util.List;

/**
 * Many ranges of addresses, IPv4 and IPv6 together, in which one address is found by halving: a
 * dozen comparisons among 5 000 ranges. Immutable and thread-safe.
 */
public final class AddressSet {

    private static final AddressSet EMPTY = new AddressSet(List.of());

    /** In order, and apart from each other. */
    private final List<AddressRange> ranges;

    private AddressSet(List<AddressRange> ranges) {
        this.ranges = List.copyOf(ranges);
    }

    /** No address. */
    public static AddressSet empty() {
        return EMPTY;
    }

    /** The addresses of these ranges, which may overlap and stand in any order. */
    public static AddressSet of(List<AddressRange> some) {
        List<AddressRange> sorted = new ArrayList<>(some);
        sorted.sort((a, b) -> a.first().compareTo(b.first()));
        List<AddressRange> merged = new ArrayList<>();
        for (AddressRange next : sorted) {
            AddressRange before = merged.isEmpty() ? null : merged.getLast();
            if (before == null || before.last().compareTo(next.first()) < 0) {
                merged.add(next);
            } else if (before.last().compareTo(next.last()) < 0) {
                merged.set(merged.size() - 1, new AddressRange(before.first(), next.last()));
            }
        }
        return new AddressSet(merged);
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return ranges.isEmpty();
    }

    /** How many ranges are kept. */
    public int size() {
        return ranges.size();
    }

    /** Whether an address lies in one of the ranges. */
    public boolean contains(IpAddress address) {
        int low = 0;
        int high = ranges.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            AddressRange range = ranges.get(middle);
            if (address.compareTo(range.first()) < 0) {
                high = middle - 1;
            } else if (address.compareTo(range.last()) > 0) {
                low = middle + 1;
            } else {
                return true;
            }
        }
        return false;
    }
}
