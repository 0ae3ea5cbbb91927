package dev.ostiary.platform.picture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * A small square picture in shades of gray, as PNG (RFC 2083), without the desktop libraries of
 * Java.
 */
public final class GrayPicture {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

    private GrayPicture() {}

    /** The shade, 0 to 255, at a place; both coordinates from 0 to 1. */
    @FunctionalInterface
    public interface Shade {
        int at(double x, double y);
    }

    /** A picture of so many pixels in width and height. */
    public static byte[] png(int size, Shade shade) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(SIGNATURE);
        // eight bits a pixel, gray, no interlacing
        chunk(out, "IHDR", ByteBuffer.allocate(13).putInt(size).putInt(size).put((byte) 8).array());
        chunk(out, "IDAT", deflated(pixels(size, shade)));
        chunk(out, "IEND", new byte[0]);
        return out.toByteArray();
    }

    /** Row after row, each led by its filter: none. */
    private static byte[] pixels(int size, Shade shade) {
        byte[] rows = new byte[size * (size + 1)];
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                rows[y * (size + 1) + 1 + x] = (byte) shade.at((x + 0.5) / size, (y + 0.5) / size);
            }
        }
        return rows;
    }

    private static byte[] deflated(byte[] bytes) {
        try (Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION)) {
            deflater.setInput(bytes);
            deflater.finish();
            byte[] packed = new byte[bytes.length + 64];
            int length = deflater.deflate(packed);
            return ByteBuffer.allocate(length).put(packed, 0, length).array();
        }
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] content) {
        byte[] named = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 check = new CRC32();
        check.update(named);
        check.update(content);
        out.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
        out.writeBytes(named);
        out.writeBytes(content);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) check.getValue()).array());
    }
}
