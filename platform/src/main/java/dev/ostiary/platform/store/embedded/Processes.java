package dev.ostiary.platform.store.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/** What the operating system says of a process that may not be a child of this one. */
final class Processes {

    private Processes() {}

    /** What a process id stands for. */
    enum Kind {
        /** No process, or one that has ended and waits to be collected. */
        DEAD,
        /** The postmaster of the asked-for files. */
        POSTMASTER,
        /** Surely something else. */
        STRANGER,
        /** Alive, but the system does not tell what it is. */
        UNKNOWN
    }

    /** Who has this process id, as far as it concerns the database in {@code files}. */
    static Kind kind(long pid, Path files) {
        if (!alive(pid)) {
            return Kind.DEAD;
        }
        return ProcessHandle.of(pid)
                .flatMap(handle -> handle.info().arguments())
                .map(
                        words ->
                                Arrays.asList(words).contains(files.toString())
                                        ? Kind.POSTMASTER
                                        : Kind.STRANGER)
                .orElse(Kind.UNKNOWN);
    }

    /**
     * Whether a process still runs. One that has ended stays in the process table until its parent
     * collects it, and not every container's first process does.
     */
    static boolean alive(long pid) {
        if (ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty()) {
            return false;
        }
        Path status = Path.of("/proc", Long.toString(pid), "stat");
        try {
            String line = Files.readString(status);
            int name = line.lastIndexOf(") ");
            return name < 0 || "ZX".indexOf(line.charAt(name + 2)) < 0;
        } catch (NoSuchFileException notLinuxOrGone) {
            return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
        } catch (IOException cannotTell) {
            return true;
        }
    }

    /** Sends a signal; the process may have ended meanwhile. */
    static void signal(long pid, String signal) throws IOException, InterruptedException {
        Command.run(java.util.List.of("/bin/sh", "-c", "kill -" + signal + " " + pid));
    }
}
