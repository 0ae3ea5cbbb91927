package dev.ostiary.server.cli;

import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Model.OptionSpec;

/** Options that several commands share. */
public final class Options {

    private Options() {}

    /** An option that takes a text. */
    public static OptionSpec text(String name, String label, String help) {
        return OptionSpec.builder(name)
                .paramLabel(label)
                .arity("1")
                .type(String.class)
                .description(help)
                .build();
    }

    /** An option that takes a text, and has one unless said. */
    public static OptionSpec text(String name, String label, String standard, String help) {
        return OptionSpec.builder(name)
                .paramLabel(label)
                .arity("1")
                .type(String.class)
                .initialValue(standard)
                .description(help + " Default: " + standard)
                .build();
    }

    /** A switch. */
    public static OptionSpec flag(String name, String help) {
        return OptionSpec.builder(name)
                .paramLabel("true|false")
                .arity("0..1")
                .fallbackValue("true")
                .type(String.class)
                .description(help)
                .build();
    }

    /** Where the server keeps everything; beside the launcher unless said otherwise. */
    public static OptionSpec data(Map<String, String> environment) {
        String home = environment.getOrDefault("OSTIARY_HOME", ".");
        return text("--data", "DIR", Path.of(home, "data").toString(), "The data directory.");
    }
}
