package dev.ostiary.server.directory.users.password;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * A file of the operator's with a line for each password: its SHA-1 in hexadecimal digits, and
 * whatever follows a colon; sorted, as lists that can be downloaded are (forty gigabytes of them
 * fit). It is searched where it lies, some forty short reads a question, and no question leaves the
 * machine. SHA-1 is the lists' choice: nothing is protected by it here. Thread-safe.
 */
public final class BreachedFile implements BreachedPasswords, AutoCloseable {

    private static final int DIGITS = 40;

    /** No line is longer: forty digits, a colon, a count. */
    private static final int LONGEST = 64;

    private final FileChannel file;

    private BreachedFile(FileChannel file) {
        this.file = file;
    }

    /**
     * Opens a file.
     *
     * @throws UncheckedIOException if it cannot be read, or does not begin as such a file does
     */
    public static BreachedFile open(Path path) {
        try {
            FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
            BreachedFile opened = new BreachedFile(file);
            if (file.size() > 0 && !opened.line(0).digits().matches("[0-9A-F]{40}")) {
                file.close();
                throw new IOException(path + ": not a list of SHA-1 digests");
            }
            return opened;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean contains(String password) {
        String wanted = digest(password);
        try {
            long low = 0;
            long high = file.size();
            while (low < high) {
                Line line = line((low + high) >>> 1);
                int order = wanted.compareTo(line.digits());
                if (order == 0) {
                    return true;
                }
                if (order < 0) {
                    high = line.start();
                } else {
                    low = line.end();
                }
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A line.
     *
     * @param start of its first byte
     * @param end of the first byte behind it
     */
    private record Line(long start, long end, String digits) {}

    /** The line that a byte is in. */
    private Line line(long at) throws IOException {
        long from = Math.max(0, at - LONGEST);
        ByteBuffer bytes = ByteBuffer.allocate(2 * LONGEST);
        int read = 0;
        while (bytes.hasRemaining() && read >= 0) {
            read = file.read(bytes, from + bytes.position());
        }
        String text = new String(bytes.array(), 0, bytes.position(), US_ASCII);
        int here = (int) (at - from);
        int start = text.lastIndexOf('\n', here - 1) + 1;
        int end = text.indexOf('\n', here);
        int next = end < 0 ? text.length() : end + 1;
        String digits = text.substring(start, Math.min(start + DIGITS, next));
        return new Line(from + start, from + next, digits.toUpperCase(Locale.ROOT));
    }

    private static String digest(String password) {
        try {
            return HexFormat.of()
                    .withUpperCase()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(password.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
