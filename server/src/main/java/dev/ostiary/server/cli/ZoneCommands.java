package dev.ostiary.server.cli;

import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * {@code zone list}, {@code zone create}, {@code zone delete}, {@code zone block}, {@code zone
 * unblock}: they work whatever an org's block lists say.
 */
public final class ZoneCommands {

    private static final String PATH = "/ostiary/v1/zones";

    private final Map<String, String> environment;

    public ZoneCommands(Map<String, String> environment) {
        this.environment = environment;
    }

    /** The commands by their words. */
    public Map<String, Cli.Command> all() {
        Map<String, Cli.Command> commands = new LinkedHashMap<>();
        commands.put("zone list", new ListAll());
        commands.put("zone create", new Create());
        commands.put("zone delete", new Delete());
        commands.put(
                "zone block",
                new OnAddress("/block", "Refuses every request of an address or block of them."));
        commands.put(
                "zone unblock",
                new OnAddress("/unblock", "Takes an address or block off the list again."));
        return commands;
    }

    private List<OptionSpec> with(OptionSpec... own) {
        List<OptionSpec> options = new ArrayList<>();
        options.add(Options.data(environment));
        options.add(
                Options.text("--org", "NAME", "The org; the default one unless said otherwise."));
        options.addAll(List.of(own));
        return List.copyOf(options);
    }

    private static OperatorClient client(Arguments arguments) {
        return OperatorClient.of(arguments.path("--data"), arguments.find("--org").orElse(null));
    }

    private static void print(@Nullable JsonNode zone, PrintWriter out) {
        if (zone != null) {
            out.println(
                    "%s  %s  %s  %s  %s%s%s"
                            .formatted(
                                    zone.path("id").asString(),
                                    zone.path("type").asString(),
                                    zone.path("usage").asString(),
                                    zone.path("status").asString(),
                                    zone.path("name").asString(),
                                    addresses("gateways", zone.path("gateways")),
                                    addresses("proxies", zone.path("proxies"))));
        }
    }

    private static String addresses(String what, JsonNode list) {
        return !list.isArray() || list.isEmpty()
                ? ""
                : "  "
                        + what
                        + " "
                        + StreamSupport.stream(list.spliterator(), false)
                                .map(address -> address.path("value").asString())
                                .collect(Collectors.joining(","));
    }

    private final class ListAll implements Cli.Command {
        @Override
        public String help() {
            return "Lists the network zones.";
        }

        @Override
        public List<OptionSpec> options() {
            return with();
        }

        @Override
        public ExitCode run(Arguments arguments, PrintWriter out) {
            JsonNode zones = client(arguments).send("GET", PATH, "");
            if (zones != null) {
                zones.forEach(zone -> print(zone, out));
            }
            return ExitCode.OK;
        }
    }

    private final class Create implements Cli.Command {
        @Override
        public String help() {
            return "Makes a zone of addresses and prints it.";
        }

        @Override
        public List<OptionSpec> options() {
            return with(
                    Options.text("--gateways", "ADDRESS,…", "Addresses, blocks or ranges in it."),
                    Options.text("--proxies", "ADDRESS,…", "Proxies that the org trusts."),
                    Options.text("--usage", "USAGE", "POLICY", "POLICY or BLOCKLIST."));
        }

        @Override
        public String parameter() {
            return "NAME";
        }

        @Override
        public ExitCode run(Arguments arguments, PrintWriter out) {
            print(
                    client(arguments)
                            .send(
                                    "POST",
                                    PATH,
                                    json -> {
                                        json.writeStartObject();
                                        json.writeStringProperty("type", "IP");
                                        json.writeStringProperty("name", arguments.parameter());
                                        json.writeStringProperty(
                                                "usage", arguments.text("--usage"));
                                        write(json, "gateways", arguments.find("--gateways"));
                                        write(json, "proxies", arguments.find("--proxies"));
                                        json.writeEndObject();
                                    }),
                    out);
            return ExitCode.OK;
        }

        private static void write(JsonGenerator json, String field, Optional<String> addresses) {
            if (addresses.isEmpty()) {
                return;
            }
            json.writeArrayPropertyStart(field);
            for (String address : addresses.get().split(" *, *")) {
                json.writeStartObject();
                json.writeStringProperty("type", address.indexOf('/') < 0 ? "RANGE" : "CIDR");
                json.writeStringProperty("value", address);
                json.writeEndObject();
            }
            json.writeEndArray();
        }
    }

    private final class Delete implements Cli.Command {
        @Override
        public String help() {
            return "Deletes a zone, active or not, that nothing uses.";
        }

        @Override
        public List<OptionSpec> options() {
            return with();
        }

        @Override
        public String parameter() {
            return "NAME";
        }

        @Override
        public ExitCode run(Arguments arguments, PrintWriter out) {
            String name = arguments.parameter();
            String escaped = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
            client(arguments).send("DELETE", PATH + "/" + escaped, "");
            out.println("deleted " + name);
            return ExitCode.OK;
        }
    }

    private final class OnAddress implements Cli.Command {
        private final String path;
        private final String help;

        OnAddress(String path, String help) {
            this.path = path;
            this.help = help;
        }

        @Override
        public String help() {
            return help;
        }

        @Override
        public List<OptionSpec> options() {
            return with();
        }

        @Override
        public String parameter() {
            return "ADDRESS";
        }

        @Override
        public ExitCode run(Arguments arguments, PrintWriter out) {
            print(
                    client(arguments)
                            .send(
                                    "POST",
                                    PATH + path,
                                    json -> {
                                        json.writeStartObject();
                                        json.writeStringProperty("address", arguments.parameter());
                                        json.writeEndObject();
                                    }),
                    out);
            return ExitCode.OK;
        }
    }
}
