package dev.ostiary.server;

import dev.ostiary.platform.context.Atlas;
import dev.ostiary.platform.context.TrustedProxies;
import dev.ostiary.platform.context.UserAgents;
import dev.ostiary.platform.contract.Contract;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.http.AccessLog;
import dev.ostiary.platform.http.ErrorWriter;
import dev.ostiary.platform.http.Meters;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.problem.ErrorCatalogue;
import dev.ostiary.platform.secret.CodeHash;
import dev.ostiary.platform.secret.KeyRing;
import dev.ostiary.platform.secret.MasterKey;
import dev.ostiary.platform.secret.Sealed;
import dev.ostiary.platform.secret.Tokens;
import dev.ostiary.platform.store.ConnectionFacts;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.DatabaseSettings;
import dev.ostiary.platform.store.LogPartitions;
import dev.ostiary.platform.store.SchemaOwner;
import dev.ostiary.server.cli.Arguments;
import dev.ostiary.server.cli.Cli;
import dev.ostiary.server.cli.ExitCode;
import dev.ostiary.server.cli.Settings;
import dev.ostiary.server.security.tokens.OperatorSecret;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Model.OptionSpec;

/**
 * {@code coverage}: prints which operations are bound. The house is built for it, but nothing in it
 * is ever asked.
 */
final class CoverageCommand implements Cli.Command {

    @Override
    public String help() {
        return "Prints which published operations are bound, as contract/COVERAGE.md has it.";
    }

    @Override
    public List<OptionSpec> options() {
        return List.of();
    }

    @Override
    public ExitCode run(Arguments arguments, PrintWriter out) {
        out.print(text());
        return ExitCode.OK;
    }

    /** What contract/COVERAGE.md has to be. */
    static String text() {
        return ask(House::coverage);
    }

    /** What a house that nobody lives in says of itself. */
    static String ask(Function<House, String> say) {
        InstantSource time = InstantSource.system();
        SecureRandom random = new SecureRandom();
        ConnectionFacts nowhere =
                ConnectionFacts.ofUrl("postgresql://nobody:nothing@localhost:1/none");
        Tokens tokens = new Tokens(random);
        Ids ids = new Ids(time, random);
        KeyRing keys = KeyRing.of(MasterKey.generate(random));
        try (Database database =
                        new Database(
                                nowhere,
                                DatabaseSettings.defaults(),
                                time,
                                org -> time.instant(),
                                random);
                House house =
                        new House(
                                new House.Ground(
                                        Settings.unchosen(Path.of(".")),
                                        Contract.load(),
                                        EventCatalogue.load(),
                                        database,
                                        new SchemaOwner(nowhere),
                                        new LogPartitions(new SchemaOwner(nowhere), time),
                                        time,
                                        ids,
                                        random,
                                        tokens,
                                        new Sealed(keys, random),
                                        new CodeHash(keys),
                                        new ErrorWriter(ErrorCatalogue.load(), ids::errorId),
                                        new AccessLog(line -> {}, time),
                                        new Meters(new SimpleMeterRegistry()),
                                        new TrustedProxies(List.of()),
                                        Atlas.none(),
                                        new UserAgents(),
                                        new NoHosts(),
                                        new OperatorSecret(tokens.urlSafe(43)),
                                        () -> false))) {
            return say.apply(house);
        }
    }
}
