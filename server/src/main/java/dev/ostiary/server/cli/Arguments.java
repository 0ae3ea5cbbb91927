package dev.ostiary.server.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** What a command was told, by options or by variables. */
public final class Arguments {

    private final ParseResult parsed;

    Arguments(ParseResult parsed) {
        this.parsed = parsed;
    }

    /** The value of an option, if it has one. */
    public Optional<String> find(String option) {
        OptionSpec spec = parsed.commandSpec().findOption(option);
        if (spec == null) {
            throw new IllegalArgumentException("no option " + option);
        }
        String value = spec.getValue();
        return Optional.ofNullable(value).filter(text -> !text.isEmpty());
    }

    /** The value of an option that has a default or is required. */
    public String text(String option) {
        return find(option)
                .orElseThrow(
                        () -> new Failure(ExitCode.USAGE, option + " is missing (see --help)"));
    }

    /** A file or folder. */
    public Path path(String option) {
        return Path.of(text(option)).toAbsolutePath().normalize();
    }

    /** A whole number within bounds. */
    public int number(String option, int least, int most) {
        String text = text(option);
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw notANumber(option, text, least, most);
        }
        throw notANumber(option, text, least, most);
    }

    private static Failure notANumber(String option, String text, int least, int most) {
        return new Failure(
                ExitCode.USAGE,
                option + " takes a number from " + least + " to " + most + ", not " + text);
    }

    /** Whether a switch is on. */
    public boolean on(String option) {
        return find(option).map(Boolean::parseBoolean).orElse(false);
    }

    /** What was said without an option. */
    public String parameter() {
        PositionalParamSpec spec = parsed.commandSpec().positionalParameters().getFirst();
        String value = spec.getValue();
        if (value == null) {
            throw new Failure(ExitCode.USAGE, spec.paramLabel() + " is missing (see --help)");
        }
        return value;
    }

    /** Whether anything was said without an option. */
    public boolean hasParameter() {
        return parsed.commandSpec().positionalParameters().getFirst().getValue() != null;
    }

    /** What was said after the parameter. */
    public List<String> furtherParameters() {
        List<String> words = parsed.commandSpec().positionalParameters().get(1).getValue();
        return words == null ? List.of() : List.copyOf(words);
    }
}
