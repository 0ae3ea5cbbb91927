package dev.ostiary.platform.store.embedded;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Programs of the operating system and of PostgreSQL. They get an environment of their own: {@code
 * PGPORT} and its like in the server's would reach into the database otherwise.
 */
final class Command {

    private static final int MOST_OUTPUT = 64 * 1024;

    private Command() {}

    /** What a program left: its exit code, and standard output and error as one text. */
    record Result(int exit, String output) {
        boolean ok() {
            return exit == 0;
        }
    }

    /** Runs to the end. */
    static Result run(List<String> command) throws IOException, InterruptedException {
        Process process = builder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        try (InputStream output = process.getInputStream()) {
            String text = new String(output.readNBytes(MOST_OUTPUT), StandardCharsets.UTF_8);
            output.transferTo(java.io.OutputStream.nullOutputStream());
            return new Result(process.waitFor(), text);
        }
    }

    /** Starts and leaves running, with both outputs in a file. */
    static Process start(List<String> command, File output) throws IOException {
        return builder(command)
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
    }

    private static ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(new File("/"));
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.put("PATH", "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin");
        environment.put("LC_ALL", "C");
        return builder;
    }
}
