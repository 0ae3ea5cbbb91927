package dev.ostiary.platform.http;

import dev.ostiary.platform.context.Network;
import dev.ostiary.platform.contract.Contract;
import dev.ostiary.platform.contract.Operation;
import dev.ostiary.platform.contract.Verb;
import dev.ostiary.platform.org.ConfigVersions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What a request costs before and after the handler. The bodies that JMH calls must stand in a
 * class that it can extend.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PipelineBenchmark {

    static final int MATCHES = 812;

    /** How many of the steps a run goes through; only for {@link #steps}. */
    @State(Scope.Benchmark)
    public static class Steps {
        @Param("0")
        public int first;
    }

    private final Asked asked = Asked.forUser();
    private Pipeline pipeline = Lone.pipeline();
    private Contract contract = Contract.load();
    private List<Path> paths = List.of();

    private record Path(Verb verb, List<String> segments) {}

    /** Everything anew, so that nothing is warm from another fork. */
    @Setup
    public void prepare() {
        pipeline = Lone.pipeline();
        contract = Contract.load();
        paths =
                contract.operations().stream()
                        .filter(operation -> !operation.document().equals("extra"))
                        .limit(MATCHES)
                        .map(PipelineBenchmark::filled)
                        .toList();
        if (paths.size() != MATCHES) {
            throw new IllegalStateException("the contract has " + paths.size() + " paths");
        }
    }

    private static Path filled(Operation operation) {
        String path = operation.path().text().replaceAll("\\{[^}]*}", "00u1a2b3c4d5e6f7g1d7");
        return new Path(operation.verb(), Urls.segments(path).orElseThrow());
    }

    /** A whole request, as the socket hands it over. */
    @Benchmark
    public Reply request() {
        return pipeline.answer(asked);
    }

    /** A request that ends after some of the steps. */
    @Benchmark
    public Object steps(Steps steps) {
        Exchange exchange =
                new Exchange(
                        asked,
                        "request",
                        0,
                        org -> ConfigVersions.untouched(),
                        (org, versions) -> Network.unknown());
        for (int i = 0; i < steps.first; i++) {
            pipeline.steps().get(i).run(exchange);
        }
        exchange.answered();
        return exchange;
    }

    /** Every published path once. */
    @Benchmark
    @OperationsPerInvocation(MATCHES)
    public void match(Blackhole hole) {
        for (Path path : paths) {
            hole.consume(contract.match(path.verb(), path.segments()));
        }
    }
}
