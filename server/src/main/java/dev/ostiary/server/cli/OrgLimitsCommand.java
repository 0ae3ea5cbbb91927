package dev.ostiary.server.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Model.OptionSpec;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** {@code org limits}: which profile of rate limits an org has. */
public final class OrgLimitsCommand implements Cli.Command {

    private static final String SERVERS = "default";

    private final Map<String, String> environment;

    public OrgLimitsCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public String help() {
        return "Says which profile of rate limits an org has, or gives it one.";
    }

    @Override
    public List<OptionSpec> options() {
        return List.of(
                Options.data(environment),
                Options.text(
                        "--profile",
                        "PROFILE",
                        "The org's own profile, or default: the server's."));
    }

    @Override
    public String parameter() {
        return "NAME";
    }

    @Override
    public ExitCode run(Arguments arguments, PrintWriter out) {
        String name = arguments.parameter();
        String path = OperatorClient.pathOfOrg(name) + "/rate-limits";
        OperatorClient client = OperatorClient.of(arguments.path("--data"), null);
        Optional<String> profile = arguments.find("--profile");
        JsonNode answer =
                profile.isEmpty()
                        ? client.send("GET", path, "")
                        : client.send("PUT", path, body(profile.get()));
        if (answer != null) {
            out.println(name + "  " + answer.path("inEffect").asString());
        }
        return ExitCode.OK;
    }

    private static Consumer<JsonGenerator> body(String profile) {
        return out -> {
            out.writeStartObject();
            if (profile.equals(SERVERS)) {
                out.writeNullProperty("profile");
            } else {
                out.writeStringProperty("profile", profile);
            }
            out.writeEndObject();
        };
    }
}
