package dev.ostiary.server;

import dev.ostiary.platform.org.OrgClock;
import dev.ostiary.platform.store.ConnectionFacts;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.DatabaseSettings;
import dev.ostiary.platform.store.LogPartitions;
import dev.ostiary.platform.store.Migrations;
import dev.ostiary.platform.store.SchemaOwner;
import dev.ostiary.platform.store.embedded.DataDirectory;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.EmbeddedPostgres;
import dev.ostiary.server.cli.ExitCode;
import dev.ostiary.server.cli.Failure;
import dev.ostiary.server.cli.Settings;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * Chooses between the embedded PostgreSQL and the operator's own, and brings it to the program's
 * version.
 */
final class Databases {

    private Databases() {}

    /**
     * A database at the program's version.
     *
     * @param owner makes and changes tables
     * @param partitions the care for the log's partitions, which takes the owner's rights
     */
    record Opened(Database database, SchemaOwner owner, LogPartitions partitions) {}

    /**
     * @param keep takes what must be closed after the database
     */
    static Opened open(
            Settings settings,
            DataDirectory data,
            InstantSource time,
            SecureRandom random,
            Consumer<AutoCloseable> keep) {
        ConnectionFacts facts = facts(settings, data, random, keep);
        new Migrations(facts, Databases.class.getClassLoader(), time).run();
        SchemaOwner owner = new SchemaOwner(facts);
        return new Opened(
                new Database(
                        facts,
                        DatabaseSettings.defaults(),
                        time,
                        org -> new OrgClock(time).now(),
                        random),
                owner,
                new LogPartitions(owner, time));
    }

    private static ConnectionFacts facts(
            Settings settings,
            DataDirectory data,
            SecureRandom random,
            Consumer<AutoCloseable> keep) {
        String url = settings.databaseUrl();
        if (url != null) {
            try {
                return ConnectionFacts.ofUrl(url);
            } catch (IllegalArgumentException e) {
                throw new Failure(ExitCode.USAGE, "--db: " + e.getMessage());
            }
        }
        EmbeddedPostgres postgres = EmbeddedPostgres.start(data, random);
        keep.accept(postgres);
        DatabaseAccess access = postgres.access();
        return new ConnectionFacts(
                access.jdbcUrl(),
                access.owner().user(),
                access.owner().password(),
                access.app().user(),
                access.app().password());
    }
}
