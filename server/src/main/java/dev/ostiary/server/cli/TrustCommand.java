package dev.ostiary.server.cli;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.tls.TrustInstructions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.OptionSpec;
import tools.jackson.databind.JsonNode;

/** {@code trust}: how clients come to trust the local CA. */
public final class TrustCommand implements Cli.Command {

    private final Map<String, String> environment;

    public TrustCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public String help() {
        return "Prints how Java, Node, Python, Go, curl and a browser trust the server's CA.";
    }

    @Override
    public List<OptionSpec> options() {
        return List.of(
                Options.data(environment),
                Options.text(
                        "--url",
                        "URL",
                        "Where the server answers; unless said otherwise, what it says itself."));
    }

    @Override
    public ExitCode run(Arguments arguments, PrintWriter out) {
        Path data = arguments.path("--data");
        JsonNode running = running(data.resolve("running.json"));
        if (running.has("certificate")) {
            out.println(
                    "The server shows your own certificate, "
                            + running.get("certificate").asString()
                            + ": clients trust it as they trust whoever signed it.");
            return ExitCode.OK;
        }
        Path ca = data.resolve("tls").resolve("ca.pem");
        if (!Files.isRegularFile(ca)) {
            throw new Failure(
                    ExitCode.FAILED,
                    "there is no " + ca + " yet: the first ./ostiary serve makes it");
        }
        int port = running.path("port").asInt(8443);
        String url = arguments.find("--url").orElse("https://localhost:" + port);
        out.print(new TrustInstructions(ca, url).text());
        return ExitCode.OK;
    }

    /** What the newest start wrote; nothing where there was none. */
    private static JsonNode running(Path file) {
        try {
            return Files.exists(file) ? Json.parse(Files.readAllBytes(file)) : Json.object();
        } catch (IOException | ApiException e) {
            throw new Failure(ExitCode.FAILED, file + " cannot be read: " + e.getMessage());
        }
    }
}
