package dev.ostiary.server.cli;

import dev.ostiary.platform.json.Json;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.OptionSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code org set}: the switches of an org, one after the other or all at once. */
public final class OrgSetCommand implements Cli.Command {

    private final Map<String, String> environment;

    public OrgSetCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public String help() {
        return "Sets an org's switches, as strict=true searchDelay=2s, and prints all of them.";
    }

    @Override
    public List<OptionSpec> options() {
        return List.of(Options.data(environment));
    }

    @Override
    public String parameter() {
        return "NAME";
    }

    @Override
    public String furtherParameters() {
        return "SWITCH=VALUE";
    }

    @Override
    public ExitCode run(Arguments arguments, PrintWriter out) {
        String name = arguments.parameter();
        OperatorClient client = OperatorClient.of(arguments.path("--data"), null);
        String path = OperatorClient.pathOfOrg(name) + "/settings";
        ObjectNode settings = Json.object();
        JsonNode before = client.send("GET", path, "");
        if (before != null) {
            before.asObject().properties().stream()
                    .filter(property -> !property.getKey().startsWith("_"))
                    .forEach(property -> settings.set(property.getKey(), property.getValue()));
        }
        for (String word : arguments.furtherParameters()) {
            put(settings, word);
        }
        if (!arguments.furtherParameters().isEmpty()) {
            client.send("PUT", path, Json.text(settings));
        }
        settings.properties()
                .forEach(
                        property ->
                                out.println(
                                        property.getKey() + "=" + property.getValue().asString()));
        return ExitCode.OK;
    }

    /** A value has the type of the one before. */
    private static void put(ObjectNode settings, String word) {
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        String value = word.substring(equals + 1);
        JsonNode before = settings.get(name);
        if (equals < 0 || before == null) {
            throw new Failure(
                    ExitCode.USAGE,
                    word
                            + " sets no switch: they are "
                            + String.join(", ", settings.propertyNames()));
        }
        if (before.isBoolean()) {
            if (!value.equals("true") && !value.equals("false")) {
                throw new Failure(ExitCode.USAGE, name + " is true or false, not " + value);
            }
            settings.put(name, value.equals("true"));
        } else {
            settings.put(name, value);
        }
    }
}
