package dev.ostiary.server.cli;

import java.io.BufferedInputStream;
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
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            return of(in);
        }
    }

    /** A line feed is a line feed within any encoding that begins as ASCII does. */
    private static FileScan of(InputStream in) throws IOException {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer chars = CharBuffer.allocate(1 << 16);
        byte[] bytes = new byte[1 << 15];
        List<Long> foreign = new ArrayList<>();
        long lines = 0;
        boolean within = false;
        boolean broken = false;
        ByteBuffer rest = ByteBuffer.allocate(bytes.length + 8);
        for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
            int start = 0;
            for (int i = 0; i < read; i++) {
                if (bytes[i] == '\n') {
                    rest.put(bytes, start, i - start);
                    broken |= !decodes(decoder, rest, chars, true);
                    lines++;
                    note(broken, lines, foreign);
                    broken = false;
                    within = false;
                    decoder.reset();
                    start = i + 1;
                }
            }
            if (start < read) {
                rest.put(bytes, start, read - start);
                broken |= !decodes(decoder, rest, chars, false);
                within = true;
            }
        }
        if (within) {
            broken |= !decodes(decoder, rest, chars, true);
            lines++;
            note(broken, lines, foreign);
        }
        return new FileScan(lines, List.copyOf(foreign));
    }

    private static void note(boolean broken, long line, List<Long> foreign) {
        if (broken && foreign.size() < MOST) {
            foreign.add(line);
        }
    }

    /** Decodes what is in the buffer, and leaves there what belongs to bytes yet to come. */
    private static boolean decodes(
            CharsetDecoder decoder, ByteBuffer bytes, CharBuffer chars, boolean end) {
        bytes.flip();
        chars.clear();
        CoderResult result = decoder.decode(bytes, chars, end);
        if (result.isError() || end) {
            bytes.clear();
        } else {
            bytes.compact();
        }
        return !result.isError();
    }
}
