package dev.ostiary.server.cli;

import dev.ostiary.platform.tls.TrustInstructions;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.OptionSpec;

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
                        "--url", "URL", "https://localhost:8443", "Where the server answers."));
    }

    @Override
    public ExitCode run(Arguments arguments, PrintWriter out) {
        Path ca = arguments.path("--data").resolve("tls").resolve("ca.pem");
        if (!Files.isRegularFile(ca)) {
            throw new Failure(
                    ExitCode.FAILED,
                    "there is no " + ca + " yet: the first ./ostiary serve makes it");
        }
        out.print(new TrustInstructions(ca, arguments.text("--url")).text());
        return ExitCode.OK;
    }
}
