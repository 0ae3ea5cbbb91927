package dev.ostiary.platform.store.embedded;

import dev.ostiary.platform.store.embedded.StartFailure.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL of the server's own, in its data directory: {@code postgres/} the programs, {@code
 * db/} the database, {@code database.properties} its passwords.
 *
 * <p>Guarantees: what it has committed survives the death of this process, of its own, and of the
 * machine. It listens on 127.0.0.1 only and lets nobody in without a password. When its process
 * dies, it is started again on the same port. When this process is killed it lives on, and the next
 * start takes it over.
 *
 * <p>Thread-safe.
 */
public final class EmbeddedPostgres implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final int PORTS_TO_TRY = 5;

    private final Cluster cluster;
    private final Roles roles;
    private final Supervisor supervisor;

    private EmbeddedPostgres(Cluster cluster, Roles roles, Supervisor supervisor) {
        this.cluster = cluster;
        this.roles = roles;
        this.supervisor = supervisor;
    }

    /**
     * Makes the database where there is none, and starts it or takes over the one that runs.
     * Returns when it takes connections.
     *
     * @param data stays open for as long as the database is used; it is the caller's to close after
     *     this
     * @throws StartFailure with a line for the operator
     */
    public static EmbeddedPostgres start(DataDirectory data, SecureRandom random) {
        return start(
                data,
                Binaries.in(data.resolve("postgres")),
                Settings.DURABLE,
                Starter.here(),
                random);
    }

    static EmbeddedPostgres start(
            DataDirectory data,
            Binaries binaries,
            Settings settings,
            Starter starter,
            SecureRandom random) {
        try {
            var files = data.resolve("db");
            Account account = Account.forDatabase(data, files, binaries);
            long memory = new Memory(Path.of("/")).megabytes().orElse(0);
            Cluster cluster =
                    new Cluster(data, files, binaries, account, settings, memory, starter);
            Credentials credentials = Credentials.in(data, cluster.exists(), random);
            if (!cluster.exists()) {
                LOG.debug("making the database in {}", files);
                cluster.create(credentials);
            }
            cluster.checkVersion();
            Optional<Postmaster> running = takeOver(cluster, credentials);
            Postmaster postmaster =
                    running.isPresent() ? running.get() : launch(cluster, new Ports(random));
            Roles roles = Roles.on(postmaster.port(), credentials);
            roles.ensure();
            return new EmbeddedPostgres(cluster, roles, Supervisor.of(cluster, postmaster));
        } catch (IOException | SQLException e) {
            throw StartFailure.of("the database does not start", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure(Reason.OTHER, "interrupted while starting the database", e);
        }
    }

    /** How to connect. */
    public DatabaseAccess access() {
        return roles.access();
    }

    /** The process id of the database, which changes when it had to be started again. */
    public long pid() {
        return supervisor.current().pid();
    }

    /** Stops the database: open transactions are rolled back, everything is written. */
    @Override
    public void close() {
        try {
            supervisor.stop();
        } catch (IOException e) {
            throw StartFailure.of("the database cannot be stopped", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure(Reason.OTHER, "interrupted while stopping the database", e);
        }
    }

    /** Leaves the database running and forgets it, as a kill of this process would. */
    void abandon() {
        supervisor.abandon();
    }

    Roles roles() {
        return roles;
    }

    Cluster cluster() {
        return cluster;
    }

    private static Optional<Postmaster> takeOver(Cluster cluster, Credentials credentials)
            throws IOException, InterruptedException {
        Optional<Postmaster> found = Postmaster.leftBehind(cluster);
        if (found.isEmpty()) {
            return found;
        }
        Postmaster postmaster = found.get();
        boolean fits =
                cluster.isConfigured(postmaster.port())
                        && postmaster.runs(cluster.binaries())
                        && Roles.on(postmaster.port(), credentials).serves(cluster);
        if (fits) {
            LOG.info("taking over the database process {} of an earlier server", postmaster.pid());
            return found;
        }
        LOG.info("stopping the database process {} of an earlier server", postmaster.pid());
        postmaster.stop();
        return Optional.empty();
    }

    private static Postmaster launch(Cluster cluster, Ports ports)
            throws IOException, InterruptedException {
        for (int left = PORTS_TO_TRY; ; left--) {
            int port = ports.choose(cluster.files());
            cluster.configure(port);
            try {
                return Postmaster.start(cluster, port);
            } catch (StartFailure e) {
                if (e.reason() != Reason.PORT_TAKEN || left == 0) {
                    throw e;
                }
            }
        }
    }
}
