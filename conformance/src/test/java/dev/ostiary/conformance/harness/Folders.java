package dev.ostiary.conformance.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Folders that a suite made and takes away again. */
final class Folders {

    private Folders() {}

    /**
     * Makes the data directory of another node: the same master key and authority, and the facts of
     * the first start with an address of its own.
     *
     * @return the port of that address
     */
    static int node(Path from, Path to, JsonNode facts) throws IOException {
        Files.createDirectories(to.resolve("tls"));
        for (String name : List.of("master.key", "tls/ca.pem", "tls/ca.key.sealed")) {
            Files.copy(from.resolve(name), to.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
        }
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ObjectNode own = (ObjectNode) facts.deepCopy();
            own.put("orgUrl", "https://localhost:" + free.getLocalPort());
            own.put("caCertificate", to.resolve("tls/ca.pem").toString());
            Files.writeString(to.resolve("first-run.json"), Json.text(own));
            return free.getLocalPort();
        }
    }

    /** Deletes a folder with what is in it; what somebody else deletes meanwhile is no failure. */
    static void delete(Path folder) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(folder)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }
}
