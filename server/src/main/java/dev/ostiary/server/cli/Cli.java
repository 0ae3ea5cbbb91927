package dev.ostiary.server.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The program's words. Every option is also a variable: {@code serve --base-domain} is {@code
 * OSTIARY_BASE_DOMAIN}, and so is {@code --data} everywhere; an option of another command carries
 * its words, as {@code OSTIARY_ORG_CREATE_PORT}.
 */
public final class Cli {

    private final Map<String, Command> commands;
    private final Map<String, String> environment;

    /**
     * @param commands the commands by their words, such as {@code org create}
     * @param environment the process's variables
     */
    public Cli(Map<String, Command> commands, Map<String, String> environment) {
        this.commands = commands;
        this.environment = environment;
    }

    /** One command: its words of help, its options, and what it does. */
    public interface Command {
        /** A sentence for the help. */
        String help();

        /** What it may be told. */
        List<OptionSpec> options();

        /**
         * The name of what may be told without an option; in brackets where it need not be; empty
         * for nothing.
         */
        default String parameter() {
            return "";
        }

        /** How one of the words is called that may follow the parameter; empty for none. */
        default String furtherParameters() {
            return "";
        }

        /** Does it; every failure that a person can mend is a {@link Failure}. */
        ExitCode run(Arguments arguments, PrintWriter out);
    }

    /** Runs what the arguments say; the answer is the process's exit status. */
    public int run(String[] arguments, PrintWriter out, PrintWriter err) {
        try {
            ParseResult parsed = line(arguments).parseArgs(arguments);
            ParseResult last = parsed;
            StringBuilder words = new StringBuilder();
            while (last.hasSubcommand()) {
                last = last.subcommand();
                words.append(words.isEmpty() ? "" : " ").append(last.commandSpec().name());
            }
            Command command = commands.get(words.toString());
            if (command == null || last.hasMatchedOption("--help")) {
                last.commandSpec().commandLine().usage(out);
                return command == null && !last.hasMatchedOption("--help")
                        ? ExitCode.USAGE.number()
                        : ExitCode.OK.number();
            }
            return command.run(new Arguments(last), out).number();
        } catch (CommandLine.UnmatchedArgumentException e) {
            err.println(
                    "ostiary: there is no " + String.join(" ", e.getUnmatched()) + " (see --help)");
            return ExitCode.USAGE.number();
        } catch (CommandLine.ParameterException e) {
            err.println("ostiary: " + e.getMessage() + " (see --help)");
            return ExitCode.USAGE.number();
        } catch (Failure e) {
            err.println("ostiary: " + e.getMessage());
            return e.code().number();
        } finally {
            out.flush();
            err.flush();
        }
    }

    /** A command of one word need not wait until every other one is described. */
    private CommandLine line(String[] arguments) {
        Command named = arguments.length == 0 ? null : commands.get(arguments[0]);
        CommandLine line =
                new CommandLine(root(named == null ? commands : Map.of(arguments[0], named)));
        line.setDefaultValueProvider(
                argument ->
                        argument instanceof OptionSpec option
                                ? environment.get(variable(option.command(), option.longestName()))
                                : null);
        return line;
    }

    private static CommandSpec root(Map<String, Command> commands) {
        CommandSpec root = spec("ostiary", "An identity server that speaks the Okta API.");
        root.usageMessage()
                .footer(
                        "",
                        "./ostiary test [--deep] runs every suite.",
                        "./ostiary COMMAND --help says more; README.md shows first steps.");
        commands.forEach(
                (words, command) -> {
                    CommandSpec parent = root;
                    String[] path = words.split(" ");
                    for (int i = 0; i < path.length - 1; i++) {
                        CommandLine group = parent.subcommands().get(path[i]);
                        if (group == null) {
                            group =
                                    new CommandLine(
                                            spec(path[i], "Commands about " + path[i] + "s."));
                            parent.addSubcommand(path[i], group);
                        }
                        parent = group.getCommandSpec();
                    }
                    parent.addSubcommand(
                            path[path.length - 1], leaf(path[path.length - 1], command));
                });
        return root;
    }

    private static CommandSpec leaf(String name, Command command) {
        CommandSpec leaf = spec(name, command.help());
        if (name.equals("serve")) {
            leaf.usageMessage()
                    .footer(
                            "",
                            "Every option is also a variable, which keeps secrets out of process lists:",
                            "--base-domain is OSTIARY_BASE_DOMAIN. docs/operate/running.md says more.");
        }
        command.options().forEach(leaf::addOption);
        if (!command.parameter().isEmpty()) {
            leaf.addPositional(
                    CommandLine.Model.PositionalParamSpec.builder()
                            .paramLabel(command.parameter())
                            .index("0")
                            .arity(command.parameter().startsWith("[") ? "0..1" : "1")
                            .type(String.class)
                            .build());
        }
        if (!command.furtherParameters().isEmpty()) {
            leaf.addPositional(
                    CommandLine.Model.PositionalParamSpec.builder()
                            .paramLabel(command.furtherParameters())
                            .index("1..*")
                            .arity("0..*")
                            .type(List.class)
                            .auxiliaryTypes(String.class)
                            .build());
        }
        return leaf;
    }

    private static CommandSpec spec(String name, String help) {
        CommandSpec spec = CommandSpec.create().name(name);
        spec.usageMessage().description(help);
        return spec.addOption(
                OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Prints this help.")
                        .build());
    }

    /** The environment variable of an option. */
    private static String variable(CommandSpec command, String option) {
        String plain = option.substring(1).replace('-', '_').toUpperCase(Locale.ROOT);
        boolean shared = command.name().equals("serve") || option.equals("--data");
        String words = command.qualifiedName("_").replace('-', '_').toUpperCase(Locale.ROOT);
        return shared ? "OSTIARY" + plain : words + plain;
    }
}
