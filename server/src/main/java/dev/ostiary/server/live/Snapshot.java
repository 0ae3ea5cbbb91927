package dev.ostiary.server.live;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.server.cli.ExitCode;
import dev.ostiary.server.cli.Failure;
import dev.ostiary.server.live.Mark.Part;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A folder with what was downloaded of an org, a file a part, which only its owner may read. The
 * file {@code state.json} says how far it has come: it is written after the lines it counts, so
 * that a killed download leaves some bytes behind that nobody counts, and goes on before them. One
 * command at a time works in it: it holds the file {@code lock}, which a process that dies lets go.
 * Not thread-safe.
 */
final class Snapshot implements AutoCloseable {

    private static final String STATE = "state.json";
    private static final String LOCK = "lock";

    private final Path folder;
    private final String source;
    private final String target;
    private @Nullable FileChannel lock;

    private Snapshot(Path folder, String source, String target) {
        this.folder = folder;
        this.source = source;
        this.target = target;
    }

    /**
     * The snapshot in this folder, begun unless it is there.
     *
     * @param source the URL of the org that it is of
     * @param target the URL of the org that is written; what was written of another one does not
     *     count
     * @throws Failure if it is of another source, or another command works in the folder
     */
    static Snapshot in(Path folder, String source, String target) {
        Snapshot snapshot = new Snapshot(folder, source, target);
        try {
            Files.createDirectories(
                    folder,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
            snapshot.lock();
            if (!Files.exists(folder.resolve(STATE))) {
                snapshot.mark(Mark.BEGIN);
            }
            String other = snapshot.state().path("source").asString("");
            if (!other.equals(source)) {
                snapshot.close();
                throw new Failure(
                        ExitCode.FAILED, folder + " keeps a copy of " + Said.plain(other));
            }
            return snapshot;
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    /** Another command may remove the file between its opening and its lock: then it is no lock. */
    private void lock() throws IOException {
        Path file = folder.resolve(LOCK);
        FileChannel opened = open(file);
        if (opened.tryLock() == null || !Files.exists(file)) {
            opened.close();
            throw new Failure(
                    ExitCode.FAILED,
                    "another command is copying into " + folder + "; let it come to its end");
        }
        lock = opened;
    }

    /** Lets other commands in. */
    @Override
    public void close() {
        FileChannel held = lock;
        lock = null;
        if (held != null) {
            try {
                held.close();
            } catch (IOException e) {
                throw unusable(folder, e);
            }
        }
    }

    private static Failure unusable(Path folder, IOException e) {
        return new Failure(ExitCode.FAILED, folder + " cannot be used: " + e.getMessage());
    }

    private JsonNode state() {
        try {
            return Json.parse(Files.readAllBytes(folder.resolve(STATE)));
        } catch (IOException e) {
            throw unusable(folder, e);
        } catch (ApiException e) {
            throw new Failure(ExitCode.FAILED, folder + "/" + STATE + " is broken: remove it");
        }
    }

    /** How far it has come. */
    Mark mark() {
        try {
            JsonNode state = state();
            Mark mark = Mark.of(state);
            return mark.part().writes() && !state.path("target").asString("").equals(target)
                    ? Mark.at(Part.WRITE)
                    : mark;
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitCode.FAILED, folder + "/" + STATE + " is broken: remove it");
        }
    }

    /** So far it has come now. */
    void mark(Mark mark) {
        String state = Json.text(mark.json().put("source", source).put("target", target));
        write(STATE, state.getBytes(StandardCharsets.UTF_8));
    }

    /** Begins anew with the next run. */
    void forget() {
        mark(Mark.BEGIN);
    }

    /** The file of a part. */
    Path file(Part part) {
        return folder.resolve(part.file());
    }

    /** Writes a part that is one JSON value, and is done with it. */
    void whole(Part part, JsonNode json) {
        write(part.file(), Json.text(json).getBytes(StandardCharsets.UTF_8));
        mark(Mark.at(part.following()));
    }

    /** Reads such a part. */
    JsonNode whole(Part part) {
        try {
            return Json.parse(Files.readAllBytes(file(part)));
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    /** All of it or nothing. */
    private void write(String name, byte[] bytes) {
        Path part = folder.resolve(name + ".part");
        try {
            Files.deleteIfExists(part);
            try (FileChannel file = open(part)) {
                write(file, bytes);
            }
            Files.move(
                    part,
                    folder.resolve(name),
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    /**
     * Adds lines behind what counts so far.
     *
     * @return the bytes that count then
     */
    long add(Mark now, List<? extends JsonNode> lines) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (JsonNode line : lines) {
            bytes.writeBytes(Json.text(line).getBytes(StandardCharsets.UTF_8));
            bytes.write('\n');
        }
        try (FileChannel file = open(file(now.part()))) {
            if (file.size() < now.length()) {
                throw new IOException(now.part().file() + " is shorter than it was");
            }
            file.truncate(now.length());
            file.position(now.length());
            write(file, bytes.toByteArray());
            return file.position();
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    /** What is made is for its owner alone, whatever the folder is. */
    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    private static void write(FileChannel file, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            file.write(buffer);
        }
    }

    /** Every line of a part, with the number of those before it. */
    void each(Part part, ObjLongConsumer<JsonNode> reader) {
        try (BufferedReader in = Files.newBufferedReader(file(part))) {
            long number = 0;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                reader.accept(Json.parse(line), number++);
            }
        } catch (IOException | UncheckedIOException e) {
            throw new Failure(ExitCode.FAILED, folder + " cannot be read: " + e.getMessage());
        }
    }

    /** Removes it. */
    void delete() {
        try {
            for (Part part : Part.values()) {
                if (!part.file().isEmpty()) {
                    Files.deleteIfExists(file(part));
                }
            }
            Files.deleteIfExists(folder.resolve(STATE));
            Files.deleteIfExists(folder.resolve(LOCK));
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }
}
