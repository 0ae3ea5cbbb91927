package dev.ostiary.platform.store.embedded;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * A server process of its own that starts the database of a directory, so that it can be killed.
 */
final class OtherServer {

    private OtherServer() {}

    /** Arguments: data directory, a word to keep. Says {@code ready}, and ends with its input. */
    public static void main(String[] arguments) throws Exception {
        try (DataDirectory data = DataDirectory.open(Path.of(arguments[0]));
                EmbeddedPostgres postgres = EmbeddedPostgres.start(data, new SecureRandom())) {
            Query.keep(postgres.access(), arguments[1]);
            System.out.println("ready " + postgres.pid());
            while (System.in.read() >= 0) {}
        }
    }

    /**
     * Starts one; {@code prefix} are words that go before the command, to run it as another user.
     */
    static Process start(List<String> prefix, String classPath, Path home, String word)
            throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath,
                        OtherServer.class.getName(),
                        home.toString(),
                        word));
        return new ProcessBuilder(command)
                .directory(new File("/"))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Waits for {@code ready} and returns the process id of the database. */
    static long awaitReady(Process server) throws IOException {
        BufferedReader output = server.inputReader(StandardCharsets.UTF_8);
        String line = String.valueOf(output.readLine());
        if (!line.startsWith("ready ")) {
            throw new AssertionError("the other server said: " + line);
        }
        return Long.parseLong(line.substring("ready ".length()));
    }

    /** The class path of this process, copied to where every user can read it. */
    static String publicClassPath(Path target) throws IOException {
        List<String> copies = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path source = Path.of(entry);
            Path copy = target.resolve(copies.size() + "-" + source.getFileName());
            copyTree(source, copy);
            copies.add(copy.toString());
        }
        return String.join(File.pathSeparator, copies);
    }

    private static void copyTree(Path source, Path target) throws IOException {
        if (!Files.exists(source)) {
            return;
        }
        try (var all = Files.walk(source)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                Files.copy(path, target.resolve(source.relativize(path).toString()));
            }
        }
    }
}
