package dev.ostiary.server.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import picocli.CommandLine.Model.OptionSpec;
import tools.jackson.databind.JsonNode;

/** {@code origin add}, {@code origin list}, {@code origin remove}: an org's trusted origins. */
public final class OriginCommands {

    private static final String PATH = "/ostiary/v1/trustedOrigins";

    private final Map<String, String> environment;

    public OriginCommands(Map<String, String> environment) {
        this.environment = environment;
    }

    /** The commands by their words. */
    public Map<String, Cli.Command> all() {
        Map<String, Cli.Command> commands = new LinkedHashMap<>();
        commands.put("origin add", new Add());
        commands.put("origin list", new ListAll());
        commands.put("origin remove", new Remove());
        return commands;
    }

    private OptionSpec org() {
        return Options.text("--org", "NAME", "The org; the default one unless said otherwise.");
    }

    private static OperatorClient client(Arguments arguments) {
        return OperatorClient.of(arguments.path("--data"), arguments.find("--org").orElse(null));
    }

    private final class Add implements Cli.Command {
        @Override
        public String help() {
            return "Trusts a web site, such as https://app.example.com: its pages may call the API.";
        }

        @Override
        public List<OptionSpec> options() {
            return List.of(
                    Options.data(environment),
                    org(),
                    Options.text("--name", "NAME", "What to call it; the origin unless said."),
                    Options.text(
                            "--scopes",
                            "TYPE,…",
                            "CORS",
                            "What it is trusted with: CORS, REDIRECT, IFRAME_EMBED."));
        }

        @Override
        public String parameter() {
            return "ORIGIN";
        }

        @Override
        public ExitCode run(Arguments arguments, PrintWriter out) {
            String origin = arguments.parameter();
            String name = arguments.find("--name").orElse(origin);
            JsonNode made =
                    client(arguments)
                            .send(
                                    "POST",
                                    PATH,
                                    json -> {
                                        json.writeStartObject();
                                        json.writeStringProperty("name", name);
                                        json.writeStringProperty("origin", origin);
                                        json.writeArrayPropertyStart("scopes");
                                        for (String type :
                                                arguments.text("--scopes").split(" *, *")) {
                                            json.writeStartObject();
                                            json.writeStringProperty("type", type);
                                            json.writeEndObject();
                                        }
                                        json.writeEndArray();
                                        json.writeEndObject();
                                    });
            if (made != null) {
                out.println(line(made));
            }
            return ExitCode.OK;
        }
    }

    private final class ListAll implements Cli.Command {
        @Override
        public String help() {
            return "Lists the trusted origins.";
        }

        @Override
        public List<OptionSpec> options() {
            return List.of(Options.data(environment), org());
        }

        @Override
        public ExitCode run(Arguments arguments, PrintWriter out) {
            OperatorClient client = client(arguments);
            client.pages(PATH).forEach(origin -> out.println(line(origin)));
            return ExitCode.OK;
        }
    }

    private final class Remove implements Cli.Command {
        @Override
        public String help() {
            return "Trusts a web site no more; by its id, its name, or its origin as it was added.";
        }

        @Override
        public List<OptionSpec> options() {
            return List.of(Options.data(environment), org());
        }

        @Override
        public String parameter() {
            return "ORIGIN";
        }

        @Override
        public ExitCode run(Arguments arguments, PrintWriter out) {
            OperatorClient client = client(arguments);
            String wanted = arguments.parameter();
            JsonNode found =
                    client.pages(PATH).stream()
                            .filter(origin -> isNamed(origin, wanted))
                            .findFirst()
                            .orElseThrow(
                                    () ->
                                            new Failure(
                                                    ExitCode.FAILED,
                                                    wanted + " is no trusted origin"));
            client.send("DELETE", PATH + "/" + found.path("id").asString(), "");
            out.println("removed " + found.path("origin").asString());
            return ExitCode.OK;
        }

        private static boolean isNamed(JsonNode origin, String wanted) {
            return List.of("id", "origin", "name").stream()
                    .anyMatch(field -> origin.path(field).asString().equals(wanted));
        }
    }

    private static String line(JsonNode origin) {
        StringJoiner scopes = new StringJoiner(",");
        origin.path("scopes").forEach(scope -> scopes.add(scope.path("type").asString()));
        return origin.path("id").asString()
                + "  "
                + origin.path("origin").asString()
                + "  "
                + scopes
                + "  "
                + origin.path("status").asString()
                + "  "
                + origin.path("name").asString();
    }
}
