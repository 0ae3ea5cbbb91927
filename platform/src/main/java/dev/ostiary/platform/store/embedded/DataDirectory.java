package dev.ostiary.platform.store.embedded;

import dev.ostiary.platform.store.embedded.StartFailure.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The directory that holds everything a server keeps, held by this process alone until it is
 * closed.
 *
 * <p>Private: mode 700, or 711 where the database must run under another account and has to pass
 * through (secret files in it have mode 600 and must keep it). A directory that others may write to
 * is refused, one with foreign content is never changed. The lock dies with the process, however it
 * ends.
 */
public final class DataDirectory implements AutoCloseable {

    private static final String LOCK = "lock";

    private final Path path;
    private final FileChannel channel;
    private final FileLock lock;

    private DataDirectory(Path path, FileChannel channel, FileLock lock) {
        this.path = path;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Makes the directory where it is missing, and takes it.
     *
     * @throws StartFailure when another process has it, or it cannot be used
     */
    public static DataDirectory open(Path directory) {
        try {
            Path made = make(directory.toAbsolutePath().normalize());
            FileChannel channel =
                    FileChannel.open(
                            made.resolve(LOCK),
                            Set.of(
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.READ,
                                    StandardOpenOption.WRITE,
                                    LinkOption.NOFOLLOW_LINKS),
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------")));
            FileLock lock = take(channel);
            if (lock == null) {
                String holder = read(channel);
                channel.close();
                throw new StartFailure(
                        Reason.DATA_DIRECTORY_IN_USE,
                        "the data directory %s is in use by another server%s"
                                .formatted(
                                        made, holder.isEmpty() ? "" : " (process " + holder + ")"));
            }
            write(channel, Long.toString(ProcessHandle.current().pid()));
            return new DataDirectory(made, channel, lock);
        } catch (IOException e) {
            throw unusable(directory, e);
        }
    }

    /** The directory itself, absolute and free of symbolic links. */
    public Path path() {
        return path;
    }

    /** A file or directory in it. */
    public Path resolve(String name) {
        return path.resolve(name);
    }

    /** Lets other accounts pass through, but not look around. */
    void letOthersPass() {
        setMode("rwx--x--x");
    }

    @Override
    public void close() {
        try {
            lock.release();
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot give back the data directory " + path, e);
        }
    }

    private void setMode(String mode) {
        try {
            Set<PosixFilePermission> wanted = PosixFilePermissions.fromString(mode);
            if (!Files.getPosixFilePermissions(path).equals(wanted)) {
                Files.setPosixFilePermissions(path, wanted);
            }
        } catch (IOException e) {
            throw unusable(path, e);
        }
    }

    private static Path make(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            Path real = directory.toRealPath();
            checkExisting(real);
            return real;
        }
        Path parent = directory.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        return Files.createDirectory(
                        directory,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------")))
                .toRealPath();
    }

    /**
     * An empty directory or one of ours is made private; another one must not be open to writers.
     */
    private static void checkExisting(Path directory) throws IOException {
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(directory);
        boolean readable =
                mode.contains(PosixFilePermission.GROUP_READ)
                        || mode.contains(PosixFilePermission.OTHERS_READ);
        boolean writable =
                mode.contains(PosixFilePermission.GROUP_WRITE)
                        || mode.contains(PosixFilePermission.OTHERS_WRITE);
        if (!readable && !writable) {
            return;
        }
        if (Files.exists(directory.resolve(LOCK)) || isEmpty(directory)) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        } else if (writable) {
            throw new StartFailure(
                    Reason.DATA_DIRECTORY_UNUSABLE,
                    "the data directory %s is not empty and others may write to it: use another, or chmod go-w"
                            .formatted(directory));
        }
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (var entries = Files.newDirectoryStream(directory)) {
            return !entries.iterator().hasNext();
        }
    }

    private static @Nullable FileLock take(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(32);
        channel.read(buffer, 0);
        String text = new String(buffer.array(), 0, buffer.position(), StandardCharsets.US_ASCII);
        return text.strip();
    }

    private static void write(FileChannel channel, String text) throws IOException {
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), 0);
    }

    private static StartFailure unusable(Path directory, IOException e) {
        if (String.valueOf(e.getMessage()).contains("No space left on device")) {
            return new StartFailure(
                    Reason.NO_SPACE, "the disk of the data directory " + directory + " is full", e);
        }
        String why = e instanceof NoSuchFileException ? "no such directory" : e.toString();
        return new StartFailure(
                Reason.DATA_DIRECTORY_UNUSABLE,
                "the data directory %s cannot be used: %s".formatted(directory, why),
                e);
    }
}
