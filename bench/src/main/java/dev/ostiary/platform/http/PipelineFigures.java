package dev.ostiary.platform.http;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs {@link PipelineBenchmark} and prints two tables: the whole beside its limits, and a row for
 * each step.
 */
public final class PipelineFigures {

    private static final double MOST_MICROS = 60;
    private static final double MOST_KILOBYTES = 30;
    private static final double MOST_MATCH = 1;

    private PipelineFigures() {}

    /** No arguments. */
    public static void main(String[] arguments) throws RunnerException {
        RunResult request = run("request", List.of()).iterator().next();
        RunResult match = run("match", List.of()).iterator().next();
        row("what", "time", "allocated", "limit", "");
        row("---", "---", "---", "---", "---");
        row(
                "a request without handler and database",
                micros(time(request)),
                kilobytes(request),
                "60 us, 30 kB",
                time(request) / 1e3 <= MOST_MICROS && bytes(request) / 1e3 <= MOST_KILOBYTES
                        ? "holds"
                        : "MISSES");
        row(
                "matching one of 812 paths",
                micros(time(match)),
                kilobytes(match),
                "1 us",
                time(match) / 1e3 <= MOST_MATCH ? "holds" : "MISSES");
        System.out.println();
        perStep();
    }

    private static void perStep() throws RunnerException {
        List<Step> steps = Lone.pipeline().steps();
        List<String> counts =
                IntStream.rangeClosed(0, steps.size()).mapToObj(Integer::toString).toList();
        RunResult before = null;
        row("step", "time", "allocated", "", "");
        row("---", "---", "---", "---", "---");
        for (RunResult after : run("steps", counts)) {
            int number = Integer.parseInt(after.getParams().getParam("first"));
            if (before != null) {
                row(
                        steps.get(number - 1).getClass().getSimpleName(),
                        micros(time(after) - time(before)),
                        String.format(Locale.ROOT, "%.2f kB", (bytes(after) - bytes(before)) / 1e3),
                        "",
                        "");
            }
            before = after;
        }
    }

    private static Collection<RunResult> run(String method, List<String> counts)
            throws RunnerException {
        ChainedOptionsBuilder options =
                new OptionsBuilder()
                        .include("PipelineBenchmark." + method + "$")
                        .addProfiler(GCProfiler.class)
                        .verbosity(VerboseMode.SILENT)
                        .forks(1)
                        .jvmArgsAppend(
                                "-XX:+UseSerialGC",
                                "-Xmx160m",
                                "--sun-misc-unsafe-memory-access=allow")
                        .warmupIterations(5)
                        .warmupTime(TimeValue.seconds(1))
                        .measurementIterations(5)
                        .measurementTime(TimeValue.seconds(1));
        if (!counts.isEmpty()) {
            options.param("first", counts.toArray(String[]::new));
        }
        return new Runner(options.build()).run();
    }

    private static double time(RunResult result) {
        return result.getPrimaryResult().getScore();
    }

    private static double bytes(RunResult result) {
        return Objects.requireNonNull(
                        result.getSecondaryResults().get("gc.alloc.rate.norm"),
                        "the profiler of allocations has to be on")
                .getScore();
    }

    private static String micros(double nanos) {
        return String.format(Locale.ROOT, "%.2f us", nanos / 1e3);
    }

    private static String kilobytes(RunResult result) {
        return String.format(Locale.ROOT, "%.2f kB", bytes(result) / 1e3);
    }

    private static void row(
            String what, String time, String allocated, String limit, String holds) {
        System.out.printf(
                "| %-40s | %-10s | %-10s | %-12s | %-6s |%n", what, time, allocated, limit, holds);
    }
}
