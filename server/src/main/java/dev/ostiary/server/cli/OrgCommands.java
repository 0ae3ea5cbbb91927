package dev.ostiary.server.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.OptionSpec;
import tools.jackson.databind.JsonNode;

/** The commands about orgs. */
public final class OrgCommands {

    private final Map<String, String> environment;

    public OrgCommands(Map<String, String> environment) {
        this.environment = environment;
    }

    /** The commands by their words. */
    public Map<String, Cli.Command> all() {
        Map<String, Cli.Command> commands = new LinkedHashMap<>();
        commands.put("org create", new Create());
        commands.put("org list", new ListAll());
        commands.put("org set", new OrgSetCommand(environment));
        commands.put("org delete", new Delete());
        return commands;
    }

    private final class Create implements Cli.Command {
        @Override
        public String help() {
            return "Makes an org and prints its URL, administrator and API token.";
        }

        @Override
        public List<OptionSpec> options() {
            return List.of(
                    Options.data(environment),
                    Options.text("--port", "N", "A port of the org's own; 0 takes a free one."));
        }

        @Override
        public String parameter() {
            return "NAME";
        }

        @Override
        public ExitCode run(Arguments arguments, PrintWriter out) {
            String name = arguments.parameter();
            JsonNode made =
                    OperatorClient.of(arguments.path("--data"), null)
                            .send(
                                    "POST",
                                    "/ostiary/v1/orgs",
                                    json -> {
                                        json.writeStartObject();
                                        json.writeStringProperty("name", name);
                                        if (arguments.find("--port").isPresent()) {
                                            json.writeNumberProperty(
                                                    "port", arguments.number("--port", 0, 65535));
                                        }
                                        json.writeEndObject();
                                    });
            if (made != null) {
                out.println("url       " + made.path("url").asString());
                if (made.path("port").isNumber()) {
                    out.println("port      " + made.path("port").intValue());
                }
                out.println("login     " + made.path("adminLogin").asString());
                out.println("password  " + made.path("adminPassword").asString());
                out.println("token     " + made.path("apiToken").asString());
            }
            return ExitCode.OK;
        }
    }

    private final class ListAll implements Cli.Command {
        @Override
        public String help() {
            return "Lists the orgs.";
        }

        @Override
        public List<OptionSpec> options() {
            return List.of(Options.data(environment));
        }

        @Override
        public ExitCode run(Arguments arguments, PrintWriter out) {
            JsonNode orgs =
                    OperatorClient.of(arguments.path("--data"), null)
                            .send("GET", "/ostiary/v1/orgs", "");
            if (orgs != null) {
                orgs.forEach(
                        org ->
                                out.println(
                                        org.path("id").asString()
                                                + "  "
                                                + org.path("name").asString()
                                                + "  "
                                                + org.path("url").asString()
                                                + (org.path("port").isNumber()
                                                        ? "  port " + org.path("port").intValue()
                                                        : "")));
            }
            return ExitCode.OK;
        }
    }

    private final class Delete implements Cli.Command {
        @Override
        public String help() {
            return "Deletes an org with everything in it.";
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
        public ExitCode run(Arguments arguments, PrintWriter out) {
            String name = arguments.parameter();
            OperatorClient.of(arguments.path("--data"), null)
                    .send("DELETE", OperatorClient.pathOfOrg(name), "");
            out.println("deleted " + name);
            return ExitCode.OK;
        }
    }
}
