package dev.ostiary.server.security.zones;

import dev.ostiary.platform.context.AddressRange;
import dev.ostiary.platform.context.Cidr;
import dev.ostiary.platform.context.IpAddress;
import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import java.util.Set;

/**
 * Addresses as a client writes them.
 *
 * @param type {@code CIDR} or {@code RANGE}
 * @param value such as {@code 1.2.3.4/24} or {@code 1.2.3.0-1.2.3.255}; a range may be one address
 */
record ZoneAddress(String type, String value) {

    static final Shape<ZoneAddress> SHAPE = shape();

    private static final int LONGEST = 96;

    private static Shape<ZoneAddress> shape() {
        Shape.Builder<ZoneAddress> shape = Shape.of("address");
        Field<ZoneAddress, String> type =
                shape.field("type", Type.TEXT, ZoneAddress::type)
                        .required()
                        .must(Set.of("CIDR", "RANGE")::contains, "must be CIDR or RANGE");
        Field<ZoneAddress, String> value =
                shape.field("value", Type.TEXT, ZoneAddress::value)
                        .required()
                        .must(text -> text.length() <= LONGEST, "is no address");
        return shape.build(in -> new ZoneAddress(in.get(type), in.get(value)));
    }

    /** One address or block, as a command line or a client's words name it. */
    static ZoneAddress of(String text) {
        return text.indexOf('/') >= 0
                ? new ZoneAddress("CIDR", text)
                : new ZoneAddress("RANGE", text.indexOf('-') >= 0 ? text : text + "-" + text);
    }

    /**
     * The addresses meant.
     *
     * @throws IllegalArgumentException with a sentence for the client
     */
    AddressRange range() {
        return type.equals("CIDR") ? block() : span();
    }

    private AddressRange block() {
        int slash = value.indexOf('/');
        IpAddress address = address(slash < 0 ? value : value.substring(0, slash));
        String bits = slash < 0 ? Integer.toString(address.bits()) : value.substring(slash + 1);
        if (!bits.matches("[0-9]{1,3}") || Integer.parseInt(bits) > address.bits()) {
            throw new IllegalArgumentException("The CIDR: " + value + " is invalid.");
        }
        return new Cidr(address, Integer.parseInt(bits)).range();
    }

    private AddressRange span() {
        int dash = value.indexOf('-');
        IpAddress first = address(dash < 0 ? value : value.substring(0, dash));
        IpAddress last = dash < 0 ? first : address(value.substring(dash + 1));
        if (first.bits() != last.bits() || first.compareTo(last) > 0) {
            throw new IllegalArgumentException("The RANGE: " + value + " is invalid.");
        }
        return new AddressRange(first, last);
    }

    /** The sentence is that of the documentation (Zones, "Invalid request example"). */
    private IpAddress address(String text) {
        IpAddress address = IpAddress.parse(text.strip());
        if (address == null) {
            throw new IllegalArgumentException(
                    "The IP: %s in the %s: %s is invalid. Make sure it is a valid %s."
                            .formatted(text, type, value, text.indexOf(':') < 0 ? "IPV4" : "IPV6"));
        }
        return address;
    }
}
