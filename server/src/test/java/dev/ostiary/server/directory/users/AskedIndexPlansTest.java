package dev.ostiary.server.directory.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.query.Attribute;
import dev.ostiary.platform.query.Attributes;
import dev.ostiary.platform.query.Direction;
import dev.ostiary.platform.query.DocumentIndex;
import dev.ostiary.platform.query.DocumentIndex.Shape;
import dev.ostiary.platform.query.Documents;
import dev.ostiary.platform.query.FilterErrors;
import dev.ostiary.platform.query.FilterParser;
import dev.ostiary.platform.query.OnDemand;
import dev.ostiary.platform.query.Page;
import dev.ostiary.platform.query.PageRequest;
import dev.ostiary.platform.query.SortKey;
import dev.ostiary.platform.query.Sorting;
import dev.ostiary.platform.query.SqlFilter;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.server.directory.schemas.SchemaSet;
import dev.ostiary.server.directory.schemas.Shares;
import dev.ostiary.server.directory.searchindexes.AskedIndexes;
import dev.ostiary.server.directory.searchindexes.SearchTable;
import dev.ostiary.server.fixture.Explaining;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Indexes that searches ask for: that they come, are taken, find the same, and go. */
@ExtendWith(TestDatabase.class)
class AskedIndexPlansTest {

    private static final int USERS = 4_000;
    private static final int LARGE = 1_000;
    private static final String INDEX = "user_search_asked_";

    /** What an index gives in its order is not put in it again. */
    private static final String SORTED = "Sort Key";

    private static final Documents DOCUMENTS = new Documents("s.doc", "s.words");

    private static final Attributes ATTRIBUTES =
            Attributes.of(
                    DOCUMENTS.number("profile.badge"),
                    DOCUMENTS.text("profile.hired"),
                    DOCUMENTS.instant("profile.joined"),
                    DOCUMENTS.text("profile.team"),
                    DOCUMENTS.text("profile.department"),
                    DOCUMENTS.text("profile.rare"),
                    DOCUMENTS.texts("profile.tags"),
                    DOCUMENTS.numbers("profile.levels"));

    private static final DocumentIndex BADGES = new DocumentIndex("profile.badge", Shape.NUMBERS);

    private static UserGround ground;
    private AskedIndexes indexes;

    @BeforeAll
    static void fill(DatabaseAccess access) {
        ground = new UserGround(access);
        insert(ground.org, 0, USERS);
        insert(ground.other, 0, LARGE / 2);
        ground.asOwner("SET ostiary.org = '0'", "VACUUM ANALYZE users, user_search");
    }

    @AfterAll
    static void end() {
        ground.close();
    }

    @BeforeEach
    void begin() {
        indexes = indexes();
    }

    @AfterEach
    void forgetAll() {
        ground.asOwner("DELETE FROM search_index");
        indexes.bringAbout();
        assertThat(names()).isEmpty();
        assertThat(statistics()).isEmpty();
        indexes.close();
    }

    private static AskedIndexes indexes() {
        return new AskedIndexes(
                SearchTable.USERS, ground.database, ground.schemaOwner(), ground::now, LARGE);
    }

    private static void insert(Org org, int from, int to) {
        UserStore store = new UserStore();
        for (int start = from; start < to; start += 50) {
            int first = start;
            ground.database.write(
                    org.number(),
                    tx -> {
                        for (int i = first; i < Math.min(first + 50, to); i++) {
                            store.insert(tx, org, user(i), Secrets.NONE);
                        }
                        return first;
                    });
        }
    }

    private static User user(int i) {
        Instant created = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(i);
        String login = "user%d@example.com".formatted(i);
        return new User(
                "00u%014d1d7".formatted((i * 7919L) % 100_003),
                1,
                UserStatus.ACTIVE,
                created,
                created,
                created,
                null,
                created,
                null,
                null,
                null,
                new Profile(
                        """
                        {"login":"%s","email":"%s","firstName":"F","lastName":"L%d",%s%s"tags":%s,
                        "hired":"%s","joined":"%s","department":"%s","badge":%d,"levels":[%d,"x",%d]}"""
                                .formatted(
                                        login,
                                        login,
                                        i,
                                        i % 500 == 7
                                                ? ""
                                                : "\"team\":\"Team %d\",".formatted(i % 9),
                                        i % 400 == 9 ? "\"rare\":\"x\"," : "",
                                        i % 300 == 11 ? "[\"\"]" : "[\"a\",\"%d\"]".formatted(i),
                                        created,
                                        created,
                                        i % 5 == 0 ? "x".repeat(5_000) + i : "D" + i,
                                        i,
                                        -i,
                                        i)),
                false,
                null,
                Provider.OKTA);
    }

    private static Sql condition(String search) {
        return new SqlFilter(ATTRIBUTES, FilterErrors.SEARCH, false).where(search);
    }

    private Sql condition(Org org, String search) {
        return new SqlFilter(
                        ATTRIBUTES, FilterErrors.SEARCH, false, index -> indexes.has(org, index))
                .where(search);
    }

    private static OnDemand uses(String search) {
        return OnDemand.of(FilterParser.parse(search, FilterErrors.SEARCH), ATTRIBUTES);
    }

    private List<SortKey> order(Org org, String search) {
        return uses(search)
                .range()
                .filter(range -> indexes.has(org, range.rendering().orderIndex().orElseThrow()))
                .map(range -> Sorting.keys(range, Direction.ASC, false))
                .orElse(List.of());
    }

    private static List<SortKey> by(String attribute, Direction direction) {
        return Sorting.keys(ATTRIBUTES.find(attribute).orElseThrow(), direction, true);
    }

    private static Page<User> read(
            Reader reader, Sql condition, List<SortKey> order, @Nullable String after, int limit) {
        return read(reader, SearchedUsers.now(reader.org()), condition, order, after, limit);
    }

    private static Page<User> read(
            Reader reader,
            SearchedUsers users,
            Sql condition,
            List<SortKey> order,
            @Nullable String after,
            int limit) {
        return new UserSearchStore()
                .found(
                        reader,
                        users,
                        condition,
                        order,
                        new PageRequest(limit, Optional.ofNullable(after), Optional.empty()));
    }

    private String plan(Org org, String search) {
        return Explaining.plan(
                ground.database,
                org.number(),
                reader -> read(reader, condition(org, search), order(org, search), null, 20));
    }

    @Test
    @DisplayName("Where nearly all users are of one org, it is not asked of the GIN indexes")
    void orgOfMost() {
        // what other tests wrote may wait in the list before a GIN index, which makes it dear
        ground.asOwner("SET ostiary.org = '0'", "VACUUM ANALYZE user_search");
        indexes.bringAbout();
        Sql rare = condition("profile.rare eq \"x\"");

        assertThat(indexes.isMostOfAll(ground.org)).isTrue();
        assertThat(indexes.isMostOfAll(ground.other)).isFalse();
        assertThat(planOf(SearchedUsers.now(ground.org.number()), rare))
                .containsPattern("Index Cond: \\(\\(org_id = .*doc @>");
        assertThat(planOf(searchedOfMost(), rare))
                .contains("Bitmap Index Scan on user_search_doc")
                .doesNotContainPattern("Index Cond: \\(\\(org_id = .*doc @>");
        assertThat(idsOf(searchedOfMost(), rare))
                .hasSize(10)
                .isEqualTo(idsOf(SearchedUsers.now(ground.org.number()), rare));
    }

    private SearchedUsers searchedOfMost() {
        return SearchedUsers.now(ground.org.number(), indexes.number(ground.org));
    }

    private static String planOf(SearchedUsers users, Sql condition) {
        return Explaining.plan(
                ground.database,
                ground.org.number(),
                reader -> firstPage(reader, users, condition));
    }

    private static List<String> idsOf(SearchedUsers users, Sql condition) {
        return ground.database.read(
                ground.org.number(),
                reader ->
                        firstPage(reader, users, condition).items().stream()
                                .map(User::id)
                                .toList());
    }

    private static Page<User> firstPage(Reader reader, SearchedUsers users, Sql condition) {
        return new UserSearchStore()
                .found(
                        reader,
                        users,
                        condition,
                        List.of(),
                        new PageRequest(20, Optional.empty(), Optional.empty()));
    }

    /** All that a search finds, page by page. */
    private List<String> found(Org org, Sql condition, List<SortKey> order, int limit) {
        return ground.database.read(
                org.number(),
                reader -> {
                    List<String> ids = new ArrayList<>();
                    String after = null;
                    do {
                        Page<User> page = read(reader, condition, order, after, limit);
                        page.items().forEach(user -> ids.add(user.id()));
                        after = page.next().orElse(null);
                    } while (after != null);
                    return ids;
                });
    }

    private void ask(Org org, String search) {
        indexes.want(org, uses(search).indexes());
        indexes.bringAbout();
    }

    private static final List<String> SEARCHES =
            List.of(
                    "profile.badge gt 3989",
                    "profile.badge ge 100 and profile.badge lt 131",
                    "profile.badge lt 20 and profile.team pr",
                    "profile.hired le \"2026-01-01T00:00:30Z\"",
                    "profile.joined lt \"2026-01-01T00:00:30.0005Z\"",
                    "profile.department ge \"d3995\" and profile.department lt \"d3998\"",
                    "profile.department gt \"" + "x".repeat(5_000) + "39\"",
                    "not (profile.team pr)",
                    "not (profile.tags pr)",
                    "profile.rare pr");

    @Test
    @DisplayName("given a search of a large org, then it takes the index that it asked for")
    void taken() {
        Map<String, List<String>> before = new LinkedHashMap<>();
        for (String search : SEARCHES) {
            before.put(search, found(ground.org, condition(search), List.of(), 200));
            assertThat(before.get(search)).as(search).isNotEmpty();
            assertThat(plan(ground.org, search)).doesNotContain(INDEX);
        }
        SEARCHES.forEach(search -> ask(ground.org, search));
        for (String search : SEARCHES) {
            assertThat(found(ground.org, condition(search), order(ground.org, search), 7))
                    .as(search)
                    .containsExactlyInAnyOrderElementsOf(before.get(search));
            if (!search.contains("xxx")) {
                assertThat(plan(ground.org, search)).contains(INDEX).doesNotContain("Seq Scan");
            }
        }
    }

    /** A plan that is kept was made without values: so it is whatever they are. */
    @Test
    @DisplayName("given a range in its own order, then a plan without its values takes the index")
    void keptPlans() {
        List<String> ranges =
                List.of(
                        "profile.badge gt 3989",
                        "profile.badge ge 100 and profile.badge lt 131",
                        "profile.badge lt 20",
                        "profile.hired le \"2026-01-01T00:00:30Z\"",
                        "profile.joined gt \"2026-01-01T00:00:30.0005Z\"",
                        "profile.department ge \"d3995\" and profile.department lt \"d3998\"",
                        "profile.department gt \"" + "x".repeat(5_000) + "39\"");
        ranges.forEach(search -> ask(ground.org, search));
        SearchedUsers users =
                SearchedUsers.nowByOwnIndex(ground.org.number(), indexes.number(ground.org));
        for (String search : ranges) {
            Sql condition = condition(ground.org, search);
            List<SortKey> order = order(ground.org, search);
            assertThat(order).as(search).isNotEmpty();
            assertThat(
                            Explaining.genericPlan(
                                    ground.database,
                                    ground.org.number(),
                                    reader -> read(reader, users, condition, order, null, 20)))
                    .as(search)
                    .contains(INDEX, "Index Cond")
                    .doesNotContain("Seq Scan", "Bitmap");
        }
    }

    @Test
    @DisplayName("given half of a large org, then a page is read off the index, and no more")
    void pages() {
        ask(ground.org, "profile.badge gt 1");
        assertThat(plan(ground.org, "profile.badge gt 1900"))
                .contains(INDEX)
                .doesNotContain(SORTED);

        Sql all = Sql.of("TRUE");
        for (Direction direction : Direction.values()) {
            List<SortKey> order = by("profile.badge", direction);
            List<String> ids = found(ground.org, all, order, 500);
            assertThat(ids).hasSize(USERS).doesNotHaveDuplicates();
            assertThat(ids.getFirst())
                    .isEqualTo(user(direction == Direction.ASC ? 0 : USERS - 1).id());
            String cursor =
                    ground.database
                            .read(ground.org.number(), r -> read(r, all, order, null, 3_000))
                            .next()
                            .orElseThrow();
            assertThat(
                            Explaining.plan(
                                    ground.database,
                                    ground.org.number(),
                                    reader -> read(reader, all, order, cursor, 20)))
                    .contains(INDEX)
                    .contains("Index Cond: (ROW(")
                    .doesNotContain(SORTED + ": (CASE");
        }
    }

    @Test
    @DisplayName("given values that many have, then a page of them is read off the index")
    void values() {
        List<String> searches =
                List.of(
                        "profile.team eq \"Team 4\"",
                        "profile.team sw \"t\"",
                        "profile.team ew \" 5\"",
                        "profile.team ew \"m 5\" and profile.badge eq 5",
                        "profile.badge eq 17",
                        "profile.department ew \"9\"",
                        "profile.team co \"am 7\"",
                        "profile.team co \"m\"",
                        "profile.department eq \"" + "x".repeat(5_000) + "35\"",
                        "profile.department ew \"" + "x".repeat(300) + "40\"",
                        "not (profile.team eq \"Team 4\" or profile.team ew \"5\")");
        Map<String, List<String>> before = new LinkedHashMap<>();
        for (String search : searches) {
            before.put(search, found(ground.org, condition(search), List.of(), 150));
            assertThat(before.get(search)).as(search).isNotEmpty().isSorted();
            OnDemand uses = uses(search);
            indexes.want(ground.org, uses.indexes());
            indexes.want(ground.org, uses.common());
        }
        indexes.bringAbout();
        assertThat(names()).hasSize(6);

        for (String search : searches) {
            assertThat(found(ground.org, condition(ground.org, search), List.of(), 7))
                    .as(search)
                    .isEqualTo(before.get(search));
        }
        assertThat(plan(ground.org, "profile.team eq \"Team 4\""))
                .contains(INDEX)
                .contains("\"left\"(((doc")
                .doesNotContain(SORTED);
        assertThat(plan(ground.org, "profile.team ew \" 5\" and profile.rare eq \"x\""))
                .doesNotContain("Seq Scan");
        assertThat(plan(ground.org, "profile.department ew \"1234\"")).contains(INDEX);
        assertThat(statistics()).isEqualTo(names());
    }

    @Test
    @DisplayName(
            "given ranges in arrays, then the index of their least or greatest values is taken")
    void arrays() {
        List<String> searches =
                List.of(
                        "profile.levels gt 3980",
                        "profile.levels ge 3980 and profile.levels lt -3990",
                        "profile.levels le -3990",
                        "profile.tags lt \"1005\"",
                        "profile.tags le \"1005\" and profile.badge lt 1001",
                        "profile.tags ge \"b\"",
                        "profile.levels lt -3990 or profile.tags gt \"z\"");
        Map<String, List<String>> before = new LinkedHashMap<>();
        for (String search : searches) {
            before.put(search, found(ground.org, condition(search), List.of(), 200));
            assertThat(plan(ground.org, search)).doesNotContain(INDEX);
        }
        assertThat(before.get("profile.tags lt \"1005\"")).hasSizeGreaterThan(5);
        searches.forEach(search -> ask(ground.org, search));
        assertThat(names()).hasSize(5);

        for (String search : searches) {
            assertThat(found(ground.org, condition(ground.org, search), List.of(), 7))
                    .as(search)
                    .isEqualTo(before.get(search));
            assertThat(plan(ground.org, search)).as(search).contains(INDEX);
        }
    }

    @Test
    @DisplayName("given texts of any length, then they are sorted by all of it")
    void texts() {
        List<SortKey> order = by("profile.department", Direction.ASC);
        List<String> before = found(ground.org, Sql.of("TRUE"), order, 300);
        ask(ground.org, "profile.department gt \"a\"");
        assertThat(found(ground.org, Sql.of("TRUE"), order, 300)).isEqualTo(before);
        assertThat(before).hasSize(USERS).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("P29 given an org that sees changes late, then its searches take the indexes, too")
    void delayed() {
        ask(ground.org, "profile.badge gt 5");
        String search = "profile.badge ge 100 and profile.badge lt 131";
        SearchedUsers before =
                SearchedUsers.at(ground.org.number(), Instant.parse("2026-12-01T00:00:00Z"));
        String plan =
                Explaining.plan(
                        ground.database,
                        ground.org.number(),
                        reader ->
                                new UserSearchStore()
                                        .found(
                                                reader,
                                                before,
                                                condition(ground.org, search),
                                                order(ground.org, search),
                                                new PageRequest(
                                                        20, Optional.empty(), Optional.empty())));
        assertThat(plan).contains(INDEX).doesNotContain("Seq Scan on user_search s");
    }

    @Test
    @DisplayName("given a small org, or another one, then it has no index")
    void small() {
        ask(ground.org, "profile.badge gt 5");
        ask(ground.other, "profile.badge gt 5");

        assertThat(indexes.has(ground.org, BADGES)).isTrue();
        assertThat(indexes.has(ground.other, BADGES)).isFalse();
        assertThat(plan(ground.other, "profile.badge lt 5")).doesNotContain(INDEX);
        assertThat(found(ground.other, condition("profile.badge lt 5"), List.of(), 200)).hasSize(5);
    }

    @Test
    @DisplayName("given writes while it is built and after, then it has them all")
    void writesGoOn() throws Exception {
        AtomicInteger written = new AtomicInteger();
        Thread writer =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    for (int i = 0; i < 10; i++) {
                                        insert(ground.org, USERS + 20 * i, USERS + 20 * (i + 1));
                                        written.addAndGet(20);
                                    }
                                });
        ask(ground.org, "profile.badge gt 5");
        writer.join();
        insert(ground.org, USERS + 200, USERS + 210);
        ground.database.write(
                ground.org.number(),
                tx ->
                        tx.run(
                                Sql.of(
                                        "UPDATE user_search SET doc = jsonb_set(doc, '{profile,badge}',"
                                                + " '99999') WHERE org_id = ? AND id = ?",
                                        ground.org.number(),
                                        user(0).id())));

        String search = "profile.badge ge " + USERS;
        assertThat(plan(ground.org, search)).contains(INDEX);
        assertThat(found(ground.org, condition(search), order(ground.org, search), 50))
                .hasSize(211)
                .doesNotHaveDuplicates()
                .endsWith(user(0).id());
        assertThat(written).hasValue(200);
        ground.asOwner(
                "DELETE FROM users WHERE id IN (SELECT id FROM user_search WHERE created >= '%s')"
                        .formatted(user(USERS).created()),
                "DELETE FROM user_search WHERE created >= '%s'".formatted(user(USERS).created()),
                "UPDATE user_search SET doc = jsonb_set(doc, '{profile,badge}', '0') WHERE id = '%s'"
                        .formatted(user(0).id()));
    }

    @Test
    @DisplayName("given a build that was cut off, then what it left is not used, and built anew")
    void cutOff() {
        ask(ground.org, "profile.badge gt 5");
        String name = names().iterator().next();
        // what a kill leaves behind: PostgreSQL does not use it, and says so
        ground.asOwner("DROP INDEX " + name);
        assertThatThrownBy(
                () ->
                        ground.asOwner(
                                "CREATE UNIQUE INDEX CONCURRENTLY "
                                        + name
                                        + " ON user_search (org_id)"));

        AskedIndexes next = indexes();
        assertThat(next.has(ground.org, BADGES)).isFalse();
        next.bringAbout();

        assertThat(next.has(ground.org, BADGES)).isTrue();
        assertThat(names()).containsExactly(name);
        next.close();
        assertThat(found(ground.org, condition("profile.badge lt 5"), List.of(), 50)).hasSize(5);
        assertThat(plan(ground.org, "profile.badge lt 5")).contains(INDEX);
    }

    @Test
    @DisplayName("given an attribute that is removed, then its indexes go, and no others")
    void removed() {
        ask(ground.org, "profile.badge gt 5 and profile.hired gt \"2026\"");
        ask(ground.org, "profile.rare pr");
        assertThat(names()).hasSize(3);

        ground.database.write(
                ground.org.number(),
                tx -> {
                    new UserAttributeHolders()
                            .drop(tx, ground.org, "other", Set.of("badge", "rare"));
                    return true;
                });
        indexes.bringAbout();

        assertThat(names()).hasSize(1);
        assertThat(indexes.has(ground.org, BADGES)).isFalse();
        assertThat(indexes.has(ground.org, new DocumentIndex("profile.hired", Shape.TEXTS)))
                .isTrue();
    }

    @Test
    @DisplayName("given an attribute that very many have, then it goes a share at a time")
    void removedFromMany() {
        String type = UserType.defaultOf(ground.org).id();
        long levels = having("levels");
        assertThat(levels).isEqualTo(USERS);
        long rare = having("rare");

        ground.database.write(
                ground.org.number(),
                tx -> {
                    new UserAttributeHolders(new Shares(300))
                            .drop(tx, ground.org, type, Set.of("levels", "never"));
                    return true;
                });

        assertThat(having("levels")).isZero();
        assertThat(having("rare")).isEqualTo(rare);
        assertThat(found(ground.org, condition("profile.levels pr"), List.of(), 200)).isEmpty();
        assertThat(found(ground.other, condition("profile.levels pr"), List.of(), 200))
                .hasSize(LARGE / 2);
        ground.asOwner(
                "UPDATE users SET profile = profile || jsonb_build_object('levels', jsonb_build_array(-(profile ->> 'badge')::int, 'x', (profile ->> 'badge')::int)) WHERE org_id = 1",
                "UPDATE user_search s SET doc = jsonb_set(doc, '{profile,levels}', (SELECT u.profile -> 'levels' FROM users u WHERE u.org_id = s.org_id AND u.id = s.id)) WHERE org_id = 1");
    }

    /** How many users of the org have an attribute. */
    private static long having(String name) {
        return ground.database.read(
                ground.org.number(),
                reader ->
                        reader.one(
                                        Sql.of(
                                                "SELECT count(*) AS n FROM users"
                                                        + " WHERE org_id = ? AND jsonb_exists(profile, ?)",
                                                reader.org(),
                                                name),
                                        row -> row.number("n"))
                                .orElseThrow());
    }

    @Test
    @DisplayName("given an index, then PostgreSQL knows four hundred of its values")
    void valuesKnown() {
        ask(ground.org, "profile.badge gt 5");
        List<Integer> targets =
                ground.database.acrossOrgs(
                        tx ->
                                tx.list(
                                        Sql.of(
                                                "SELECT stxstattarget::int AS target"
                                                        + " FROM pg_statistic_ext"
                                                        + " WHERE stxname ^@ ?",
                                                INDEX),
                                        row -> row.integer("target")));
        assertThat(targets).containsExactly(400);
    }

    @Test
    @DisplayName("given what nobody asks for any more, then it goes")
    void forgotten() {
        ask(ground.org, "profile.badge gt 5");
        ground.pass(Duration.ofDays(61));
        indexes.bringAbout();
        assertThat(names()).isEmpty();
    }

    @Test
    @DisplayName("given that somebody asks for many, then there are as many as writes can bear")
    void bounded() {
        for (int i = 0; i < 12; i++) {
            indexes.want(ground.org, List.of(new DocumentIndex("profile.a" + i, Shape.PRESENT)));
        }
        indexes.bringAbout();
        assertThat(names()).hasSize(10);
    }

    @Test
    @DisplayName(
            "given the API, then base attributes ask, too, and pages keep the order they began")
    void overTheApi() {
        Attributes known = UserAttributes.search(SchemaSet.untouched(), ground.org);
        OnDemand uses =
                OnDemand.of(
                        FilterParser.parse("profile.department gt \"d1\"", FilterErrors.SEARCH),
                        known);
        assertThat(uses.indexes())
                .containsExactly(new DocumentIndex("profile.department", Shape.TEXTS));
        assertThat(
                        UserSearchStore.keyset(Sorting.keys(range(uses), Direction.ASC, false))
                                .wrote("00u000000000000771d7"))
                .isFalse();
    }

    private static Attribute range(OnDemand uses) {
        return uses.range().orElseThrow();
    }

    /** Of expressions: PostgreSQL looks at none of an index that has a condition. */
    private Set<String> statistics() {
        return Set.copyOf(
                ground.database.acrossOrgs(
                        tx ->
                                tx.list(
                                        Sql.of(
                                                "SELECT stxname FROM pg_statistic_ext"
                                                        + " WHERE stxname ^@ ?",
                                                INDEX),
                                        row -> row.text(1))));
    }

    private Set<String> names() {
        return Set.copyOf(
                ground.database.acrossOrgs(
                        tx ->
                                tx.list(
                                        Sql.of(
                                                "SELECT relname FROM pg_class WHERE relname ^@ ?",
                                                INDEX),
                                        row -> row.text(1))));
    }
}
