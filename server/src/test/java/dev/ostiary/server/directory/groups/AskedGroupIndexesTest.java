package dev.ostiary.server.directory.groups;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.http.Query;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.org.ConfigVersionLookup;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.org.OrgSettings;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.server.directory.TestDirectory;
import dev.ostiary.server.directory.schemas.OrgSchemas;
import dev.ostiary.server.directory.schemas.Schemas;
import dev.ostiary.server.directory.searchindexes.AskedIndexes;
import dev.ostiary.server.directory.searchindexes.SearchTable;
import dev.ostiary.server.directory.users.UserAttributeHolders;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Indexes of groups that searches ask for: that they come, are taken, find the same, and go. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AskedGroupIndexesTest {

    private static final int GROUPS = 4_000;
    private static final String INDEX = "group_search_asked_";

    private static final String ATTRIBUTES =
            """
            {"definitions":{"custom":{"id":"#custom","type":"object","properties":{
              "cost":{"title":"Cost","type":"integer"},
              "area":{"title":"Area","type":"string"},
              "rare":{"title":"Rare","type":"string"},
              "levels":{"title":"Levels","type":"array","items":{"type":"integer"}},
              "tags":{"title":"Tags","type":"array","items":{"type":"string"}}}}}}""";

    private final TestDirectory directory;
    private final Org org;
    private final Org other;
    private final OrgSchemas schemas;
    private AskedIndexes indexes;

    AskedGroupIndexesTest(DatabaseAccess access) {
        directory = new TestDirectory(access);
        org = directory.org("large");
        other = directory.org("small");
        schemas = new OrgSchemas(directory.database());
        directory.bind(
                new Schemas(
                        directory.database(),
                        directory.time(),
                        EventCatalogue.load(),
                        new UserAttributeHolders(),
                        new GroupAttributeHolders()));
        indexes = asked();
    }

    @BeforeAll
    void fill() {
        for (Org each : List.of(org, other)) {
            directory.call(each, "updateGroupSchema", Map.of(), "", ATTRIBUTES);
        }
        fill(org, 1, GROUPS);
        fill(other, 1, 300);
        directory.vacuum("groups", "group_search");
    }

    @BeforeEach
    void begin() {
        indexes = asked();
        directory.bind(
                new Groups(
                        directory.database(),
                        directory.ids(),
                        directory.time(),
                        EventCatalogue.load(),
                        directory.memberships(),
                        schemas,
                        directory.rules(),
                        indexes));
    }

    @AfterEach
    void forget() {
        directory.asOwner("DELETE FROM group_search_index");
        indexes.bringAbout();
        assertThat(names()).isEmpty();
        indexes.close();
    }

    @AfterAll
    void close() {
        directory.close();
    }

    private AskedIndexes asked() {
        return new AskedIndexes(
                SearchTable.GROUPS,
                directory.database(),
                directory.schemaOwner(),
                directory.time(),
                1_000);
    }

    private void fill(Org large, int from, int to) {
        directory
                .database()
                .acrossOrgs(
                        tx -> {
                            tx.run(
                                    Sql.of(
                                            """
                                            INSERT INTO groups (org_id, id, type, profile, name,
                                                name_folded, created, last_updated)
                                            SELECT ?, '00g' || lpad((i * 7919 % 100003)::text, 17, '0'),
                                                'OKTA_GROUP', jsonb_build_object('name', 'name ' || i),
                                                'name ' || i, 'name ' || i,
                                                timestamptz '2030-01-01' + i * interval '1 minute',
                                                timestamptz '2030-01-01' + i * interval '1 minute'
                                            FROM generate_series(?, ?) i""",
                                            large.number(), from, to));
                            tx.run(
                                    Sql.of(
                                            """
                                            INSERT INTO group_search (org_id, id, type, name_folded,
                                                created, last_updated, doc, words)
                                            SELECT g.org_id, g.id, g.type, g.name_folded, g.created,
                                                g.last_updated,
                                                jsonb_build_object('profile', jsonb_strip_nulls(
                                                    jsonb_build_object('name', g.name, 'cost', i,
                                                    'area', CASE WHEN i % 400 <> 7
                                                        THEN 'area ' || i % 9 END,
                                                    'rare', CASE WHEN i % 400 = 9 THEN 'x' END,
                                                    'levels', jsonb_build_array(i, -i),
                                                    'tags', CASE WHEN i % 300 = 11
                                                        THEN '[""]'::jsonb
                                                        ELSE jsonb_build_array('a', i::text) END))),
                                                g.name || E'\\narea ' || i % 9
                                            FROM groups g, substr(g.name, 6) t(x), CAST(x AS int) i
                                            WHERE g.org_id = ? AND g.built_in IS NULL
                                                AND i BETWEEN ? AND ?""",
                                            large.number(), from, to));
                            return to;
                        });
    }

    private static final List<String> SEARCHES =
            List.of(
                    "profile.cost gt 3980",
                    "profile.cost ge 100 and profile.cost lt 131",
                    "profile.cost lt 20 and profile.area pr",
                    "profile.cost eq 17",
                    "profile.area eq \"Area 4\" and profile.cost lt 900",
                    "profile.area ew \" 5\"",
                    "not (profile.area pr)",
                    "not (profile.tags pr)",
                    "profile.rare pr",
                    "profile.levels gt 3980",
                    "profile.levels lt -3980",
                    "profile.tags le \"1005\"",
                    "profile.name ew \" 77\"");

    @Test
    @DisplayName("given a search of many groups, then the index that it asked for finds the same")
    void taken() {
        Map<String, List<String>> before = new LinkedHashMap<>();
        for (String search : SEARCHES) {
            before.put(search, all(org, search, "", 150));
        }
        assertThat(before.values()).allMatch(found -> found.size() < GROUPS);
        assertThat(before.get("profile.area ew \" 5\"")).hasSizeGreaterThan(400);
        indexes.bringAbout();
        assertThat(names()).hasSize(10);

        for (String search : SEARCHES) {
            assertThat(all(org, search, "", 7))
                    .as(search)
                    .containsExactlyInAnyOrderElementsOf(before.get(search));
        }
        for (String search :
                List.of(
                        "profile.cost gt 3980",
                        "profile.name ew \" 77\"",
                        "not (profile.area pr)",
                        "profile.rare pr",
                        "profile.levels gt 3980")) {
            assertThat(plan(org, search, "")).as(search).contains(INDEX).doesNotContain("Seq Scan");
        }
    }

    @Test
    @DisplayName("given an order, then pages of any attribute are read off its index, either way")
    void sorted() {
        String every = "type eq \"OKTA_GROUP\"";
        Map<String, List<String>> before = new LinkedHashMap<>();
        for (String sort :
                List.of(
                        "&sortBy=profile.cost",
                        "&sortBy=profile.cost&sortOrder=desc",
                        "&sortBy=profile.area",
                        "&sortBy=profile.area&sortOrder=desc")) {
            before.put(sort, all(org, every, sort, 5_000));
            assertThat(before.get(sort)).hasSize(GROUPS);
        }
        assertThat(before.get("&sortBy=profile.cost")).startsWith("name 1", "name 2", "name 3");
        indexes.bringAbout();

        before.forEach(
                (sort, names) -> {
                    assertThat(all(org, every, sort, 900)).as(sort).isEqualTo(names);
                    assertThat(plan(org, every, sort)).contains(INDEX).doesNotContain("Seq Scan");
                });
    }

    @Test
    @DisplayName("given a range alone, then its pages are in its order, and go on as they began")
    void ranges() {
        String half = "profile.cost gt 2000";
        Reply byId = list(org, half, "&limit=100");
        indexes.bringAbout();

        assertThat(all(org, half, "", 300))
                .hasSize(GROUPS - 2000)
                .startsWith("name 2001", "name 2002", "name 2003");
        assertThat(plan(org, half, "")).contains(INDEX).doesNotContain("Seq Scan");
        List<String> seen = new ArrayList<>(TestDirectory.names(byId));
        seen.addAll(rest(org, byId));
        assertThat(seen).hasSize(GROUPS - 2000).doesNotHaveDuplicates();
        Reply first = list(org, half, "&limit=100");
        directory.asOwner("DELETE FROM group_search_index");
        indexes.bringAbout();
        assertThat(rest(org, first)).startsWith("name 2101").hasSize(GROUPS - 2100);
    }

    @Test
    @DisplayName("P29 given an org that sees changes late, then its searches take the indexes, too")
    void delayed() {
        Org late = org.with(OrgSettings.defaults().searchDelay(Duration.ofMinutes(5)));
        list(org, "profile.cost gt 3980", "");
        indexes.bringAbout();
        assertThat(plan(late, "profile.cost gt 3980", ""))
                .contains(INDEX)
                .doesNotContain("Seq Scan on group_search n");
        assertThat(all(late, "profile.cost gt 3990", "", 3)).hasSize(10);
    }

    @Test
    @DisplayName("given a small org, then it has none, and what is no attribute asks for none")
    void small() {
        list(other, "profile.cost gt 5", "");
        list(org, "profile.unheard gt 5 or lastUpdated gt \"2030-01-01T00:00:00Z\"", "");
        indexes.bringAbout();
        assertThat(names()).isEmpty();
    }

    @Test
    @DisplayName("given groups that come and change, then they are found by the index at once")
    void writes() {
        list(org, "profile.cost gt 5", "");
        indexes.bringAbout();
        String id =
                directory
                        .add(org, "{\"profile\":{\"name\":\"fresh\",\"cost\":90001}}")
                        .path("id")
                        .stringValue();
        assertThat(all(org, "profile.cost gt 90000", "", 5)).containsExactly("fresh");
        directory.replace(org, id, "{\"profile\":{\"name\":\"fresh\",\"cost\":-5}}");
        assertThat(all(org, "profile.cost gt 90000", "", 5)).isEmpty();
        assertThat(all(org, "profile.cost lt 0", "", 5)).containsExactly("fresh");
        directory.call(org, "deleteGroup", Map.of("groupId", id), "");
        assertThat(all(org, "profile.cost lt 0", "", 5)).isEmpty();
    }

    @Test
    @DisplayName("given an attribute that is removed, then its indexes go, and no others")
    void removed() {
        Org third = directory.org("third");
        directory.call(third, "updateGroupSchema", Map.of(), "", ATTRIBUTES);
        fill(third, 1, 1_200);
        list(third, "profile.cost gt 5 or profile.area gt \"a\"", "");
        indexes.bringAbout();
        assertThat(names()).hasSize(2);

        directory.call(
                third,
                "updateGroupSchema",
                Map.of(),
                "",
                "{\"definitions\":{\"custom\":{\"properties\":{\"cost\":null}}}}");
        indexes.bringAbout();
        assertThat(names()).hasSize(1);
    }

    @Test
    @DisplayName("given groups of one type or one source, then each org has an index of them")
    void types() {
        assertThat(planOf(org, "filter=" + encoded("type eq \"APP_GROUP\"")))
                .contains("group_search_type");
        assertThat(plan(org, "type eq \"app_group\"", "")).contains("group_search_type");
        assertThat(plan(org, "source.id eq \"0oa1\"", "")).contains("group_search_source");
        assertThat(all(org, "type eq \"built_in\"", "", 10)).hasSize(2);
    }

    private Reply list(Org where, String search, String more) {
        return directory.call(where, "listGroups", Map.of(), "search=" + encoded(search) + more);
    }

    private List<String> all(Org where, String search, String sort, int limit) {
        Reply page = list(where, search, sort + "&limit=" + limit);
        List<String> names = new ArrayList<>(TestDirectory.names(page));
        names.addAll(rest(where, page));
        return names;
    }

    private List<String> rest(Org where, Reply first) {
        List<String> names = new ArrayList<>();
        Optional<String> next = TestDirectory.link(first, "next");
        while (next.isPresent()) {
            Reply page =
                    directory.call(
                            where,
                            "listGroups",
                            Map.of(),
                            next.get().substring(next.get().indexOf('?') + 1));
            names.addAll(TestDirectory.names(page));
            next = TestDirectory.link(page, "next");
        }
        return names;
    }

    private String plan(Org where, String search, String more) {
        return planOf(where, "search=" + encoded(search) + more + "&limit=20");
    }

    private String planOf(Org where, String text) {
        Org now = where.at(new ConfigVersionLookup(directory.database()).now(where));
        GroupQuery asked =
                GroupQuery.of(
                        Query.parse(text),
                        now,
                        schemas.of(now),
                        indexes,
                        Instant.parse("2031-01-01T00:00:00Z"));
        Sql sql = asked.sql(Sql.of("TRUE"), asked.keyset().order(), 21);
        return directory
                .database()
                .read(
                        where.number(),
                        reader ->
                                String.join(
                                        "\n",
                                        reader.search(
                                                Sql.of("EXPLAIN").then(sql), row -> row.text(1))));
    }

    private Set<String> names() {
        return Set.copyOf(
                directory
                        .database()
                        .acrossOrgs(
                                tx ->
                                        tx.list(
                                                Sql.of(
                                                        "SELECT relname FROM pg_class"
                                                                + " WHERE relname ^@ ?",
                                                        INDEX),
                                                row -> row.text(1))));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
