package dev.ostiary.platform.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The SQL of filters against plain Java over the same objects, expression by expression. */
@ExtendWith(TestDatabase.class)
class FilterOnPostgresTest {

    private static final int OBJECTS = 120;
    private static final int FILTERS = 1_500;

    private static final Documents DOCUMENTS = new Documents("s.doc", "s.words");

    private static final Map<String, Kind> SEARCHED = new LinkedHashMap<>();
    private static final Map<String, Kind> COLUMNS = new LinkedHashMap<>();

    private static final Attributes SEARCH =
            Attributes.of(
                    DOCUMENTS.text("name"),
                    DOCUMENTS.hotText("profile.hot", "s.hot"),
                    DOCUMENTS.number("profile.age"),
                    DOCUMENTS.bool("open"),
                    DOCUMENTS.instant("created"),
                    DOCUMENTS.any("profile.any"),
                    DOCUMENTS.node("profile"),
                    DOCUMENTS.placed("target.id", Kind.ANY, "target[].id", true));

    private static final Attributes FILTER =
            Attributes.of(
                    Attribute.text("name").column("c.name"),
                    Attribute.number("age").column("c.age"),
                    Attribute.bool("open").column("c.open"),
                    Attribute.instant("created").column("c.created"));

    private static TemporaryTables database;
    private static final List<JsonNode> SEARCH_OBJECTS = new ArrayList<>();
    private static final List<JsonNode> COLUMN_OBJECTS = new ArrayList<>();

    @BeforeAll
    static void fill(DatabaseAccess access) throws SQLException {
        SEARCHED.put("name", Kind.TEXT);
        SEARCHED.put("profile.hot", Kind.TEXT);
        SEARCHED.put("profile.age", Kind.NUMBER);
        SEARCHED.put("open", Kind.BOOLEAN);
        SEARCHED.put("created", Kind.INSTANT);
        SEARCHED.put("profile.any", Kind.ANY);
        COLUMNS.put("name", Kind.TEXT);
        COLUMNS.put("age", Kind.NUMBER);
        COLUMNS.put("open", Kind.BOOLEAN);
        COLUMNS.put("created", Kind.INSTANT);
        database =
                new TemporaryTables(
                        access,
                        "CREATE TEMP TABLE s (org_id bigint, id int, doc jsonb, words text,"
                                + " hot text COLLATE \"C\")",
                        "CREATE TEMP TABLE c (id int, name text COLLATE \"C\", age numeric,"
                                + " open boolean, created timestamptz)");
        RandomFilters random = new RandomFilters(1);
        for (int i = 0; i < OBJECTS; i++) {
            insertDocument(i, withTargets(random, random.object(SEARCHED, true)));
            insertRow(i, random.object(COLUMNS, false));
        }
        SEARCHED.put("profile", Kind.NODE);
        SEARCHED.put("target.id", Kind.ANY);
    }

    /** An array of objects beside the other attributes, as the log has its targets. */
    private static ObjectNode withTargets(RandomFilters random, ObjectNode object) {
        var targets = object.putArray("target");
        for (int i = 0; i < 2; i++) {
            targets.add(random.object(Map.of("id", Kind.ANY), true));
        }
        return object;
    }

    private static void insertDocument(int id, ObjectNode object) throws SQLException {
        SEARCH_OBJECTS.add(object);
        SearchDocument document = SearchDocument.of(object);
        String hot = object.path("profile").path("hot").asString(null);
        database.run(
                "INSERT INTO s VALUES (1, ?, ?::jsonb, ?, ?)",
                id,
                document.doc(),
                document.words(),
                hot == null ? null : CaseFold.fold(hot));
    }

    private static void insertRow(int id, ObjectNode object) throws SQLException {
        COLUMN_OBJECTS.add(object);
        database.run(
                "INSERT INTO c VALUES (?, ?, ?, ?, ?)",
                id,
                object.has("name") ? object.get("name").stringValue() : null,
                object.has("age") ? new BigDecimal(object.get("age").toString()) : null,
                object.has("open") ? object.get("open").booleanValue() : null,
                object.has("created")
                        ? OffsetDateTime.parse(object.get("created").stringValue())
                        : null);
    }

    @AfterAll
    static void close() throws SQLException {
        if (database != null) {
            database.close();
        }
    }

    @ParameterizedTest
    @DisplayName("P27 given random filters, then documents answer as plain Java does")
    @ValueSource(longs = {1, 2, 3})
    void documents(long seed) throws SQLException {
        compare(seed, SEARCHED, SEARCH, "s", SEARCH_OBJECTS, true);
    }

    @ParameterizedTest
    @DisplayName("P27 given random filters, then columns answer as plain Java does")
    @ValueSource(longs = {4, 5})
    void columns(long seed) throws SQLException {
        compare(seed, COLUMNS, FILTER, "c", COLUMN_OBJECTS, false);
    }

    private static void compare(
            long seed,
            Map<String, Kind> kinds,
            Attributes attributes,
            String table,
            List<JsonNode> objects,
            boolean folds)
            throws SQLException {
        RandomFilters random = new RandomFilters(seed);
        SqlFilter sql = new SqlFilter(attributes, FilterErrors.SEARCH, false);
        Evaluator evaluator = new Evaluator(folds, path -> path.equals("created"));
        for (int i = 0; i < FILTERS; i++) {
            String text = random.filter(kinds, 3);
            Filter filter = FilterParser.parse(text, FilterErrors.SEARCH);
            List<Integer> expected =
                    IntStream.range(0, objects.size())
                            .filter(id -> evaluator.matches(filter, objects.get(id)))
                            .boxed()
                            .toList();
            assertThat(found(table, sql.where(text))).as(text).isEqualTo(expected);
        }
    }

    private static List<Integer> found(String table, Sql where) throws SQLException {
        Sql query = Sql.of("SELECT id FROM " + table + " WHERE").then(where).then("ORDER BY id");
        return database.rows(query).stream().map(row -> Integer.valueOf(row.getFirst())).toList();
    }

    @Test
    @DisplayName("P30 given the widest and deepest filter, then it runs")
    void bounds() throws SQLException {
        SqlFilter sql = new SqlFilter(SEARCH, FilterErrors.SEARCH, false);
        String wide = "name lt \"a\" or ".repeat(FilterParser.MAX_LENGTH / 15 - 1) + "name pr";
        assertThat(found("s", sql.where(wide))).isNotEmpty();
        String deep = "not (".repeat(32) + "name pr" + ")".repeat(32);
        assertThat(found("s", sql.where(deep))).isNotEmpty();
    }

    @Test
    @DisplayName("P27 given a million-row shape, then eq, co and hot text use their indexes")
    void plans() throws SQLException {
        database.run("CREATE TEMP TABLE big (LIKE s)");
        database.run(
                "INSERT INTO big SELECT 1, n, jsonb_build_object('name', md5(n::text)),"
                        + " md5(n::text), md5(n::text) FROM generate_series(1, 20000) n");
        database.run("CREATE INDEX big_doc ON big USING gin (org_id, doc jsonb_path_ops)");
        database.run("CREATE INDEX big_words ON big USING gin (org_id, words gin_trgm_ops)");
        database.run("CREATE INDEX big_hot ON big (org_id, hot)");
        database.run("ANALYZE big");
        Documents documents = new Documents("s.doc", "s.words");
        Attributes attributes =
                Attributes.of(
                        documents.text("name"),
                        documents.any("any"),
                        documents.hotText("hot", "s.hot"));

        assertThat(plan(attributes, "name eq \"c4ca42\"")).contains("big_doc");
        assertThat(plan(attributes, "any eq \"c4ca42\"")).contains("BitmapOr", "big_doc");
        assertThat(plan(attributes, "name co \"c4ca42\"")).contains("big_words");
        assertThat(plan(attributes, "any sw \"c4ca42\"")).contains("big_words");
        assertThat(plan(attributes, "hot ew \"c4ca42\"")).contains("big_words");
        assertThat(plan(attributes, "hot sw \"c4\"")).contains("big_hot").contains("Index Cond");
        assertThat(plan(attributes, "hot lt \"01\"")).contains("big_hot");
        assertThat(plan(attributes, "hot eq \"01\"")).contains("big_hot");
    }

    private static String plan(Attributes attributes, String text) throws SQLException {
        Sql where = new SqlFilter(attributes, FilterErrors.SEARCH, false).where(text);
        return database.rows(
                        Sql.of("EXPLAIN SELECT id FROM big s WHERE s.org_id = 1 AND").then(where))
                .toString();
    }

    @Test
    @DisplayName("P27 given wrong types in a document, then no comparison errs")
    void wrongTypes() throws SQLException {
        ObjectNode odd = JsonNodeFactory.instance.objectNode();
        odd.put("name", 5).put("created", true).put("open", "yes");
        odd.withObjectProperty("profile").put("age", "forty").put("hot", "x");
        SearchDocument document = SearchDocument.of(odd);
        database.run(
                "INSERT INTO s VALUES (2, -1, ?::jsonb, ?, NULL)",
                document.doc(),
                document.words());
        SqlFilter sql = new SqlFilter(SEARCH, FilterErrors.SEARCH, false);
        for (String text :
                List.of("profile.age gt 1", "profile.age eq 1", "open eq true", "name gt \"z\"")) {
            assertThat(found("s", sql.where(text))).as(text).doesNotContain(-1);
        }
        database.run("DELETE FROM s WHERE id = -1");
    }
}
