package dev.ostiary.server;

import dev.ostiary.platform.background.Deferred;
import dev.ostiary.platform.background.Rounds;
import dev.ostiary.platform.context.Cidr;
import dev.ostiary.platform.context.TrustedProxies;
import dev.ostiary.platform.context.UserAgents;
import dev.ostiary.platform.contract.Contract;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.geo.GeoDatabases;
import dev.ostiary.platform.http.AccessLog;
import dev.ostiary.platform.http.ApiServer;
import dev.ostiary.platform.http.ErrorWriter;
import dev.ostiary.platform.http.LineWriter;
import dev.ostiary.platform.http.ManagementServer;
import dev.ostiary.platform.http.Meters;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ErrorCatalogue;
import dev.ostiary.platform.secret.CodeHash;
import dev.ostiary.platform.secret.KeyFile;
import dev.ostiary.platform.secret.KeyRing;
import dev.ostiary.platform.secret.Sealed;
import dev.ostiary.platform.secret.Tokens;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.StoreException;
import dev.ostiary.platform.store.embedded.DataDirectory;
import dev.ostiary.platform.tls.ServerTls;
import dev.ostiary.server.cli.ServerStarter;
import dev.ostiary.server.cli.Settings;
import dev.ostiary.server.orgs.OrgCreator;
import dev.ostiary.server.orgs.OrgFollower;
import dev.ostiary.server.orgs.OrgStore;
import dev.ostiary.server.security.tokens.OperatorSecret;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A server that serves. Starting builds it from the ground up: data directory, database, keys,
 * certificate, house, ports; closing takes it down in the opposite order, so that requests under
 * way are answered and the database is stopped last. Health is answered from the beginning, and
 * what does not need the database is made while it starts.
 */
public final class RunningServer implements ServerStarter.Started {

    private static final Logger LOG = System.getLogger(RunningServer.class.getName());

    /**
     * Often enough for certificates that live for days, and for an operator who waits for a new
     * one.
     */
    private static final Duration RENEWAL = Duration.ofHours(1);

    private static final Duration AFTER_THE_START = Duration.ofSeconds(2);

    private final Settings settings;
    private final InstantSource time = InstantSource.system();
    private final SecureRandom random = new SecureRandom();
    private final Kept kept = new Kept();

    /** The database from when the ports are open until the server is told to stop. */
    private volatile @Nullable Database serving;

    private RunningServer(Settings settings) {
        this.settings = settings;
    }

    /**
     * Starts a server.
     *
     * @param out where the first start prints its secrets, and every start its address
     * @throws dev.ostiary.server.cli.Failure if something stands in the way that the operator can
     *     remove
     */
    public static RunningServer start(Settings settings, PrintWriter out) {
        RunningServer server = new RunningServer(settings);
        try {
            server.build(out);
            return server;
        } catch (RuntimeException e) {
            server.close();
            throw StartFailures.explain(e, settings);
        }
    }

    private void build(PrintWriter out) {
        Logs.bind();
        DataDirectory data = kept.keep(DataDirectory.open(settings.data()));
        Deferred<PrometheusMeterRegistry> metrics =
                new Deferred<>(() -> new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
        Beside<ManagementServer> management =
                kept.keep(Beside.begin("open-management", keep -> management(metrics, keep)));
        Beside<Databases.Opened> opening =
                kept.keep(Beside.begin("open-database", keep -> database(data, keep)));
        try {
            buildBeside(opening, management, metrics.get(), out);
        } catch (RuntimeException e) {
            // a full disk keeps keys from being written too, and has an exit code of its own
            throw opening.failure().orElse(e);
        }
    }

    private Databases.Opened database(DataDirectory data, Kept keep) {
        Databases.Opened opened = Databases.open(settings, data, time, random, keep::keep);
        keep.keep(opened.database());
        return opened;
    }

    private ManagementServer management(Deferred<PrometheusMeterRegistry> metrics, Kept keep) {
        return keep.keep(
                new ManagementServer(
                        InetAddress.getLoopbackAddress(),
                        settings.managementPort(),
                        () -> metrics.get().scrape(),
                        this::ready));
    }

    private void buildBeside(
            Beside<Databases.Opened> opening,
            Beside<ManagementServer> management,
            PrometheusMeterRegistry metrics,
            PrintWriter out) {
        GeoDatabases atlas = kept.keep(GeoDatabases.open(settings.geoip()));
        KeyRing keys = keys();
        Sealed sealed = new Sealed(keys, random);
        Beside<ServerTls> certificates =
                kept.keep(
                        Beside.begin(
                                "open-certificates",
                                keep -> Certificates.open(settings, sealed, time, random)));
        Ids ids = new Ids(time, random);
        Tokens tokens = new Tokens(random);
        ErrorWriter errors = new ErrorWriter(ErrorCatalogue.load(), ids::errorId);
        UserAgents agents = new UserAgents();
        Contract contract = Contract.load();
        EventCatalogue events = EventCatalogue.load();
        ServerTls tls = certificates.join();
        AtomicReference<ApiServer> sockets = new AtomicReference<>();
        Hosts hosts = new Hosts(settings.baseDomain(), tls, sockets::get);
        String operatorSecret = tokens.urlSafe(43);
        Databases.Opened stored = opening.join();
        Database database = stored.database();
        House house =
                new House(
                        new House.Ground(
                                settings,
                                contract,
                                events,
                                database,
                                stored.owner(),
                                stored.partitions(),
                                time,
                                ids,
                                random,
                                tokens,
                                sealed,
                                new CodeHash(keys),
                                errors,
                                accessLog(),
                                new Meters(metrics),
                                new TrustedProxies(
                                        settings.trustedProxies().stream()
                                                .map(Cidr::parse)
                                                .toList()),
                                atlas,
                                agents,
                                hosts,
                                new OperatorSecret(operatorSecret),
                                this::ready));
        kept.keep(house);
        tls.serveOthers(house::certificate);
        ApiServer api =
                kept.keep(
                        new ApiServer(
                                house.pipeline(),
                                tls.context(),
                                settings.http2(),
                                errors,
                                ids::requestId));
        sockets.set(api);
        List<Org> orgs =
                database.acrossOrgs(
                        tx -> {
                            OrgStore.deleteUnfinished(tx, time.instant());
                            return OrgStore.all(tx);
                        });
        // a port that is taken is told before anything is opened, made or printed
        int managementPort = management.join().port();
        int port = hosts.open(settings.port(), orgs);
        if (orgs.isEmpty()) {
            firstRun(house.orgCreator(), port, out);
        } else {
            FirstRun.refresh(settings, url(port));
        }
        Integer httpPort = settings.httpPort();
        Integer plain = httpPort == null ? null : (Integer) api.listenPlainly(httpPort);
        serving = database;
        announce(new Ports(port, plain, managementPort), operatorSecret, out);
        house.start();
        OrgFollower follower = kept.keep(new OrgFollower(database, hosts));
        follower.start();
        kept.keep(new Rounds("certificate-renewal", RENEWAL, tls::renew)).start();
        Thread.ofVirtual().name("warm-up").start(() -> warm(agents));
    }

    /**
     * Not at once: whoever waits for the start has a request ready, which needs the processors
     * more.
     */
    private static void warm(UserAgents agents) {
        try {
            Thread.sleep(AFTER_THE_START);
            agents.warm();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private KeyRing keys() {
        String given = settings.masterKey();
        return given == null
                ? new KeyFile(settings.data().resolve("master.key")).readOrCreate(random)
                : KeyRing.parse(given);
    }

    private AccessLog accessLog() {
        if (settings.quiet()) {
            return new AccessLog(line -> {}, time);
        }
        LineWriter lines = kept.keep(new LineWriter(new FileOutputStream(FileDescriptor.out)));
        return new AccessLog(lines::line, time);
    }

    private void firstRun(OrgCreator creator, int port, PrintWriter out) {
        String url = url(port);
        OrgCreator.Created created =
                creator.create(
                        Settings.DEFAULT_ORG, secrets -> FirstRun.write(settings, url, secrets));
        FirstRun.announce(settings, url, created, out);
    }

    private static String url(int port) {
        return "https://localhost:" + port;
    }

    /**
     * The ports that are open.
     *
     * @param http the one without TLS; null for none
     */
    private record Ports(int https, @Nullable Integer http, int management) {}

    private void announce(Ports ports, String operatorSecret, PrintWriter out) {
        FirstRun.writePrivately(
                settings.runningFile(),
                json -> {
                    json.writeNumberProperty("port", ports.https());
                    if (ports.http() != null) {
                        json.writeNumberProperty("httpPort", ports.http());
                    }
                    json.writeNumberProperty("managementPort", ports.management());
                    json.writeNumberProperty("pid", ProcessHandle.current().pid());
                    json.writeStringProperty("baseDomain", settings.baseDomain());
                    json.writeStringProperty("operatorSecret", operatorSecret);
                    json.writeStringProperty(
                            settings.tlsCertificate() == null ? "caCertificate" : "certificate",
                            settings.trustFile().toString());
                });
        out.println(
                "Ostiary serves "
                        + url(ports.https())
                        + "  (metrics and health: http://localhost:"
                        + ports.management()
                        + ", data: "
                        + settings.data()
                        + ")");
    }

    /** Not ready once it is told to stop, so that nobody sends it more meanwhile. */
    private boolean ready() {
        Database database = serving;
        try {
            return database != null && database.acrossOrgs(tx -> OrgStore.count(tx)) >= 0;
        } catch (StoreException e) {
            LOG.log(Level.WARNING, "not ready: the database does not answer");
            return false;
        }
    }

    /** Takes the server down: ports first, the database last. Calling it again does nothing. */
    @Override
    public void close() {
        serving = null;
        kept.close();
    }
}
