package dev.ostiary.server;

import dev.ostiary.platform.json.Json;
import dev.ostiary.server.cli.Settings;
import dev.ostiary.server.orgs.OrgCreator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/**
 * What the first start leaves behind: a file that only its owner reads, and the same facts printed
 * once.
 */
final class FirstRun {

    private FirstRun() {}

    static void announce(
            Settings settings, String orgUrl, OrgCreator.Created created, PrintWriter out) {
        writePrivately(
                settings.firstRunFile(),
                json -> {
                    json.writeStringProperty("orgUrl", orgUrl);
                    json.writeStringProperty("apiToken", created.apiToken());
                    json.writeStringProperty("adminLogin", created.adminLogin());
                    json.writeStringProperty("adminPassword", created.adminPassword());
                    json.writeStringProperty("caCertificate", settings.caFile().toString());
                });
        out.println("First start: these are shown once, and kept in " + settings.firstRunFile());
        out.println("  url       " + orgUrl);
        out.println("  login     " + created.adminLogin());
        out.println("  password  " + created.adminPassword());
        out.println("  token     " + created.apiToken());
    }

    /** Writes a JSON object to a file of mode 600, whole or not at all. */
    static void writePrivately(Path file, Consumer<JsonGenerator> properties) {
        byte[] text =
                Json.bytes(
                        json -> {
                            json.writeStartObject();
                            properties.accept(json);
                            json.writeEndObject();
                        });
        Path unfinished = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.deleteIfExists(unfinished);
            try (var channel =
                    Files.newByteChannel(
                            unfinished,
                            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------")))) {
                channel.write(ByteBuffer.wrap(text));
            }
            Files.move(
                    unfinished,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
