package dev.ostiary.platform.context;

/**
 * Addresses from one to another, both included.
 *
 * @param first the lowest
 * @param last the highest, of the same family
 */
public record AddressRange(IpAddress first, IpAddress last) {

    public AddressRange {
        if (first.bits() != last.bits() || first.compareTo(last) > 0) {
            throw new IllegalArgumentException("no range: " + first + "-" + last);
        }
    }
}
