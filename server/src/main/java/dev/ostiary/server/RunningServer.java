package dev.ostiary.server;

import dev.ostiary.platform.context.Cidr;
import dev.ostiary.platform.context.TrustedProxies;
import dev.ostiary.platform.context.UserAgents;
import dev.ostiary.platform.http.AccessLog;
import dev.ostiary.platform.http.ApiServer;
import dev.ostiary.platform.http.ManagementServer;
import dev.ostiary.platform.http.Meters;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ErrorCatalogue;
import dev.ostiary.platform.http.ErrorWriter;
import dev.ostiary.platform.secret.Tokens;
import dev.ostiary.platform.store.embedded.DataDirectory;
import dev.ostiary.platform.store.embedded.StartFailure;
import dev.ostiary.server.security.tokens.OperatorSecret;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * A server that serves. Starting builds it from the ground up: data directory, database, keys, certificate, house, ports; closing
 * takes it down in the opposite order, so that requests under way are answered and the database is stopped last.
 */
public final class RunningServer implements AutoCloseable {

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    private RunningServer() {}

    /**
     * Starts a server.
     *
     * @param out where the first start prints its secrets, and every start its address
     * @throws dev.ostiary.server.cli.Failure if something stands in the way that the operator can remove
     */
    public static RunningServer start(Settings settings, PrintWriter out) {
        RunningServer server = new RunningServer();
        try {
            server.build(settings, out);
            return server;
        } catch (RuntimeException e) {
            server.close();
            throw StartFailures.explain(e, settings);
        }
    }
}
