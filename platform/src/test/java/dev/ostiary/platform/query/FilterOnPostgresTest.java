package dev.ostiary.platform.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.query.meaning.Promise;
import dev.ostiary.platform.query.meaning.RandomExpressions;
import dev.ostiary.platform.query.meaning.Trial;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The SQL of filters against what they promise to mean, expression by expression. */
@ExtendWith(TestDatabase.class)
class FilterOnPostgresTest {

    private static final int OBJECTS = 60;
    private static final int EXPRESSIONS = 200;

    private static TemporaryTables database;

    @BeforeAll
    static void open(DatabaseAccess access) throws SQLException {
        database = new TemporaryTables(access, "CREATE TEMP TABLE " + RandomSchema.TABLE);
    }

    @AfterAll
    static void close() throws SQLException {
        if (database != null) {
            database.close();
        }
    }

    @Test
    @DisplayName("P26 P27 P28 given random schemas and expressions, then SQL says what they mean")
    void randomSchemas() throws SQLException {
        hold(1, 10);
    }

    @Test
    @Tag("deep")
    @DisplayName("P26 P27 P28 given 20 000 random expressions, then SQL says what they mean")
    void manyRandomSchemas() throws SQLException {
        hold(100, 100);
    }

    private static void hold(long seed, int schemas) throws SQLException {
        Trial.Outcome all = new Trial.Outcome(0, 0, 0, List.of());
        for (int i = 0; i < schemas; i++) {
            all = all.plus(trial(new Random(seed + i)));
        }
        System.out.println("[filters on " + schemas + " random schemas] " + all);
        assertThat(all.differences()).isEmpty();
        assertThat(all.telling()).isGreaterThan(all.asked() / 3);
    }

    private static Trial.Outcome trial(Random random) throws SQLException {
        database.run("TRUNCATE s");
        RandomSchema schema = new RandomSchema(random);
        List<JsonNode> objects = new ArrayList<>();
        for (int id = 0; id < OBJECTS; id++) {
            ObjectNode object = schema.object();
            objects.add(object);
            insert(id, object);
        }
        boolean indexed = random.nextBoolean();
        SqlFilter sql =
                new SqlFilter(schema.attributes(), FilterErrors.SEARCH, false, _ -> indexed);
        Promise promise = new Promise(schema.known());
        return new Trial(promise, objects, text -> found(sql.where(text)))
                .run(new RandomExpressions(random, schema.known()), EXPRESSIONS);
    }

    private static void insert(int id, ObjectNode object) throws SQLException {
        JsonNode column = object.path("column");
        String hot = column.path("hot").asString(null);
        String folded = column.path("folded").asString(null);
        SearchDocument document = SearchDocument.of(object);
        database.run(
                "INSERT INTO s VALUES (?, ?::jsonb, ?, ?, ?, ?, ?, ?, ?)",
                id,
                document.doc(),
                document.words(),
                column.path("text").asString(null),
                folded(folded),
                column.path("number").isNumber()
                        ? new BigDecimal(column.path("number").toString())
                        : null,
                column.has("bool") ? column.path("bool").booleanValue() : null,
                column.has("instant")
                        ? Dates.parse(column.path("instant").stringValue())
                                .orElseThrow()
                                .atOffset(ZoneOffset.UTC)
                        : null,
                folded(hot));
    }

    private static @Nullable String folded(@Nullable String text) {
        return text == null ? null : CaseFold.fold(text);
    }

    private static Set<Integer> found(Sql where) {
        try {
            return database.rows(Sql.of("SELECT id FROM s WHERE").then(where)).stream()
                    .map(row -> Integer.valueOf(row.getFirst()))
                    .collect(Collectors.toSet());
        } catch (SQLException e) {
            throw new IllegalStateException("P30: " + where, e);
        }
    }

    private static final Documents DOCUMENTS = new Documents("s.doc", "s.words");

    private static final Attributes SEARCH =
            Attributes.of(
                    DOCUMENTS.text("name"),
                    DOCUMENTS.number("profile.age"),
                    DOCUMENTS.bool("open"),
                    DOCUMENTS.instant("created"));

    @Test
    @DisplayName("P30 given the widest and deepest filter, then it runs")
    void bounds() throws SQLException {
        store("name", "A");
        SqlFilter sql = new SqlFilter(SEARCH, FilterErrors.SEARCH, false);
        String wide = "name lt \"a\" or ".repeat(FilterParser.MAX_LENGTH / 15 - 1) + "name pr";
        assertThat(found(sql.where(wide))).isNotEmpty();
        String deep = "not (".repeat(32) + "name pr" + ")".repeat(32);
        assertThat(found(sql.where(deep))).isNotEmpty();
    }

    private static void store(String name, String value) throws SQLException {
        ObjectNode object = JsonNodeFactory.instance.objectNode().put(name, value);
        SearchDocument document = SearchDocument.of(object);
        database.run(
                "INSERT INTO s (id, doc, words) VALUES (-2, ?::jsonb, ?)",
                document.doc(),
                document.words());
    }

    @Test
    @DisplayName("P27 given a million-row shape, then eq, co and hot text use their indexes")
    void plans() throws SQLException {
        database.run(
                "CREATE TEMP TABLE big (org_id bigint, id int, doc jsonb, words text,"
                        + " hot text COLLATE \"C\")");
        database.run(
                "INSERT INTO big SELECT 1, n, jsonb_build_object('name', md5(n::text)),"
                        + " md5(n::text), md5(n::text) FROM generate_series(1, 20000) n");
        database.run("CREATE INDEX big_doc ON big USING gin (org_id, doc jsonb_path_ops)");
        database.run("CREATE INDEX big_words ON big USING gin (org_id, words gin_trgm_ops)");
        database.run("CREATE INDEX big_hot ON big (org_id, hot)");
        database.run("ANALYZE big");
        Attributes attributes =
                Attributes.of(
                        DOCUMENTS.text("name"),
                        DOCUMENTS.any("any"),
                        DOCUMENTS.hotText("hot", "s.hot"));

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
                "INSERT INTO s (id, doc, words) VALUES (-1, ?::jsonb, ?)",
                document.doc(),
                document.words());
        SqlFilter sql = new SqlFilter(SEARCH, FilterErrors.SEARCH, false);
        for (String text :
                List.of("profile.age gt 1", "profile.age eq 1", "open eq true", "name gt \"z\"")) {
            assertThat(found(sql.where(text))).as(text).doesNotContain(-1);
        }
    }
}
