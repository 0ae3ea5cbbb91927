package dev.ostiary.platform.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The statements here leave out the org on purpose: the wall must stand without their help. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WallTest {

    private static final Sql ALL = Sql.of("SELECT id FROM secret ORDER BY id");

    private final TestStore store;
    private final Database database;

    WallTest(DatabaseAccess access) {
        store = TestStore.on(access, 1);
        database = store.database();
    }

    @BeforeAll
    void rows() {
        store.asOwner(
                "CREATE TABLE secret (org_id bigint, id text, PRIMARY KEY (org_id, id))",
                "SELECT ostiary_wall('secret')");
        for (long org : new long[] {1, 2}) {
            database.write(org, tx -> tx.run(insert(org, "of" + org)));
        }
    }

    @AfterAll
    void close() {
        store.close();
    }

    @Test
    @DisplayName("P40 an org's connection sees its own rows only, whatever org it served before")
    void seesOwnRows() {
        for (int i = 0; i < 3; i++) {
            assertThat(seen(1)).containsExactly("of1");
            assertThat(seen(2)).containsExactly("of2");
        }
        assertThat(seen(3)).isEmpty();
    }

    @Test
    @DisplayName("P40 another org's rows can be neither written, changed nor deleted")
    void writesOwnRows() {
        assertThatThrownBy(() -> database.write(1, tx -> tx.run(insert(2, "smuggled"))))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("row-level security");
        int changed = database.write(1, tx -> tx.run(Sql.of("UPDATE secret SET id = id || '!'")));
        assertThat(changed).isOne();
        assertThat(seen(2)).containsExactly("of2");
        int back = database.write(1, tx -> tx.run(Sql.of("UPDATE secret SET id = 'of1'")));
        assertThat(back).isOne();
    }

    @Test
    @DisplayName("P40 a rollback does not bring a connection back into its former org")
    void rollbackKeepsOrg() {
        assertThat(seen(1)).containsExactly("of1");
        assertThatThrownBy(
                        () ->
                                database.write(
                                        2,
                                        tx -> {
                                            tx.run(insert(2, "undone"));
                                            throw new IllegalStateException("undo");
                                        }))
                .hasMessage("undo");
        assertThat(seen(2)).containsExactly("of2");
        assertThat(seen(1)).containsExactly("of1");
    }

    @Test
    @DisplayName("maintenance sees all orgs, and the next user of its connection does not")
    void acrossOrgs() {
        List<String> all = database.acrossOrgs(tx -> tx.list(ALL, row -> row.text(1)));
        assertThat(all).containsExactly("of1", "of2");
        assertThat(seen(1)).containsExactly("of1");
    }

    @Test
    @DisplayName("an event cannot be emitted without an org")
    void eventsHaveAnOrg() {
        assertThatThrownBy(
                        () ->
                                database.acrossOrgs(
                                        tx -> {
                                            tx.emit(new TestEntry("test.nowhere"));
                                            return true;
                                        }))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    @DisplayName(
            "P38 P40 without the wall a transaction tells another org's log, with it none does")
    void otherLogs() {
        database.writeWithoutWall(
                1,
                tx -> {
                    tx.emit(new TestEntry("test.here"));
                    tx.emit(2, new TestEntry("test.there"));
                    return tx.run(insert(1, "with its events"));
                });
        assertThat(logged(1)).containsExactly("test.here");
        assertThat(logged(2)).containsExactly("test.there");
        database.write(1, tx -> tx.run(Sql.of("DELETE FROM secret WHERE id <> 'of1'")));

        assertThatThrownBy(
                        () ->
                                database.write(
                                        1,
                                        tx -> {
                                            tx.emit(2, new TestEntry("test.smuggled"));
                                            return true;
                                        }))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("row-level security");
        assertThat(logged(2)).containsExactly("test.there");
    }

    private List<String> logged(long org) {
        return database.read(
                org,
                reader ->
                        reader.list(
                                Sql.of("SELECT event_type FROM system_log"), row -> row.text(1)));
    }

    @Test
    @DisplayName("the numbers that mean no org are refused")
    void refusesNoOrg() {
        assertThatThrownBy(() -> seen(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> seen(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("P40 a connection that never said its org gets an error, not an empty answer")
    void unsaidOrgIsAnError() throws SQLException {
        try (Connection raw = store.rawConnection();
                Statement statement = raw.createStatement()) {
            assertThatThrownBy(() -> statement.executeQuery(ALL.text()))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("ostiary.org");
        }
    }

    @Test
    @DisplayName("P40 every table with an org has the wall, the log's partitions too")
    void everyTableIsWalled() {
        List<String> open =
                database.acrossOrgs(
                        tx ->
                                tx.list(
                                        Sql.of(
                                                """
                                                SELECT c.relname FROM pg_class c
                                                JOIN pg_attribute a ON a.attrelid = c.oid
                                                WHERE a.attname = 'org_id' AND c.relkind IN ('r', 'p')
                                                  AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
                                                """),
                                        row -> row.text(1)));
        assertThat(open).isEmpty();
    }

    private List<String> seen(long org) {
        return database.read(org, reader -> reader.list(ALL, row -> row.text(1)));
    }

    private static Sql insert(long org, String id) {
        return Sql.of("INSERT INTO secret VALUES (?, ?)", org, id);
    }
}
