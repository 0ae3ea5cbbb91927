package dev.ostiary.platform.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.Set;

/**
 * The file that holds the key ring. It is made at the first start, readable by its owner alone
 * (mode 600), and a file that others could read is refused: a master key that leaked is no key.
 *
 * <p>Every error is a {@link KeyFileException} whose message is one clear line. Not thread-safe
 * against two processes that start on an empty directory at once: the server's lock on its data
 * directory keeps them apart.
 */
public final class KeyFile {

    private static final Set<PosixFilePermission> OWNER_ONLY =
            Set.copyOf(PosixFilePermissions.fromString("rw-------"));
    private static final Set<PosixFilePermission> OTHERS =
            Set.copyOf(PosixFilePermissions.fromString("---rwxrwx"));
    private static final long MAX_BYTES = 64 * 1024L;

    private final Path path;

    /** The key file at this path. */
    public KeyFile(Path path) {
        this.path = path;
    }

    /** Why a key file cannot be used, in one line for the operator. */
    public static final class KeyFileException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        KeyFileException(String line) {
            super(line);
        }

        KeyFileException(String line, Throwable cause) {
            super(line, cause);
        }
    }

    /** Reads the ring, or makes a file with a new key where there is none. */
    public KeyRing readOrCreate(SecureRandom random) {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return read();
        }
        KeyRing ring = KeyRing.of(MasterKey.generate(random));
        write(ring);
        return ring;
    }

    /** Reads the ring. */
    public KeyRing read() {
        try {
            refuseOpenPermissions();
            if (Files.size(path) > MAX_BYTES) {
                throw new KeyFileException(
                        "master key file " + path + " is no key file: too large");
            }
            return KeyRing.parse(Files.readString(path, UTF_8));
        } catch (IOException e) {
            throw new KeyFileException("cannot read the master key file " + path + ": " + e, e);
        } catch (IllegalArgumentException e) {
            throw new KeyFileException("master key file " + path + ": " + e.getMessage(), e);
        }
    }

    private void refuseOpenPermissions() throws IOException {
        if (!isPosix()) {
            return;
        }
        Set<PosixFilePermission> open = EnumSet.noneOf(PosixFilePermission.class);
        open.addAll(Files.getPosixFilePermissions(path));
        String mode = PosixFilePermissions.toString(open);
        open.retainAll(OTHERS);
        if (!open.isEmpty()) {
            throw new KeyFileException(
                    "master key file "
                            + path
                            + " is open to other users ("
                            + mode
                            + "): run chmod 600 "
                            + path);
        }
    }

    /**
     * Replaces the file by this ring, so that a crash leaves the old file or the new one whole, and
     * never a moment in which others could read it.
     */
    public void write(KeyRing ring) {
        Path folder = path.toAbsolutePath().getParent();
        if (folder == null) {
            throw new KeyFileException("cannot write the master key file " + path + ": a folder");
        }
        Path fresh = folder.resolve(path.getFileName() + ".new");
        try {
            Files.createDirectories(folder);
            Files.deleteIfExists(fresh);
            createOwnerOnly(fresh);
            try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                ByteBuffer text = ByteBuffer.wrap(ring.text().getBytes(UTF_8));
                while (text.hasRemaining()) {
                    channel.write(text);
                }
                channel.force(true);
            }
            Files.move(
                    fresh,
                    path,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            forceFolder(folder);
        } catch (IOException e) {
            throw new KeyFileException("cannot write the master key file " + path + ": " + e, e);
        }
    }

    private void createOwnerOnly(Path fresh) throws IOException {
        if (isPosix()) {
            Files.createFile(fresh, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            // The umask can only have taken permissions away: the owner's own are given back.
            Files.setPosixFilePermissions(fresh, OWNER_ONLY);
        } else {
            Files.createFile(fresh);
        }
    }

    /** Makes the rename itself durable, where the file system lets a folder be opened. */
    private void forceFolder(Path folder) throws IOException {
        if (isPosix()) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private boolean isPosix() {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
