package dev.ostiary.platform.org;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Documents;
import dev.ostiary.platform.store.Json;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.TestStore;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two nodes, each with a database pool of its own, on one database. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConfigVersionsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Documents WORDS = new Documents("word");

    private final TestStore store;
    private final TestStore otherStore;
    private final Database database;
    private final AtomicInteger loads = new AtomicInteger();
    private final Node here;
    private final Node there;
    private Org org = org(0);
    private Org other = org(0);

    ConfigVersionsTest(DatabaseAccess access) {
        store = TestStore.on(access, 8);
        otherStore = TestStore.on(access, 8);
        database = store.database();
        here = node(store.database());
        there = node(otherStore.database());
    }

    /** What a node has in memory. */
    private record Node(
            Database database, ConfigVersionLookup versions, OrgConfig<List<String>> words) {

        /** What a request that arrives now is served with. */
        List<String> request(Org org) {
            return words.at(org, versions.now(org));
        }
    }

    private Node node(Database database) {
        return new Node(
                database,
                new ConfigVersionLookup(database),
                new OrgConfig<>(
                        ConfigArea.ORIGINS,
                        database,
                        List.of("untouched"),
                        this::load,
                        List::size));
    }

    private List<String> load(Reader reader) {
        loads.incrementAndGet();
        return WORDS.page(reader, "", 100).stream().map(Documents.Document::id).toList();
    }

    @BeforeEach
    void twoNewOrgs() {
        org = newOrg();
        other = newOrg();
        loads.set(0);
    }

    @AfterAll
    void close() {
        store.close();
        otherStore.close();
    }

    @Test
    @DisplayName("what one node changes, the next request on every node sees")
    void seenByTheNextRequest() {
        for (int i = 0; i < 5; i++) {
            Node writer = i % 2 == 0 ? here : there;
            add(writer, org, "word" + i);
            assertThat(here.request(org)).hasSize(i + 1).contains("word" + i);
            assertThat(there.request(org)).hasSize(i + 1).contains("word" + i);
        }
    }

    @Test
    @DisplayName("what a node remembers for a second lacks none of its own changes")
    void remembered() {
        AtomicLong clock = new AtomicLong();
        RecentVersions recent =
                new RecentVersions(
                        database, here.versions(), () -> Instant.ofEpochMilli(clock.get()));
        add(here, org, "one");
        ConfigVersions first = recent.of(org);
        assertThat(first).isEqualTo(here.versions().now(org));

        add(there, org, "two");
        assertThat(recent.of(org)).as("another node's change, at once").isEqualTo(first);
        clock.addAndGet(ShortMemory.FRESH.toMillis());
        ConfigVersions second = recent.of(org);
        assertThat(second.of(ConfigArea.ORIGINS)).isEqualTo(2);

        add(here, other, "another org's");
        assertThat(recent.of(org)).isEqualTo(second);
        add(here, org, "three");
        assertThat(recent.of(org).of(ConfigArea.ORIGINS)).isEqualTo(3);
    }

    @Test
    @DisplayName("an org that never changed anything has version 0, and nothing is loaded for it")
    void untouched() {
        assertThat(here.versions().now(org)).isEqualTo(ConfigVersions.untouched());
        assertThat(here.request(org)).containsExactly("untouched");
        assertThat(loads).hasValue(0);
    }

    @Test
    @DisplayName("what did not change is loaded once a node")
    void loadedOnce() {
        add(here, org, "word");
        for (int i = 0; i < 20; i++) {
            here.request(org);
            there.request(org);
        }
        assertThat(loads).hasValue(2);
    }

    @Test
    @DisplayName("each area and each org has a version of its own")
    void areasAndOrgsAreApart() {
        add(here, org, "word");
        database.write(org.number(), tx -> raise(tx, ConfigArea.ZONES));
        database.write(org.number(), tx -> raise(tx, ConfigArea.ZONES));

        ConfigVersions versions = there.versions().now(org);
        assertThat(versions.of(ConfigArea.ORIGINS)).isEqualTo(1);
        assertThat(versions.of(ConfigArea.ZONES)).isEqualTo(2);
        assertThat(versions.of(ConfigArea.LIMITS)).isZero();
        assertThat(there.versions().now(other)).isEqualTo(ConfigVersions.untouched());
        assertThat(there.request(other)).containsExactly("untouched");
    }

    @Test
    @DisplayName("P37 a change that is rolled back takes its version along")
    void rolledBack() {
        add(here, org, "word");
        assertThatThrownBy(
                        () ->
                                database.write(
                                        org.number(),
                                        tx -> {
                                            WORDS.insert(tx, "lost", new Json("{}"), NOW);
                                            raise(tx, ConfigArea.ORIGINS);
                                            throw new IllegalStateException("changed its mind");
                                        }))
                .hasMessage("changed its mind");
        assertThat(there.versions().now(org).of(ConfigArea.ORIGINS)).isEqualTo(1);
        assertThat(there.request(org)).containsExactly("word");
    }

    @Test
    @DisplayName("P39 of changes at the same time none is lost, and none stays unseen")
    void concurrentChanges() throws Exception {
        List<Future<List<String>>> writers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 40; i++) {
                String word = "word" + i;
                Node node = i % 2 == 0 ? here : there;
                Node reader = i % 3 == 0 ? here : there;
                writers.add(
                        threads.submit(
                                () -> {
                                    add(node, org, word);
                                    return reader.request(org);
                                }));
            }
            for (int i = 0; i < 40; i++) {
                assertThat(writers.get(i).get()).contains("word" + i);
            }
        }
        assertThat(here.versions().now(org).of(ConfigArea.ORIGINS)).isEqualTo(40);
        assertThat(here.request(org))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 40).mapToObj(i -> "word" + i).toList());
    }

    @Test
    @DisplayName("an area that only a newer node knows is no concern of this one")
    void unknownArea() {
        assertThat(ConfigVersions.parse("{\"zones\": 3, \"futures\": 7}").numbers())
                .containsOnlyKeys(ConfigArea.ZONES);
    }

    private static void add(Node node, Org org, String word) {
        node.database()
                .write(
                        org.number(),
                        tx -> {
                            WORDS.insert(tx, word, new Json("{}"), NOW);
                            return raise(tx, ConfigArea.ORIGINS);
                        });
    }

    private static ConfigArea raise(Tx tx, ConfigArea area) {
        ConfigVersionStore.raise(tx, area);
        return area;
    }

    private Org newOrg() {
        long number =
                database.acrossOrgs(
                        tx ->
                                tx.one(
                                                Sql.of(
                                                        """
                                                        INSERT INTO org (id, name, status, created, last_updated)
                                                        SELECT '00o' || n, 'org' || n, 'ACTIVE', ?, ?
                                                        FROM (SELECT count(*) AS n FROM org) AS orgs
                                                        RETURNING org_id""",
                                                        NOW,
                                                        NOW),
                                                row -> row.number("org_id"))
                                        .orElseThrow());
        return org(number);
    }

    private static Org org(long number) {
        return new Org(number, "00o1d7", "org" + number, null, OrgSettings.defaults(), NOW);
    }
}
