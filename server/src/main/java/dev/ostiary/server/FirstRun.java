package dev.ostiary.server;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.server.cli.Settings;
import dev.ostiary.server.orgs.OrgCreator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.exc.JsonNodeException;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the first start leaves behind: a file that only its owner reads, and the same facts printed
 * once.
 */
final class FirstRun {

    private static final Logger LOG = System.getLogger(FirstRun.class.getName());

    private FirstRun() {}

    /** Keeps the facts. To be called before the org is visible: nobody can tell them again. */
    static void write(Settings settings, String orgUrl, OrgCreator.Created created) {
        writePrivately(
                settings.firstRunFile(),
                json -> {
                    json.writeStringProperty("orgUrl", orgUrl);
                    json.writeStringProperty("apiToken", created.apiToken());
                    json.writeStringProperty("adminLogin", created.adminLogin());
                    json.writeStringProperty("adminPassword", created.adminPassword());
                    json.writeStringProperty("caCertificate", settings.trustFile().toString());
                });
    }

    /** Prints the facts, once. */
    static void announce(
            Settings settings, String orgUrl, OrgCreator.Created created, PrintWriter out) {
        out.println("First start: these are shown once, and kept in " + settings.firstRunFile());
        out.println("  url       " + orgUrl);
        out.println("  login     " + created.adminLogin());
        out.println("  password  " + created.adminPassword());
        out.println("  token     " + created.apiToken());
    }

    /**
     * Says where the server answers now, and whom to trust: a later start may have another port or
     * certificate. An operator who has removed the file does not get it back.
     */
    static void refresh(Settings settings, String orgUrl) {
        Path file = settings.firstRunFile();
        if (!Files.exists(file)) {
            return;
        }
        try {
            ObjectNode facts = Json.parse(Files.readAllBytes(file)).asObject();
            ObjectNode now = facts.deepCopy();
            now.put("orgUrl", orgUrl);
            now.put("caCertificate", settings.trustFile().toString());
            if (!now.equals(facts)) {
                writePrivately(file, Json.text(now).getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException | ApiException | JsonNodeException e) {
            LOG.log(Level.WARNING, "{0} cannot be read and stays as it is", file);
        }
    }

    /** Writes a JSON object to a file of mode 600, whole or not at all. */
    static void writePrivately(Path file, Consumer<JsonGenerator> properties) {
        writePrivately(
                file,
                Json.bytes(
                        json -> {
                            json.writeStartObject();
                            properties.accept(json);
                            json.writeEndObject();
                        }));
    }

    private static void writePrivately(Path file, byte[] text) {
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
