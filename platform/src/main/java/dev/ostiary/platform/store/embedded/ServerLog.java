package dev.ostiary.platform.store.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What the database said about its last start: first on its standard error, then in its log. */
final class ServerLog {

    private static final int TAIL = 16 * 1024;
    private static final String FIRST_LINE = "starting PostgreSQL";

    private ServerLog() {}

    static String sinceStart(Path clusterFiles, Path output) throws IOException {
        String printed = tail(output);
        if (!printed.contains("redirecting log output")) {
            return printed;
        }
        String logged = tail(newest(clusterFiles.resolve("log")));
        return printed + logged.substring(Math.max(0, logged.lastIndexOf(FIRST_LINE)));
    }

    private static Path newest(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> logs =
                    files.sorted(
                                    Comparator.comparingLong(
                                            (Path file) -> file.toFile().lastModified()))
                            .toList();
            return logs.isEmpty() ? directory.resolve("none") : logs.getLast();
        }
    }

    private static String tail(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return "";
        }
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            channel.position(Math.max(0, channel.size() - TAIL));
            ByteBuffer buffer = ByteBuffer.allocate(TAIL);
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {}
            return new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
        }
    }
}
