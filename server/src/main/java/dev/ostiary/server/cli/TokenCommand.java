package dev.ostiary.server.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.OptionSpec;
import tools.jackson.databind.JsonNode;

/** {@code token create}: an API token for a user. */
public final class TokenCommand implements Cli.Command {

    private final Map<String, String> environment;

    public TokenCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public String help() {
        return "Makes an API token in the name of a user, and prints it once.";
    }

    @Override
    public List<OptionSpec> options() {
        return List.of(
                Options.data(environment),
                Options.text("--org", "NAME", "The org; the default one unless said otherwise."),
                Options.text("--user", "LOGIN", "The login or id of the user."),
                Options.text("--name", "NAME", "What to call the token."),
                Options.text(
                        "--window",
                        "DURATION",
                        "P30D",
                        "How long it may go unused, as an ISO 8601 duration."));
    }

    @Override
    public ExitCode run(Arguments arguments, PrintWriter out) {
        String user = arguments.text("--user");
        String name = arguments.text("--name");
        String window = arguments.text("--window");
        JsonNode made =
                OperatorClient.of(arguments.path("--data"), arguments.find("--org").orElse(null))
                        .send(
                                "POST",
                                "/ostiary/v1/apiTokens",
                                json -> {
                                    json.writeStartObject();
                                    json.writeStringProperty("user", user);
                                    json.writeStringProperty("name", name);
                                    json.writeStringProperty("tokenWindow", window);
                                    json.writeEndObject();
                                });
        if (made != null) {
            out.println(made.path("token").asString());
        }
        return ExitCode.OK;
    }
}
