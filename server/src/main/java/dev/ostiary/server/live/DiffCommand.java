package dev.ostiary.server.live;

import dev.ostiary.server.cli.Arguments;
import dev.ostiary.server.cli.Cli;
import dev.ostiary.server.cli.ExitCode;
import dev.ostiary.server.cli.Options;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.OptionSpec;

/**
 * {@code diff --from URL}: what is not the same in two orgs, a line each (docs/operate/bulk.md).
 * The exit code is 0 where everything is, else 1.
 */
public final class DiffCommand implements Cli.Command {

    private final Map<String, String> environment;

    public DiffCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public String help() {
        return "Compares an org from elsewhere with one here, by names and logins.";
    }

    @Override
    public List<OptionSpec> options() {
        List<OptionSpec> options = new ArrayList<>(Sides.options());
        options.add(Options.text("--token", "TOKEN", "An API token of the org to read."));
        options.add(
                Options.text(
                        "--ca",
                        "FILE",
                        "A CA to trust there beside the machine's (PEM); the data directory's"
                                + " unless said."));
        options.add(Options.data(environment));
        options.add(
                Options.text(
                        "--org", "NAME", "Without --to: the org; the default one unless said."));
        return options;
    }

    @Override
    public ExitCode run(Arguments arguments, PrintWriter out) {
        OrgApi source = Sides.source(arguments);
        Differences differences = new Differences(out);
        try (Sides.Target target = Sides.target(arguments, source)) {
            new Comparison(source, target.org(), differences).all();
        }
        return differences.count() == 0 ? ExitCode.OK : ExitCode.FAILED;
    }
}
