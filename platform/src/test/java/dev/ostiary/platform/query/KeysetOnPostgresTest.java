package dev.ostiary.platform.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** P24 on a table that changes while it is paged. */
@ExtendWith(TestDatabase.class)
class KeysetOnPostgresTest {

    private static final int ROWS = 200;

    private TemporaryTables database;
    private final Random random = new Random(7);

    @BeforeEach
    void fill(DatabaseAccess access) throws SQLException {
        database =
                new TemporaryTables(
                        access,
                        "CREATE TEMP TABLE t (id text COLLATE \"C\" PRIMARY KEY,"
                                + " a text, n numeric, b boolean, d timestamptz, doc jsonb)");
        for (int i = 0; i < ROWS; i++) {
            insert("r%04d".formatted(i * 10));
        }
    }

    private void insert(String id) throws SQLException {
        database.run(
                "INSERT INTO t VALUES (?, ?, ?, ?, to_timestamp(?), ?::jsonb)",
                id,
                random.nextInt(4) == 0 ? null : "a" + random.nextInt(9),
                random.nextInt(4) == 0 ? null : random.nextInt(9) / 4.0,
                random.nextInt(3) == 0 ? null : random.nextBoolean(),
                random.nextInt(4) == 0 ? null : random.nextInt(5) + random.nextInt(5) / 1000.0,
                "{\"x\": "
                        + List.of("1", "2.5", "\"z\"", "null").get(random.nextInt(4))
                        + ", \"y\": \""
                        + "y".repeat(198 + random.nextInt(4))
                        + random.nextInt(3)
                        + "\"}");
    }

    @AfterEach
    void close() throws SQLException {
        database.close();
    }

    @ParameterizedTest
    @DisplayName("P24 given any sort keys, then pages forward and back are the list, in its order")
    @EnumSource(Direction.class)
    void wholeList(Direction direction) throws SQLException {
        for (List<SortKey> keys : orders(direction)) {
            Keyset keyset = Keyset.of(keys, PagingErrors.PAGING);
            List<String> all = ids(read(keyset, Sql.of("TRUE"), keyset.order(), ROWS));

            List<String> paged = new ArrayList<>();
            Optional<String> cursor = Optional.empty();
            do {
                PageRequest request = new PageRequest(7, cursor, Optional.empty());
                Page<List<String>> page = page(keyset, request);
                paged.addAll(ids(page.items()));
                cursor = page.next();
            } while (cursor.isPresent());

            assertThat(paged).as(keyset.order().text()).isEqualTo(all);
            assertThat(backwards(keyset, all.getLast())).isEqualTo(all.subList(0, ROWS - 1));
        }
    }

    private List<String> backwards(Keyset keyset, String lastId) throws SQLException {
        Sql last = Sql.of("id = ?", lastId);
        List<String> row = read(keyset, last, keyset.order(), 1).getFirst();
        List<String> paged = new ArrayList<>();
        while (true) {
            Optional<String> before = Optional.of(keyset.cursor(keys(row)));
            Page<List<String>> page = page(keyset, new PageRequest(7, Optional.empty(), before));
            if (page.items().isEmpty()) {
                return paged;
            }
            assertThat(page.next()).isPresent();
            paged.addAll(0, ids(page.items()));
            row = page.items().getFirst();
        }
    }

    @Test
    @DisplayName("P24 given rows that come and go while paging, then the others come exactly once")
    void changes() throws SQLException {
        for (List<SortKey> keys : orders(Direction.ASC)) {
            Keyset keyset = Keyset.of(keys, PagingErrors.PAGING);
            List<String> before = ids(read(keyset, Sql.of("TRUE"), keyset.order(), 10_000));
            List<String> gone = new ArrayList<>();
            List<String> seen = new ArrayList<>();
            Optional<String> cursor = Optional.empty();
            do {
                PageRequest request = new PageRequest(9, cursor, Optional.empty());
                Page<List<String>> page = page(keyset, request);
                seen.addAll(ids(page.items()));
                cursor = page.next();
                String victim = before.get(random.nextInt(before.size()));
                database.run("DELETE FROM t WHERE id = ?", victim);
                gone.add(victim);
                gone.add(seen.getLast());
                database.run("DELETE FROM t WHERE id = ?", seen.getLast());
                insert("n%08d".formatted(random.nextInt(100_000_000)));
            } while (cursor.isPresent());

            assertThat(seen).doesNotHaveDuplicates();
            List<String> throughout = new ArrayList<>(before);
            throughout.removeAll(gone);
            assertThat(seen).containsSubsequence(throughout);
        }
    }

    @Test
    @DisplayName("P25 given exactly one full page, then there is no next")
    void exactPage() {
        Keyset keyset = Keyset.byId(SortKey.id("t.id", Direction.ASC), PagingErrors.PAGING);
        assertThat(page(keyset, new PageRequest(ROWS, Optional.empty(), Optional.empty())).next())
                .isEmpty();
        assertThat(
                        page(keyset, new PageRequest(ROWS - 1, Optional.empty(), Optional.empty()))
                                .next())
                .contains("r%04d".formatted((ROWS - 2) * 10));
    }

    private static List<List<SortKey>> orders(Direction direction) {
        Documents documents = new Documents("t.doc", "t.words");
        SortKey id = SortKey.id("t.id", Direction.ASC);
        SortKey sameWay = SortKey.id("t.id", direction);
        List<Attribute> attributes =
                List.of(
                        Attribute.text("a").column("t.a"),
                        Attribute.number("n").column("t.n"),
                        Attribute.bool("b").column("t.b"),
                        Attribute.instant("d").column("t.d"),
                        documents.any("x"),
                        documents.number("x"));
        List<List<SortKey>> orders = new ArrayList<>();
        for (Attribute attribute : attributes) {
            SortValue value = attribute.rendering().sortValue();
            SortKey key = new SortKey(attribute.path(), value, direction, true);
            orders.add(List.of(key, id));
            orders.add(List.of(key, sameWay));
            orders.add(List.of(key, orders.getFirst().getFirst(), sameWay));
        }
        for (Attribute attribute : List.of(documents.text("x"), documents.text("y"))) {
            List<SortKey> keys = new ArrayList<>(Sorting.keys(attribute, direction, true));
            assertThat(keys).hasSize(2);
            keys.add(sameWay);
            orders.add(List.copyOf(keys));
        }
        SortKey always =
                SortKey.column("always", "coalesce(t.a, '')", SortValue.Type.TEXT, direction);
        orders.add(List.of(always, sameWay));
        orders.add(List.of(id));
        return orders;
    }

    private Page<List<String>> page(Keyset keyset, PageRequest request) {
        return keyset.page(
                request,
                (condition, order, atMost) -> read(keyset, condition, order, atMost),
                KeysetOnPostgresTest::keys);
    }

    private List<List<String>> read(Keyset keyset, Sql condition, Sql order, int atMost) {
        try {
            return database.rows(
                    Sql.of("SELECT t.id,")
                            .then(keyset.selection())
                            .then("FROM t WHERE")
                            .then(condition)
                            .then("ORDER BY")
                            .then(order)
                            .then("LIMIT ?", atMost));
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Optional<String>> keys(List<String> row) {
        return row.subList(1, row.size()).stream().map(Optional::ofNullable).toList();
    }

    private static List<String> ids(List<List<String>> rows) {
        return rows.stream().map(List::getFirst).toList();
    }
}
