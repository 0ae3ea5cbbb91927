package dev.ostiary.platform.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MigrationsTest {

    private final ConnectionFacts facts;

    MigrationsTest(DatabaseAccess access) {
        facts = TestStore.facts(access);
    }

    @BeforeAll
    void severalNodesStartAtOnceOnAnEmptyDatabase() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> nodes = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                nodes.add(threads.submit(() -> migrations(facts).run()));
            }
            for (Future<?> node : nodes) {
                node.get();
            }
        }
    }

    @Test
    @DisplayName("nodes that start at once on an empty database migrate it once")
    void migratedOnce() throws SQLException {
        PackedMigrations packed = PackedMigrations.find(getClass().getClassLoader());
        assertThat(packed.versions()).isNotEmpty().isSorted();
        assertThat(asApp("SELECT version FROM flyway_schema_history WHERE version IS NOT NULL"))
                .containsExactlyElementsOf(
                        packed.versions().stream().map(String::valueOf).toList());
    }

    @Test
    @DisplayName("a database of this version is left alone")
    void secondStart() throws SQLException {
        List<String> before = asApp("SELECT relfilenode::text FROM pg_class ORDER BY oid");
        migrations(facts).run();
        assertThat(asApp("SELECT relfilenode::text FROM pg_class ORDER BY oid")).isEqualTo(before);
    }

    @Test
    @DisplayName("a database of a newer version is refused, and says which versions those are")
    void tooNew() {
        PackedMigrations older = new PackedMigrations(List.of(1));
        LogPartitions partitions =
                new LogPartitions(new SchemaOwner(facts), InstantSource.system());
        int newest = PackedMigrations.find(getClass().getClassLoader()).newest();
        assertThatThrownBy(() -> new Migrations(facts, older, partitions).run())
                .isInstanceOf(DatabaseTooNew.class)
                .hasMessageContaining("version " + newest)
                .hasMessageContaining("up to 1");
    }

    @Test
    @DisplayName("a database whose migrations were others is refused, and says which")
    void differs() {
        List<Integer> further =
                new ArrayList<>(PackedMigrations.find(getClass().getClassLoader()).versions());
        further.add(100_000);
        SchemaOwner owner = new SchemaOwner(facts);
        LogPartitions partitions = new LogPartitions(owner, InstantSource.system());
        Migrations migrations = new Migrations(facts, new PackedMigrations(further), partitions);
        String history = "UPDATE flyway_schema_history SET checksum = checksum ";
        owner.connected(
                connection -> SchemaOwner.execute(connection, history + "+ 1 WHERE version = '2'"));
        try {
            assertThatThrownBy(migrations::run)
                    .isInstanceOf(DatabaseDiffers.class)
                    .hasMessage(
                            "the database was made by another build of this program:"
                                    + " Migration checksum mismatch for migration version 2");
        } finally {
            owner.connected(
                    connection ->
                            SchemaOwner.execute(connection, history + "- 1 WHERE version = '2'"));
        }
    }

    @Test
    @DisplayName("the application may change rows, but no tables")
    void applicationRole() {
        assertThatThrownBy(() -> asApp("CREATE TABLE mine (id int)"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> asApp("DROP TABLE document"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("must be owner");
        assertThatThrownBy(() -> asApp("ALTER TABLE document DISABLE ROW LEVEL SECURITY"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("must be owner");
    }

    @Test
    @DisplayName("one role may be both owner and application, and the wall stands for it")
    void oneRole() {
        ConnectionFacts one =
                new ConnectionFacts(
                        facts.jdbcUrl(),
                        facts.ownerUser(),
                        facts.ownerPassword(),
                        facts.ownerUser(),
                        facts.ownerPassword());
        migrations(one).run();
        try (TestStore store = TestStore.with(one, 1)) {
            Documents documents = new Documents("test");
            java.time.Instant now = java.time.Instant.EPOCH;
            store.database()
                    .write(
                            1,
                            tx -> {
                                documents.insert(tx, "id", new Json("{}"), now);
                                return true;
                            });
            List<String> seen =
                    store.database()
                            .read(
                                    2,
                                    reader ->
                                            reader.list(
                                                    Sql.of("SELECT id FROM document"),
                                                    row -> row.text(1)));
            assertThat(seen).isEmpty();
        }
    }

    private List<String> asApp(String statement) throws SQLException {
        try (Connection connection =
                SchemaOwner.open(facts.jdbcUrl(), facts.appUser(), facts.appPassword())) {
            return Statements.query(connection, Sql.of(statement), row -> row.text(1), false);
        }
    }

    private static Migrations migrations(ConnectionFacts facts) {
        return new Migrations(facts, MigrationsTest.class.getClassLoader(), InstantSource.system());
    }
}
