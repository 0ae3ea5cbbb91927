package dev.ostiary.platform.store;

import dev.ostiary.platform.store.embedded.DatabaseAccess;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A migrated database with ways in, for tests that need the store itself. */
public final class TestStore implements AutoCloseable {

    private final ConnectionFacts facts;
    private final Database database;

    private TestStore(ConnectionFacts facts, int poolSize) {
        this.facts = facts;
        new Migrations(facts, TestStore.class.getClassLoader(), InstantSource.system()).run();
        this.database =
                new Database(
                        facts,
                        new DatabaseSettings(
                                poolSize, Duration.ofSeconds(20), Duration.ofSeconds(60)),
                        InstantSource.system(),
                        org -> Instant.now(),
                        new SecureRandom());
    }

    public static TestStore on(DatabaseAccess access) {
        return on(access, 24);
    }

    /** With a pool of this size: 1 makes every call use the same connection. */
    public static TestStore on(DatabaseAccess access, int poolSize) {
        return new TestStore(facts(access), poolSize);
    }

    static TestStore with(ConnectionFacts facts, int poolSize) {
        return new TestStore(facts, poolSize);
    }

    public static ConnectionFacts facts(DatabaseAccess access) {
        return new ConnectionFacts(
                access.jdbcUrl(),
                access.owner().user(),
                access.owner().password(),
                access.app().user(),
                access.app().password());
    }

    public Database database() {
        return database;
    }

    public ConnectionFacts facts() {
        return facts;
    }

    /** Makes a table as a migration would. */
    public void asOwner(String... statements) {
        new SchemaOwner(facts)
                .connected(
                        connection -> {
                            for (String statement : statements) {
                                SchemaOwner.execute(connection, statement);
                            }
                        });
    }

    /** A connection of the application's role, outside of the pool. */
    Connection rawConnection() throws SQLException {
        return SchemaOwner.open(facts.jdbcUrl(), facts.appUser(), facts.appPassword());
    }

    @Override
    public void close() {
        database.close();
    }
}
