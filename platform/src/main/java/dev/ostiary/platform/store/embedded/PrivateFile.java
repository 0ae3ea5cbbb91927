package dev.ostiary.platform.store.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Writing a file of mode 600 so that it is there whole, durably, or not at all.
 *
 * <p>The bytes are written in a directory that only this process may write to, then renamed: the
 * account that runs the database owns its directory, and must not lead root's pen elsewhere by a
 * symbolic link.
 */
final class PrivateFile {

    private PrivateFile() {}

    /** Writes text through {@code workshop}, owned by {@code account}. */
    static void write(Path file, String text, Path workshop, Account account) throws IOException {
        Path draft = workshop.resolve("." + file.getFileName() + ".draft");
        Files.deleteIfExists(draft);
        try (FileChannel channel =
                FileChannel.open(
                        draft,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        account.own(draft);
        rename(draft, file);
    }

    /** Renames, and makes the new name as durable as what it names. */
    static void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        Path directory = to.toAbsolutePath().getParent();
        if (directory != null) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
