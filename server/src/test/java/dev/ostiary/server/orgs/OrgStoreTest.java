package dev.ostiary.server.orgs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.UniqueViolation;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.server.fixture.Ground;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("Orgs, found by name and port on many nodes")
class OrgStoreTest {

    private final Ground ground;
    private final Database database;
    private OrgStore here;
    private OrgStore there;

    OrgStoreTest(DatabaseAccess access) {
        ground = new Ground(access);
        database = ground.database;
    }

    @BeforeAll
    void twoNodes() {
        here = new OrgStore(database, ground.clock);
        there = new OrgStore(database, ground.clock);
        empty();
    }

    @AfterEach
    void empty() {
        database.acrossOrgs(tx -> tx.run(Sql.of("DELETE FROM org")));
        here.forget();
        there.forget();
    }

    @AfterAll
    void close() {
        ground.close();
    }

    @Test
    @DisplayName("P1 an org is found by its name and its port, an unknown one is not")
    void found() {
        Org acme = add("acme", 9443);

        assertThat(here.byName("acme")).contains(acme);
        assertThat(here.byPort(9443)).contains(acme);
        assertThat(here.byName("acm")).isEmpty();
        assertThat(here.byPort(8443)).isEmpty();
    }

    @Test
    @DisplayName(
            "P1 given a name was unknown, when another node adds the org, then it is found at once")
    void addedElsewhere() {
        assertThat(there.byName("late")).isEmpty();
        Org late = add("late", null);

        assertThat(there.byName("late")).contains(late);
    }

    @Test
    @DisplayName("P40 given another node deleted an org, then it is gone here within a second")
    void deletedElsewhere() {
        Org gone = add("gone", 9444);
        assertThat(there.byName("gone")).isPresent();
        assertThat(there.byPort(9444)).isPresent();

        delete(gone);
        ground.clock.move(Duration.ofMillis(1001));

        assertThat(there.byName("gone")).isEmpty();
        assertThat(there.byPort(9444)).isEmpty();
    }

    @Test
    @DisplayName("an org goes with everything in it, whatever refers to what")
    void everythingGoes() {
        Org full = add("full", null);
        database.write(
                full.number(),
                tx -> {
                    tx.run(
                            Sql.of(
                                    """
                                    INSERT INTO realm (org_id, id, name, name_folded, type, domains,
                                        created, last_updated)
                                    VALUES (?, 'guo', 'A', 'a', 'DEFAULT', '{}', now(), now())""",
                                    full.number()));
                    return tx.run(
                            Sql.of(
                                    """
                                    INSERT INTO users (org_id, id, version, status, created,
                                        last_updated, profile, login_key, provider_type,
                                        provider_name, password_hook, realm_id)
                                    VALUES (?, '00u', 1, 'ACTIVE', now(), now(), '{}', 'a', 'OKTA',
                                        'OKTA', false, 'guo')""",
                                    full.number()));
                });

        delete(full);

        for (String table : List.of("users", "realm", "org")) {
            Sql left =
                    Sql.of(
                            "SELECT count(*) AS rows_left FROM " + table + " WHERE org_id = ?",
                            full.number());
            long count =
                    database.acrossOrgs(tx -> tx.one(left, row -> row.number("rows_left")))
                            .orElseThrow();
            assertThat(count).as(table).isZero();
        }
    }

    @Test
    @DisplayName(
            "an org that is being made is found by nobody, and is swept only when it was given up")
    void unfinished() {
        insert("half", null);
        assertThat(here.byName("half")).isEmpty();

        assertThat(sweep()).isZero();
        ground.clock.move(Duration.ofMinutes(6));
        assertThat(sweep()).isOne();
    }

    @Test
    @DisplayName("P39 given 16 threads add orgs of the same names, then each name is there once")
    void racing() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Boolean>> tries = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                String name = "race-" + i % 8;
                tries.add(() -> tryToAdd(name));
            }
            int made = 0;
            for (Future<Boolean> each : threads.invokeAll(tries)) {
                made += each.get() ? 1 : 0;
            }
            assertThat(made).isEqualTo(8);
        }
        assertThat(database.acrossOrgs(OrgStore::all)).hasSize(8);
    }

    @Test
    @DisplayName(
            "P2 given orgs come and go on another node, then this node's hosts follow, and only then")
    void followed() {
        Told hosts = new Told();
        try (OrgFollower follower = new OrgFollower(database, hosts)) {
            Org first = add("first", null);
            follower.look();
            assertThat(hosts.names).containsExactly("first");
            follower.look();
            assertThat(hosts.times).isOne();

            add("second", null);
            follower.look();
            assertThat(hosts.names).containsExactly("first", "second");

            delete(first);
            add("third", null);
            follower.look();
            assertThat(hosts.names).containsExactly("second", "third");
        }
    }

    private static final class Told implements OrgHosts {
        private List<String> names = List.of();
        private int times;

        @Override
        public void follow(Supplier<? extends Collection<Org>> all) {
            times++;
            names = all.get().stream().map(Org::name).toList();
        }

        @Override
        public int open(int port) {
            throw new AssertionError("nobody asked for a port");
        }

        @Override
        public void close(int port) {
            throw new AssertionError("no port was open");
        }

        @Override
        public void added(Org org) {
            throw new AssertionError("nothing was added here");
        }

        @Override
        public void removed(Org org) {
            throw new AssertionError("nothing was removed here");
        }

        @Override
        public String url(Org org) {
            return "https://" + org.name() + ".localhost";
        }
    }

    private boolean tryToAdd(String name) {
        try {
            add(name, null);
            return true;
        } catch (UniqueViolation taken) {
            return false;
        }
    }

    private Org insert(String name, @Nullable Integer port) {
        return database.acrossOrgs(
                tx ->
                        OrgStore.insert(
                                tx,
                                "00o00000000000"
                                        + Math.abs(name.hashCode() % 1000)
                                        + name.charAt(0),
                                NewOrg.root(name, port),
                                ground.clock.instant()));
    }

    private Org add(String name, @Nullable Integer port) {
        Org org = insert(name, port);
        database.acrossOrgs(
                tx -> {
                    OrgStore.activate(tx, org);
                    return org;
                });
        return org;
    }

    private void delete(Org org) {
        database.acrossOrgs(
                tx -> {
                    OrgStore.delete(tx, org);
                    return org;
                });
    }

    private int sweep() {
        return database.acrossOrgs(tx -> OrgStore.deleteUnfinished(tx, ground.clock.instant()));
    }
}
