package dev.ostiary.platform.context;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * An IPv4 or IPv6 address. Reading one never asks a name server, and accepts one spelling of IPv4
 * only (four decimal numbers): {@code 127.1} or {@code 010.0.0.1} mean different hosts to different
 * programs. An IPv4 address inside IPv6 ({@code ::ffff:192.0.2.1}) is that IPv4 address.
 *
 * <p>Immutable and thread-safe.
 */
public final class IpAddress implements Comparable<IpAddress> {

    private static final int MAX_TEXT = 45;

    private static final int IPV6_NETWORK_BYTES = 8;

    private final byte[] bytes;

    private IpAddress(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The address of 4 or 16 bytes. */
    static IpAddress of(byte[] bytes) {
        return new IpAddress(bytes);
    }

    /** The address of a socket. A scope ({@code %eth0}) is left out. */
    public static IpAddress of(InetAddress address) {
        return new IpAddress(address.getAddress());
    }

    /** Reads an address, or returns null for whatever is not one. */
    public static @Nullable IpAddress parse(String text) {
        if (text.isEmpty() || text.length() > MAX_TEXT) {
            return null;
        }
        byte[] found = text.indexOf(':') < 0 ? ipv4(text) : ipv6(text);
        return found == null ? null : new IpAddress(found);
    }

    private static byte @Nullable [] ipv4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return null;
        }
        byte[] result = new byte[4];
        for (int i = 0; i < 4; i++) {
            String part = parts[i];
            boolean digits =
                    !part.isEmpty()
                            && part.length() <= 3
                            && part.chars().allMatch(c -> c >= '0' && c <= '9');
            if (!digits || (part.length() > 1 && part.charAt(0) == '0')) {
                return null;
            }
            int number = Integer.parseInt(part);
            if (number > 255) {
                return null;
            }
            result[i] = (byte) number;
        }
        return result;
    }

    private static byte @Nullable [] ipv6(String text) {
        boolean plain = text.chars().allMatch(c -> "0123456789abcdefABCDEF:.".indexOf(c) >= 0);
        if (!plain) {
            return null;
        }
        try {
            return Inet6Address.ofLiteral(text).getAddress();
        } catch (IllegalArgumentException notAnAddress) {
            return null;
        }
    }

    /** The 4 or 16 bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The address for libraries that take the JDK's. */
    public InetAddress toInetAddress() {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 or 16 bytes", e);
        }
    }

    /** Bits of an address of this family: 32 or 128. */
    public int bits() {
        return bytes.length * 8;
    }

    /**
     * What whoever has this address has at least: the address itself, or in IPv6 the first half of
     * it ({@code …/64}), since one line is given as many addresses as it wants.
     */
    public String network() {
        return bytes.length > IPV6_NETWORK_BYTES
                ? HexFormat.of().formatHex(bytes, 0, IPV6_NETWORK_BYTES) + "/64"
                : toString();
    }

    /** {@code V4} or {@code V6}, as the log names them. */
    public String version() {
        return bytes.length == 4 ? "V4" : "V6";
    }

    /** Whether the address is the machine's own (127.0.0.0/8, ::1). */
    public boolean isLoopback() {
        if (bytes.length == 4) {
            return bytes[0] == 127;
        }
        for (int i = 0; i < 15; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return bytes[15] == 1;
    }

    /** Whether the first bits of this address and of another of the same family are the same. */
    boolean sharesPrefix(IpAddress other, int length) {
        if (bytes.length != other.bytes.length) {
            return false;
        }
        int whole = length / 8;
        if (!Arrays.equals(bytes, 0, whole, other.bytes, 0, whole)) {
            return false;
        }
        int rest = length % 8;
        return rest == 0
                || ((bytes[whole] ^ other.bytes[whole]) & (0xff << (8 - rest)) & 0xff) == 0;
    }

    /**
     * The usual text; for IPv6 that of RFC 5952 (small letters, the longest run of zeros as ::).
     */
    @Override
    public String toString() {
        if (bytes.length == 4) {
            return (bytes[0] & 0xff)
                    + "."
                    + (bytes[1] & 0xff)
                    + "."
                    + (bytes[2] & 0xff)
                    + "."
                    + (bytes[3] & 0xff);
        }
        int[] groups = new int[8];
        for (int i = 0; i < 8; i++) {
            groups[i] = ((bytes[2 * i] & 0xff) << 8) | (bytes[2 * i + 1] & 0xff);
        }
        int start = -1;
        int length = 1;
        for (int i = 0; i < 8; i++) {
            int end = i;
            while (end < 8 && groups[end] == 0) {
                end++;
            }
            if (end - i > length) {
                start = i;
                length = end - i;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == start) {
                text.append("::");
                i += length - 1;
            } else {
                if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
                    text.append(':');
                }
                text.append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }

    /** All of IPv4 before all of IPv6, each in the order of its numbers. */
    @Override
    public int compareTo(IpAddress other) {
        return bytes.length == other.bytes.length
                ? Arrays.compareUnsigned(bytes, other.bytes)
                : Integer.compare(bytes.length, other.bytes.length);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof IpAddress that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
