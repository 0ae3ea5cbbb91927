package dev.ostiary.server.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.contract.Contract;
import dev.ostiary.platform.limits.Admission;
import dev.ostiary.platform.limits.Bucket;
import dev.ostiary.platform.limits.LimitSettings;
import dev.ostiary.platform.limits.Limiter;
import dev.ostiary.platform.limits.Notice;
import dev.ostiary.platform.limits.Profile;
import dev.ostiary.platform.limits.RateTable;
import dev.ostiary.platform.limits.TokenShare;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.server.fixture.Ground;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("P34 limits that several nodes keep together")
class SharedCountsTest {

    private static final RateTable TABLE = RateTable.load();
    private static final LimitSettings TEN = LimitSettings.of(profile("10"));

    private final Ground ground;
    private Node here;
    private Node there;

    /** A node: its counters and its way to tell. */
    private record Node(Limiter limiter, SharedCounts counts) {

        Admission admit(Org org, LimitSettings settings, @Nullable String token) {
            return limiter.admit(org.number(), settings, bucket(settings), token);
        }

        /** How many of so many requests are let through. */
        long let(int requests, Org org, LimitSettings settings) {
            return IntStream.range(0, requests)
                    .filter(i -> !admit(org, settings, null).refused())
                    .count();
        }
    }

    SharedCountsTest(DatabaseAccess access) {
        ground = new Ground(access);
    }

    @BeforeEach
    void twoNodes() {
        ground.database.acrossOrgs(tx -> tx.run(Sql.of("DELETE FROM rate_count")));
        here = node("here");
        there = node("there");
    }

    @AfterAll
    void close() {
        ground.close();
    }

    private Node node(String name) {
        Limiter limiter = new Limiter(TABLE, ground.clock);
        return new Node(
                limiter, new SharedCounts(ground.database, limiter, TABLE, name, ground.clock));
    }

    private static Profile profile(String name) {
        return TABLE.profile(name).orElseThrow();
    }

    private static Bucket bucket(LimitSettings settings) {
        return Objects.requireNonNull(
                settings.profile().bucket(Contract.load().operation("listLogEvents"), List::of));
    }

    /** Each tells, then each knows. */
    private void exchange() {
        here.counts().exchange();
        there.counts().exchange();
        here.counts().exchange();
    }

    @Test
    @DisplayName("P34 what one lets through counts at the other, and in its headers")
    void together() {
        assertThat(here.let(6, ground.acme, TEN)).isEqualTo(6);
        assertThat(there.let(1, ground.acme, TEN)).isEqualTo(1);
        exchange();

        Admission next = there.admit(ground.acme, TEN, null);
        assertThat(next.limit()).isEqualTo(10);
        assertThat(next.remaining()).isEqualTo(2);
        assertThat(there.let(10, ground.acme, TEN)).isEqualTo(2);
        assertThat(here.admit(ground.acme, TEN, null).remaining()).isEqualTo(2);
    }

    @Test
    @DisplayName(
            "P34 given one has let through all of it, then the other refuses until that window is over")
    void refused() {
        assertThat(here.let(1, ground.acme, TEN)).isEqualTo(1);
        ground.clock.move(Duration.ofSeconds(30));
        long end = ground.clock.instant().getEpochSecond() + 60;
        assertThat(there.let(10, ground.acme, TEN)).isEqualTo(10);
        exchange();

        Admission over = here.admit(ground.acme, TEN, null);
        assertThat(over.refused()).isTrue();
        assertThat(over.remaining()).isZero();
        assertThat(over.reset()).isEqualTo(end);

        ground.clock.move(Duration.ofSeconds(31));
        here.counts().exchange();
        assertThat(here.admit(ground.acme, TEN, null).refused()).isTrue();
        ground.clock.move(Duration.ofSeconds(30));
        assertThat(here.admit(ground.acme, TEN, null).refused()).isFalse();
    }

    @Test
    @DisplayName(
            "P34 the warning comes although neither node reaches the threshold by itself, once a window")
    void warning() {
        here.let(5, ground.acme, TEN);
        there.let(3, ground.acme, TEN);
        exchange();

        assertThat(kinds(there)).containsExactly(Notice.Kind.WARNING);
        assertThat(kinds(there)).isEmpty();
    }

    private List<Notice.Kind> kinds(Node node) {
        return node.admit(ground.acme, TEN, null).notices().stream().map(Notice::kind).toList();
    }

    @Test
    @DisplayName("P34 so do the shares of tokens")
    void tokens() {
        LimitSettings half =
                new LimitSettings(profile("10"), 90, Map.of("00T1", new TokenShare(50, 100)));
        for (int i = 0; i < 4; i++) {
            assertThat(here.admit(ground.acme, half, "00T1").refused()).isFalse();
        }
        assertThat(there.admit(ground.acme, half, "00T1").refused()).isFalse();
        exchange();

        assertThat(there.admit(ground.acme, half, "00T1").refused()).isTrue();
        assertThat(there.admit(ground.acme, half, "00T2").refused()).isFalse();
    }

    @Test
    @DisplayName("P34 P40 another org is not touched, and one without limits tells nothing")
    void orgsApart() {
        LimitSettings unlimited =
                new LimitSettings(
                        profile("unlimited"), 90, Map.of("00T1", new TokenShare(50, 100)));
        here.let(10, ground.acme, TEN);
        here.let(10, ground.strict, unlimited);
        here.admit(ground.strict, unlimited, "00T1");
        there.let(1, ground.other, TEN);
        exchange();

        assertThat(there.let(9, ground.other, TEN)).isEqualTo(9);
        assertThat(rows()).isEqualTo(2);
    }

    @Test
    @DisplayName("a node of another edition of the table is not believed")
    void editions() {
        here.let(10, ground.acme, TEN);
        there.let(1, ground.acme, TEN);
        here.counts().exchange();
        ground.database.acrossOrgs(tx -> tx.run(Sql.of("UPDATE rate_count SET edition = 'older'")));
        there.counts().exchange();

        assertThat(there.let(9, ground.acme, TEN)).isEqualTo(9);
    }

    @Test
    @DisplayName("what is over is removed by whoever comes by")
    void tidied() {
        here.let(1, ground.acme, TEN);
        here.counts().exchange();
        ground.clock.move(Duration.ofMinutes(5));
        for (int round = 0; round < 60; round++) {
            there.let(1, ground.acme, TEN);
            there.counts().exchange();
        }
        assertThat(rows()).isOne();
    }

    private long rows() {
        return ground.database.acrossOrgs(
                tx ->
                        tx.one(
                                        Sql.of("SELECT count(*) AS rows FROM rate_count"),
                                        row -> row.number("rows"))
                                .orElseThrow());
    }
}
