package dev.ostiary.server.cli;

import dev.ostiary.platform.limits.RateTable;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Model.OptionSpec;

/** {@code serve}: runs the server until it is told to stop. */
public final class ServeCommand implements Cli.Command {

    private final Map<String, String> environment;
    private final ServerStarter starter;

    public ServeCommand(Map<String, String> environment, ServerStarter starter) {
        this.environment = environment;
        this.starter = starter;
    }

    @Override
    public String help() {
        return "Runs the server. The first start makes the org dev, its administrator and an API token.";
    }

    @Override
    public List<OptionSpec> options() {
        return List.of(
                Options.text("--port", "N", "8443", "The port of HTTPS; 0 takes a free one."),
                Options.text(
                        "--http-port",
                        "N",
                        "A port without TLS, for your own proxies alone; 0 takes a free one."),
                Options.text(
                        "--management-port",
                        "N",
                        "0",
                        "The port of health and metrics on loopback; 0 takes a free one."),
                Options.data(environment),
                Options.text(
                        "--db",
                        "URL",
                        "postgresql://user:password@host:port/database instead of the embedded one."),
                Options.text(
                        "--base-domain",
                        "DOMAIN",
                        "localhost",
                        "The domain under which every org has its host."),
                Options.text(
                        "--tls-cert",
                        "FILE",
                        "A certificate chain (PEM) instead of the local CA's."),
                Options.text("--tls-key", "FILE", "The key of that certificate (PEM)."),
                Options.text("--trusted-proxy", "CIDR,…", "The operator's own proxies."),
                Options.text(
                        "--geoip",
                        "FILE,…",
                        "Databases in MaxMind's format (City, ASN, Anonymous IP) that say where addresses are."),
                Options.text(
                        "--master-key",
                        "TEXT",
                        "The key ring, instead of the file in the data directory."),
                Options.text(
                        "--smtp",
                        "URL",
                        "smtp://user:password@host:port?from=sender@domain, to send mails beside keeping them."),
                Options.text(
                        "--phone-webhook",
                        "URL",
                        "A service that sends messages to phones, beside keeping them."),
                Options.text(
                        "--phone-webhook-secret",
                        "TEXT",
                        "What its calls are signed under, at least 16 characters."),
                Options.text(
                        "--dns",
                        "HOST:PORT",
                        "The name server that proves custom domains, instead of the machine's own."),
                Options.text(
                        "--rate-limits",
                        "PROFILE",
                        "Rate limits: "
                                + RateTable.names()
                                + " of requests a minute. Default: unlimited on a local base domain, else workforce."),
                Options.flag(
                        "--http2",
                        "Lets clients choose HTTP/2; not where strangers can connect, see SECURITY.md."),
                Options.flag(
                        "--allow-private-hooks",
                        "Lets hooks call addresses of private networks and of this machine."),
                Options.text(
                        "--hook-ca",
                        "FILE",
                        "Authorities (PEM) that vouch for the receivers of hooks, beside the usual ones."),
                Options.text(
                        "--breached-passwords",
                        "FILE",
                        "Passwords that others have: sorted SHA-1 digests, one a line."),
                Options.flag("--quiet", "No log line a request."));
    }

    @Override
    public ExitCode run(Arguments arguments, PrintWriter out) {
        ServerStarter.Started server = starter.start(settings(arguments), out);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(
                        Thread.ofPlatform()
                                .name("shutdown")
                                .unstarted(
                                        () -> {
                                            server.close();
                                            stopped.countDown();
                                        }));
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return ExitCode.OK;
    }

    private static String rateLimits(Arguments arguments) {
        String chosen =
                arguments
                        .find("--rate-limits")
                        .orElse(
                                isLocal(arguments.text("--base-domain"))
                                        ? "unlimited"
                                        : "workforce");
        if (RateTable.load().profile(chosen).isEmpty()) {
            throw new Failure(
                    ExitCode.USAGE,
                    "--rate-limits: no profile " + chosen + "; there are " + RateTable.names());
        }
        return chosen;
    }

    /** Names that never leave the machine or the test bed (RFC 6761). */
    private static boolean isLocal(String domain) {
        return ("." + domain).endsWith(".localhost") || ("." + domain).endsWith(".test");
    }

    private static List<Path> files(String list) {
        return Arrays.stream(list.split(" *, *")).map(Path::of).toList();
    }

    private static Path file(String path) {
        return Path.of(path).toAbsolutePath().normalize();
    }

    static Settings settings(Arguments arguments) {
        if (arguments.find("--tls-cert").isPresent() != arguments.find("--tls-key").isPresent()) {
            throw new Failure(ExitCode.USAGE, "--tls-cert and --tls-key go together");
        }
        Integer httpPort =
                arguments.find("--http-port").isPresent()
                        ? (Integer) arguments.number("--http-port", 0, 65535)
                        : null;
        if (httpPort != null && arguments.find("--trusted-proxy").isEmpty()) {
            throw new Failure(ExitCode.USAGE, "--http-port serves nobody without --trusted-proxy");
        }
        return new Settings(
                arguments.number("--port", 0, 65535),
                httpPort,
                arguments.number("--management-port", 0, 65535),
                arguments.path("--data"),
                arguments.find("--db").orElse(null),
                arguments.text("--base-domain"),
                arguments.find("--tls-cert").map(ServeCommand::file).orElse(null),
                arguments.find("--tls-key").map(ServeCommand::file).orElse(null),
                arguments
                        .find("--trusted-proxy")
                        .map(list -> Arrays.asList(list.split(" *, *")))
                        .orElse(List.of()),
                arguments.find("--geoip").map(ServeCommand::files).orElse(List.of()),
                arguments.find("--master-key").orElse(null),
                arguments.find("--smtp").orElse(null),
                arguments.find("--phone-webhook").orElse(null),
                arguments.find("--phone-webhook-secret").orElse(null),
                arguments.find("--dns").orElse(null),
                rateLimits(arguments),
                arguments.on("--http2"),
                arguments.on("--allow-private-hooks"),
                arguments.find("--hook-ca").map(ServeCommand::file).orElse(null),
                arguments.find("--breached-passwords").map(ServeCommand::file).orElse(null),
                arguments.on("--quiet"));
    }
}
