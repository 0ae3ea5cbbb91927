package dev.ostiary.server.transfer;

import java.util.ArrayList;
import java.util.List;

/**
 * The lines of a body, as they are: what ends them is LF or CRLF, and the last may do without.
 *
 * @param from how many lines of the file stand before
 * @param lines the lines, without their ends
 */
record Chunk(long from, List<byte[]> lines) {

    /** As many lines are applied at a time; the position tells where to go on. */
    private static final int MOST = 2000;

    static Chunk of(byte[] body, long from) {
        List<byte[]> lines = new ArrayList<>();
        int start = 0;
        while (start < body.length && lines.size() < MOST) {
            int end = start;
            while (end < body.length && body[end] != '\n') {
                end++;
            }
            int length = end > start && body[end - 1] == '\r' ? end - 1 - start : end - start;
            byte[] line = new byte[length];
            System.arraycopy(body, start, line, 0, length);
            lines.add(line);
            start = end + 1;
        }
        return new Chunk(from, lines);
    }

    /** The digest of these lines behind those before. */
    byte[] digest(byte[] before, int count) {
        LineDigest digest = new LineDigest(before);
        lines.subList(0, count).forEach(digest::add);
        return digest.value();
    }
}
