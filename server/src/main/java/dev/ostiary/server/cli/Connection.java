package dev.ostiary.server.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;

/**
 * How a command reaches a server that need not run here: by its URL and an API token, or else the
 * one of the data directory as its operator.
 */
final class Connection {

    private Connection() {}

    static List<OptionSpec> options(Map<String, String> environment) {
        return List.of(
                Options.text(
                        "--url",
                        "URL",
                        "The org's URL; without it, the server of the data directory is asked."),
                Options.text("--token", "TOKEN", "An API token of a super administrator."),
                Options.text(
                        "--ca",
                        "FILE",
                        "The CA to trust (PEM); the data directory's unless said, or else the"
                                + " machine's."),
                Options.data(environment),
                Options.text(
                        "--org", "NAME", "Without --url: the org; the default one unless said."));
    }

    /**
     * The server that the arguments mean.
     *
     * @throws Failure if none runs there, or the options do not go together
     */
    static OperatorClient of(Arguments arguments) {
        Optional<String> url = arguments.find("--url");
        Optional<String> token = arguments.find("--token");
        if (url.isPresent() != token.isPresent()) {
            throw new Failure(ExitCode.USAGE, "--url and --token go together");
        }
        Path data = arguments.path("--data");
        if (url.isEmpty() || token.isEmpty()) {
            return OperatorClient.of(data, arguments.find("--org").orElse(null));
        }
        Optional<Path> said = arguments.find("--ca").map(Path::of);
        Path ours = data.resolve("tls/ca.pem");
        return OperatorClient.at(
                url.get(), token.get(), said.or(() -> Optional.of(ours).filter(Files::exists)));
    }
}
