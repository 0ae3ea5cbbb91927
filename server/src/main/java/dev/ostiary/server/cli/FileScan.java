package dev.ostiary.server.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A look at a whole file before anything of it is sent: how many lines it has, and which of them
 * are not in UTF-8.
 *
 * @param lines how many there are
 * @param foreign numbers of the first that are in another encoding, from 1
 */
record FileScan(long lines, List<Long> foreign) {

    private static final int MOST = 100;

    static FileScan of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new Scanning(in).scan();
        }
    }

    /** A line feed is a line feed within any encoding that begins as ASCII does. */
    private static final class Scanning {
        private final InputStream in;
        private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        private final byte[] block = new byte[1 << 15];
        private final ByteBuffer undecoded = ByteBuffer.allocate(block.length + 8);
        private final CharBuffer chars = CharBuffer.allocate(undecoded.capacity());
        private final List<Long> foreign = new ArrayList<>();
        private long lines;
        private boolean within;
        private boolean broken;

        Scanning(InputStream in) {
            this.in = in;
        }

        FileScan scan() throws IOException {
            for (int read = in.read(block); read >= 0; read = in.read(block)) {
                int start = 0;
                for (int i = 0; i < read; i++) {
                    if (block[i] == '\n') {
                        take(start, i, true);
                        end();
                        start = i + 1;
                    }
                }
                if (start < read) {
                    take(start, read, false);
                    within = true;
                }
            }
            if (within) {
                take(0, 0, true);
                end();
            }
            return new FileScan(lines, List.copyOf(foreign));
        }

        private void end() {
            lines++;
            if (broken && foreign.size() < MOST) {
                foreign.add(lines);
            }
            broken = false;
            within = false;
            decoder.reset();
        }

        /** Most of most files is ASCII, which needs no decoding. */
        private void take(int from, int to, boolean end) {
            if (undecoded.position() > 0 || !isAscii(from, to)) {
                undecoded.put(block, from, to - from);
                broken |= !decodes(end);
            }
        }

        private boolean isAscii(int from, int to) {
            int all = 0;
            for (int i = from; i < to; i++) {
                all |= block[i];
            }
            return all >= 0;
        }

        /** Decodes what waits, and leaves what belongs to bytes yet to come. */
        private boolean decodes(boolean end) {
            undecoded.flip();
            chars.clear();
            CoderResult result = decoder.decode(undecoded, chars, end);
            if (result.isError() || end) {
                undecoded.clear();
                decoder.reset();
            } else {
                undecoded.compact();
            }
            return !result.isError();
        }
    }
}
