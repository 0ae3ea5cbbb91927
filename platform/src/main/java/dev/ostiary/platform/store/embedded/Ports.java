package dev.ostiary.platform.store.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The database's port: the one it had, where that is still free, so that an operator's notes stay
 * true. A new one lies below what systems hand to outgoing connections, or one of those might hold
 * it just when the database has to come back on it.
 */
record Ports(RandomGenerator random) {

    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_000;
    private static final Pattern LINE = Pattern.compile("(?m)^port = ([0-9]{4,5})$");

    int choose(Path clusterFiles) throws IOException {
        OptionalInt before = configured(clusterFiles);
        if (before.isPresent() && isFree(before.getAsInt())) {
            return before.getAsInt();
        }
        while (true) {
            int port = random.nextInt(LOWEST, HIGHEST);
            if (isFree(port)) {
                return port;
            }
        }
    }

    private static OptionalInt configured(Path clusterFiles) throws IOException {
        Path file = clusterFiles.resolve("postgresql.conf");
        Matcher line = LINE.matcher(Files.exists(file) ? Files.readString(file) : "");
        return line.find() ? OptionalInt.of(Integer.parseInt(line.group(1))) : OptionalInt.empty();
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
