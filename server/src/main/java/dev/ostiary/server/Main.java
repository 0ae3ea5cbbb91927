package dev.ostiary.server;

import dev.ostiary.server.cli.Cli;
import dev.ostiary.server.cli.ExportCommand;
import dev.ostiary.server.cli.ImportCommand;
import dev.ostiary.server.cli.OrgCommands;
import dev.ostiary.server.cli.OrgLimitsCommand;
import dev.ostiary.server.cli.OriginCommands;
import dev.ostiary.server.cli.RehearseCommand;
import dev.ostiary.server.cli.ServeCommand;
import dev.ostiary.server.cli.TokenCommand;
import dev.ostiary.server.cli.TrustCommand;
import dev.ostiary.server.cli.ZoneCommands;
import dev.ostiary.server.live.DiffCommand;
import dev.ostiary.server.live.ImportFrom;
import java.io.Console;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The program's entry: words to commands, exit codes to the shell. */
public final class Main {

    private Main() {}

    /** Runs a command. */
    public static void main(String[] arguments) {
        Logs.configure();
        // The commands reach an org by its name over loopback, which takes a Host header of their
        // own.
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
        Map<String, String> environment = System.getenv();
        Map<String, Cli.Command> commands = new LinkedHashMap<>();
        commands.put("serve", new ServeCommand(environment, RunningServer::start));
        commands.putAll(new OrgCommands(environment).all());
        commands.put("org limits", new OrgLimitsCommand(environment));
        commands.putAll(new ZoneCommands(environment).all());
        commands.putAll(new OriginCommands(environment).all());
        commands.put("token create", new TokenCommand(environment));
        commands.put(
                "import",
                new ImportFrom(
                        new ImportCommand(environment, isTerminal(), System::nanoTime),
                        isTerminal(),
                        System::nanoTime));
        commands.put("diff", new DiffCommand(environment));
        commands.put("export", new ExportCommand(environment, System.out));
        commands.put("trust", new TrustCommand(environment));
        commands.put("coverage", new CoverageCommand());
        commands.put("openapi", new OpenApiCommand());
        commands.put("rehearse", new RehearseCommand(RunningServer::start));
        int status =
                new Cli(commands, environment)
                        .run(
                                arguments,
                                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                                new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        if (status != 0) {
            System.exit(status);
        }
    }

    private static boolean isTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }
}
