package dev.ostiary.platform.store.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * {@code postmaster.pid}: what a running database, or one that was killed, says of itself. Lines
 * (see PostgreSQL's {@code pidfile.h}): process id, data directory, start time, port, socket
 * directory, listen address, shared memory key, status.
 *
 * @param text the whole file
 * @param pid of the postmaster
 * @param port as far as it has been written, else 0
 * @param ready whether it says that it takes connections
 */
record PostmasterFile(String text, long pid, int port, boolean ready) {

    static final String NAME = "postmaster.pid";

    /** Above what Linux and macOS give out: surely nobody. */
    private static final long NOBODYS_PID = Integer.MAX_VALUE - 1L;

    static Optional<PostmasterFile> in(Path clusterFiles) throws IOException {
        try {
            return parse(Files.readString(clusterFiles.resolve(NAME)));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }

    static Optional<PostmasterFile> parse(String text) {
        List<String> lines = text.lines().map(String::strip).toList();
        long pid = number(lines, 0);
        if (pid <= 0) {
            return Optional.empty();
        }
        boolean ready = lines.size() > 7 && lines.get(7).equals("ready");
        return Optional.of(new PostmasterFile(text, pid, (int) number(lines, 3), ready));
    }

    /**
     * The same file naming a process that cannot be. Where its process id has gone to another
     * program, PostgreSQL would take that one for its postmaster and refuse to start. The file must
     * not simply be deleted: its shared memory key is how PostgreSQL notices that children of a
     * killed postmaster still write to the files.
     */
    String disowned() {
        int end = text.indexOf('\n');
        return NOBODYS_PID + (end < 0 ? "\n" : text.substring(end));
    }

    private static long number(List<String> lines, int index) {
        if (lines.size() <= index || !lines.get(index).matches("[0-9]{1,10}")) {
            return 0;
        }
        return Long.parseLong(lines.get(index));
    }
}
