package dev.ostiary.server.customization.pictures;

import java.util.Arrays;
import java.util.Optional;

/**
 * A picture, as far as its first bytes tell. Immutable, as far as nobody changes the bytes.
 *
 * @param kind what it is
 * @param width in pixels; 0 where that is not to be told
 * @param height in pixels; 0 where that is not to be told
 */
public record Picture(PictureKind kind, int width, int height, byte[] bytes) {

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff};
    private static final byte[] GIF = {'G', 'I', 'F', '8'};
    private static final byte[] ICO = {0, 0, 1, 0};

    /** The picture that these bytes are; empty if they are none that is known. */
    public static Optional<Picture> of(byte[] bytes) {
        if (starts(bytes, PNG)) {
            return png(bytes);
        }
        if (starts(bytes, JPEG)) {
            return jpeg(bytes);
        }
        if (starts(bytes, GIF) && bytes.length > 13 && (bytes[4] == '7' || bytes[4] == '9')) {
            return sized(PictureKind.GIF, little(bytes, 6), little(bytes, 8), bytes);
        }
        if (starts(bytes, ICO) && bytes.length > 22) {
            return Optional.of(
                    new Picture(PictureKind.ICO, orMost(bytes[6]), orMost(bytes[7]), bytes));
        }
        return Drawing.isHarmless(bytes)
                ? Optional.of(new Picture(PictureKind.SVG, 0, 0, bytes))
                : Optional.empty();
    }

    private static boolean starts(byte[] bytes, byte[] beginning) {
        return bytes.length > beginning.length
                && Arrays.equals(bytes, 0, beginning.length, beginning, 0, beginning.length);
    }

    /** PNG (ISO/IEC 15948), 11.2.2: the header comes first. */
    private static Optional<Picture> png(byte[] bytes) {
        boolean header =
                bytes.length > 33
                        && bytes[12] == 'I'
                        && bytes[13] == 'H'
                        && bytes[14] == 'D'
                        && bytes[15] == 'R';
        return header
                ? sized(PictureKind.PNG, four(bytes, 16), four(bytes, 20), bytes)
                : Optional.empty();
    }

    /** JPEG (ITU-T T.81), B.1.1.4: segments, until one that begins a frame tells the size. */
    private static Optional<Picture> jpeg(byte[] bytes) {
        int at = 2;
        while (at + 9 < bytes.length && (bytes[at] & 0xff) == 0xff) {
            int marker = bytes[at + 1] & 0xff;
            if (marker == 0xff) {
                at++;
                continue;
            }
            boolean frame =
                    marker >= 0xc0
                            && marker <= 0xcf
                            && marker != 0xc4
                            && marker != 0xc8
                            && marker != 0xcc;
            if (frame) {
                return sized(PictureKind.JPEG, two(bytes, at + 7), two(bytes, at + 5), bytes);
            }
            int length = two(bytes, at + 2);
            if (length < 2) {
                return Optional.empty();
            }
            at += 2 + length;
        }
        return Optional.empty();
    }

    private static Optional<Picture> sized(PictureKind kind, int width, int height, byte[] bytes) {
        return width > 0 && height > 0
                ? Optional.of(new Picture(kind, width, height, bytes))
                : Optional.empty();
    }

    private static int four(byte[] bytes, int at) {
        return two(bytes, at) << 16 | two(bytes, at + 2);
    }

    private static int two(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
    }

    private static int little(byte[] bytes, int at) {
        return (bytes[at + 1] & 0xff) << 8 | (bytes[at] & 0xff);
    }

    /** An icon of 256 pixels says 0. */
    private static int orMost(byte size) {
        return size == 0 ? 256 : size & 0xff;
    }
}
