package dev.ostiary.platform.geo;

import dev.ostiary.platform.context.Cidr;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes small databases in MaxMind's format (MaxMind DB File Format Specification 2.0), so that
 * none has to be kept as a binary: a binary trie of addresses, whose leaves point at values.
 *
 * <p>Records have 32 bits, IPv4 stands under {@code ::/96}, and values are not shared.
 */
public final class TestGeoDatabase {

    private static final int EMPTY = -1;

    /** Two records a node: another node's number, {@code EMPTY}, or -2 - n for the value n. */
    private final List<int[]> nodes = new ArrayList<>(List.of(new int[] {EMPTY, EMPTY}));

    private final List<Map<String, Object>> values = new ArrayList<>();
    private final String type;

    /**
     * @param type how the file names itself, such as {@code GeoLite2-City}
     */
    public TestGeoDatabase(String type) {
        this.type = type;
    }

    /**
     * Says something of a block of addresses.
     *
     * @param value of texts, integers, doubles, booleans, lists and maps
     */
    public TestGeoDatabase put(String block, Map<String, Object> value) {
        Cidr cidr = Cidr.parse(block);
        byte[] address = new byte[16];
        byte[] given = cidr.network().bytes();
        System.arraycopy(given, 0, address, 16 - given.length, given.length);
        values.add(value);
        int bits = cidr.prefix() + (16 - given.length) * 8;
        int node = 0;
        for (int i = 0; i < bits; i++) {
            int side = (address[i / 8] >> (7 - i % 8)) & 1;
            if (i == bits - 1) {
                nodes.get(node)[side] = -2 - (values.size() - 1);
            } else {
                if (nodes.get(node)[side] < 0) {
                    nodes.get(node)[side] = nodes.size();
                    nodes.add(new int[] {EMPTY, EMPTY});
                }
                node = nodes.get(node)[side];
            }
        }
        return this;
    }

    /** The file. */
    public Path write(Path file) {
        try {
            ByteArrayOutputStream data = new ByteArrayOutputStream();
            List<Integer> places = new ArrayList<>();
            for (Map<String, Object> value : values) {
                places.add(data.size());
                write(new DataOutputStream(data), value);
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            for (int[] node : nodes) {
                for (int entry : node) {
                    out.writeInt(record(entry, places));
                }
            }
            out.write(new byte[16]);
            data.writeTo(out);
            out.write(new byte[] {(byte) 0xab, (byte) 0xcd, (byte) 0xef});
            out.write("MaxMind.com".getBytes(StandardCharsets.US_ASCII));
            write(out, metadata());
            return Files.write(file, bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int record(int entry, List<Integer> places) {
        if (entry >= 0) {
            return entry;
        }
        return entry == EMPTY ? nodes.size() : nodes.size() + 16 + places.get(-2 - entry);
    }

    private Map<String, Object> metadata() {
        return Map.of(
                "node_count", nodes.size(),
                "record_size", 32,
                "ip_version", 6,
                "database_type", type,
                "languages", List.of("en"),
                "binary_format_major_version", 2,
                "binary_format_minor_version", 0,
                "build_epoch", 1_700_000_000,
                "description", Map.of("en", "made for a test"));
    }

    private static void write(DataOutputStream out, Object value) throws IOException {
        switch (value) {
            case String text -> {
                byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
                control(out, 2, utf8.length);
                out.write(utf8);
            }
            case Double number -> {
                control(out, 3, 8);
                out.writeDouble(number);
            }
            case Integer number -> {
                control(out, 6, 4);
                out.writeInt(number);
            }
            case Boolean flag -> control(out, 14, flag ? 1 : 0);
            case Map<?, ?> map -> {
                control(out, 7, map.size());
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    write(out, entry.getKey());
                    write(out, entry.getValue());
                }
            }
            case List<?> list -> {
                control(out, 11, list.size());
                for (Object element : list) {
                    write(out, element);
                }
            }
            default -> throw new IllegalArgumentException("no type for " + value);
        }
    }

    /** Type in the upper three bits, size in the lower five; both spill into further bytes. */
    private static void control(DataOutputStream out, int type, int size) throws IOException {
        int low = size < 29 ? size : 29;
        if (type <= 7) {
            out.writeByte(type << 5 | low);
        } else {
            out.writeByte(low);
            out.writeByte(type - 7);
        }
        if (low == 29) {
            out.writeByte(size - 29);
        }
    }
}
