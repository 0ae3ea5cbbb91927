package dev.ostiary.server.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** The lines of a file of JSON lines, as they stand. */
final class NdjsonLines implements LineSource {

    /** More of a line is not sent: the server refuses it as it is. */
    private static final int MOST = 128 * 1024 + 1;

    private final InputStream in;
    private final byte[] block = new byte[1 << 16];
    private int at;
    private int filled;
    private long place;

    private NdjsonLines(InputStream in) {
        this.in = in;
    }

    static NdjsonLines of(Path file) throws IOException {
        return new NdjsonLines(Files.newInputStream(file));
    }

    @Override
    public Optional<Line> next() throws IOException {
        if (at == filled && !fill()) {
            return Optional.empty();
        }
        ByteArrayOutputStream line = new ByteArrayOutputStream(512);
        do {
            int end = at;
            while (end < filled && block[end] != '\n') {
                end++;
            }
            line.write(block, at, Math.min(end - at, MOST - Math.min(MOST, line.size())));
            at = Math.min(filled, end + 1);
            if (end < filled) {
                break;
            }
        } while (fill());
        place++;
        return Optional.of(new Line(withoutReturn(line.toByteArray()), place));
    }

    private boolean fill() throws IOException {
        at = 0;
        filled = Math.max(0, in.read(block));
        return filled > 0;
    }

    private static byte[] withoutReturn(byte[] line) {
        return line.length > 0 && line[line.length - 1] == '\r'
                ? Arrays.copyOf(line, line.length - 1)
                : line;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
