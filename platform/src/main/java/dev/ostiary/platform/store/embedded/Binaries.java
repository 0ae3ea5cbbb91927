package dev.ostiary.platform.store.embedded;

import dev.ostiary.platform.store.embedded.StartFailure.Reason;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, unpacked once from the jar of this platform into a cache directory.
 *
 * <p>The directory appears whole or not at all: it is unpacked beside its place and renamed into
 * it. Its name carries the archive's checksum, so another release stands in another directory.
 */
record Binaries(Path home) {

    /** The programs of this platform, unpacked under {@code cache} if they are not there yet. */
    static Binaries in(Path cache) {
        String platform = platform(System.getProperty("os.name"), System.getProperty("os.arch"));
        String resource = "postgres-" + platform + ".txz";
        URL url = Binaries.class.getClassLoader().getResource(resource);
        if (url == null) {
            throw new StartFailure(
                    Reason.PLATFORM_UNSUPPORTED,
                    "no PostgreSQL for %s comes with this build; name a database with --db"
                            .formatted(platform));
        }
        try {
            URLConnection connection = url.openConnection();
            Path home = cache.resolve(platform + "-" + identity(connection));
            if (!Files.isDirectory(home, LinkOption.NOFOLLOW_LINKS)) {
                unpack(connection, home);
            }
            return new Binaries(home.toRealPath());
        } catch (IOException e) {
            throw StartFailure.of("cannot unpack PostgreSQL into " + cache, e.toString());
        }
    }

    /** One of {@code postgres}, {@code initdb}, {@code pg_ctl}. */
    String program(String name) {
        return home.resolve("bin").resolve(name).toString();
    }

    /** The major version, as the first line of the catalogue's bootstrap file tells it. */
    int major() throws IOException {
        Path bootstrap = home.resolve("share/postgresql/postgres.bki");
        try (BufferedReader reader = Files.newBufferedReader(bootstrap)) {
            String line = String.valueOf(reader.readLine());
            return Integer.parseInt(line.replaceAll("\\D", ""));
        }
    }

    static String platform(String osName, String osArch) {
        String os = osName.toLowerCase(Locale.ROOT);
        String system =
                os.startsWith("linux") ? "linux" : os.startsWith("mac") ? "darwin" : "unknown";
        String processor =
                switch (osArch.toLowerCase(Locale.ROOT)) {
                    case "amd64", "x86_64" -> "x86_64";
                    case "aarch64", "arm64" -> "arm_64";
                    default -> "unknown";
                };
        if (system.equals("unknown") || processor.equals("unknown")) {
            throw new StartFailure(
                    Reason.PLATFORM_UNSUPPORTED,
                    "no PostgreSQL comes along for %s on %s; name a database with --db"
                            .formatted(osName, osArch));
        }
        return system + "-" + processor;
    }

    /** The jar's directory knows checksum and size: no need to read 15 MB at every start. */
    private static String identity(URLConnection connection) throws IOException {
        if (connection instanceof JarURLConnection jar) {
            var entry = jar.getJarEntry();
            return Long.toHexString(entry.getCrc()) + Long.toHexString(entry.getSize());
        }
        return Long.toHexString(connection.getContentLengthLong());
    }

    private static void unpack(URLConnection connection, Path home) throws IOException {
        Path cache = home.toAbsolutePath().getParent();
        Files.createDirectories(cache);
        Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path unfinished = Files.createTempDirectory(cache, "unpacking-");
        try {
            try (InputStream raw = connection.getInputStream();
                    InputStream xz = new XZInputStream(new BufferedInputStream(raw, 1 << 16));
                    TarArchiveInputStream tar = new TarArchiveInputStream(xz)) {
                extract(tar, unfinished);
            }
            openToReaders(unfinished);
            Files.move(unfinished, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            deleteTree(unfinished);
            // A neighbour that shares the cache may have been first.
            if (!Files.isDirectory(home)) {
                throw e;
            }
        }
    }

    private static void extract(TarArchiveInputStream tar, Path root) throws IOException {
        for (@Nullable TarArchiveEntry entry = tar.getNextEntry();
                entry != null;
                entry = tar.getNextEntry()) {
            Path target = root.resolve(entry.getName()).normalize();
            if (!target.startsWith(root)) {
                throw new IOException("an entry leaves the archive: " + entry.getName());
            }
            if (entry.isDirectory()) {
                Files.createDirectories(target);
            } else if (!entry.getName().endsWith(".a")) {
                Files.createDirectories(target.getParent());
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
                } else {
                    Files.copy(tar, target);
                    boolean program = (entry.getMode() & 0100) != 0;
                    Files.setPosixFilePermissions(
                            target,
                            PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
                }
            }
        }
    }

    /** Whatever the umask was: the account that runs the database must get at its programs. */
    private static void openToReaders(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : (Iterable<Path>) all.filter(Files::isDirectory)::iterator) {
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
    }

    static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes ignored)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path directory, @Nullable IOException failure) throws IOException {
                        if (failure != null) {
                            throw failure;
                        }
                        Files.delete(directory);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
