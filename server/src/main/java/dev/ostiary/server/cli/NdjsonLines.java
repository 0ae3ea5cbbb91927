package dev.ostiary.server.cli;

import java.io.BufferedInputStream;
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
    private long place;

    private NdjsonLines(InputStream in) {
        this.in = in;
    }

    static NdjsonLines of(Path file) throws IOException {
        return new NdjsonLines(new BufferedInputStream(Files.newInputStream(file), 1 << 16));
    }

    @Override
    public Optional<Line> next() throws IOException {
        int first = in.read();
        if (first < 0) {
            return Optional.empty();
        }
        ByteArrayOutputStream line = new ByteArrayOutputStream(512);
        for (int each = first; each >= 0 && each != '\n'; each = in.read()) {
            if (line.size() < MOST) {
                line.write(each);
            }
        }
        place++;
        return Optional.of(new Line(withoutReturn(line.toByteArray()), place));
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
