package dev.ostiary.server;

import dev.ostiary.server.cli.Arguments;
import dev.ostiary.server.cli.Cli;
import dev.ostiary.server.cli.ExitCode;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;

/** {@code openapi}: prints the description of the API that each release keeps a copy of. */
final class OpenApiCommand implements Cli.Command {

    @Override
    public String help() {
        return "Prints the OpenAPI document of what is bound, as contract/openapi keeps it for each release.";
    }

    @Override
    public List<OptionSpec> options() {
        return List.of();
    }

    @Override
    public ExitCode run(Arguments arguments, PrintWriter out) {
        out.println(text());
        return ExitCode.OK;
    }

    static String text() {
        return CoverageCommand.ask(house -> house.openApi().tree().toPrettyString());
    }
}
