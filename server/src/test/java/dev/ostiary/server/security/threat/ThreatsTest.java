package dev.ostiary.server.security.threat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.context.Atlas;
import dev.ostiary.platform.context.IpAddress;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.org.ConfigVersionLookup;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.server.fixture.AtOnce;
import dev.ostiary.server.fixture.Ground;
import dev.ostiary.server.fixture.Operations;
import dev.ostiary.server.security.threat.Threats.Verdict;
import dev.ostiary.server.security.zones.OrgZones;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("ThreatInsight, by what the org itself has seen")
class ThreatsTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final int MOST = 20;

    private final Ground ground;
    private final Operations operations;
    private final Threats threats;
    private final Org org;

    ThreatsTest(DatabaseAccess access) {
        ground = new Ground(access);
        org = ground.acme;
        EventCatalogue events = EventCatalogue.load();
        ThreatInsight insight =
                new ThreatInsight(
                        ground.database, ground.clock, events, (reader, where, id) -> true);
        threats = new Threats(insight, new OrgZones(ground.database, Atlas.none()), events);
        operations = new Operations(ground, insight);
        for (Org each : new Org[] {ground.acme, ground.other}) {
            choose(each, "block");
        }
    }

    @AfterAll
    void close() {
        ground.close();
    }

    @Test
    @DisplayName("P40 an address is suspected after twenty failures, in the org that saw them")
    void suspected() {
        fail(org, "192.0.2.1", MOST - 1, NOON);
        assertThat(judge(org, "192.0.2.1", NOON)).isEqualTo(Verdict.COUNTED);
        fail(org, "192.0.2.1", 1, NOON);

        assertThat(judge(org, "192.0.2.1", NOON)).isEqualTo(Verdict.BLOCKED);
        assertThat(judge(org, "192.0.2.2", NOON)).isEqualTo(Verdict.COUNTED);
        assertThat(judge(ground.other, "192.0.2.1", NOON)).isEqualTo(Verdict.COUNTED);
        assertThat(judge(ground.strict, "192.0.2.1", NOON)).isEqualTo(Verdict.NOTHING);
    }

    @Test
    @DisplayName("it is so for an hour after the latest failure")
    void anHour() {
        fail(org, "192.0.2.11", MOST, NOON);
        Instant latest = NOON.plus(Duration.ofMinutes(59));
        fail(org, "192.0.2.11", 1, latest);

        assertThat(judge(org, "192.0.2.11", latest.plus(Duration.ofMinutes(59))))
                .isEqualTo(Verdict.BLOCKED);
        Instant over = latest.plus(Duration.ofMinutes(60));
        assertThat(judge(org, "192.0.2.11", over)).isEqualTo(Verdict.COUNTED);
        fail(org, "192.0.2.11", 1, over);
        assertThat(judge(org, "192.0.2.11", over)).as("counts anew").isEqualTo(Verdict.COUNTED);
    }

    @Test
    @DisplayName("failures that are far between are none of an attack")
    void farBetween() {
        for (int i = 0; i < 3 * MOST; i++) {
            fail(org, "192.0.2.21", 1, NOON.plus(Duration.ofMinutes(i)));
        }

        assertThat(judge(org, "192.0.2.21", NOON.plus(Duration.ofHours(1))))
                .isEqualTo(Verdict.COUNTED);
    }

    @Test
    @DisplayName("of IPv6 the network counts")
    void network() {
        for (int i = 0; i < MOST; i++) {
            fail(org, "2001:db8:1:2::" + i, 1, NOON);
        }

        assertThat(judge(org, "2001:db8:1:2:ffff::1", NOON)).isEqualTo(Verdict.BLOCKED);
        assertThat(judge(org, "2001:db8:1:3::1", NOON)).isEqualTo(Verdict.COUNTED);
    }

    @Test
    @DisplayName("P39 failures at once all count")
    void atOnce() throws Exception {
        AtOnce.call(
                Collections.nCopies(
                        MOST - 1,
                        () -> {
                            fail(org, "192.0.2.31", 1, NOON);
                            return true;
                        }));
        assertThat(judge(org, "192.0.2.31", NOON)).isEqualTo(Verdict.COUNTED);
        fail(org, "192.0.2.31", 1, NOON);

        assertThat(judge(org, "192.0.2.31", NOON)).isEqualTo(Verdict.BLOCKED);
    }

    @Test
    @DisplayName("what is long over is forgotten with what comes")
    void forgotten() {
        Instant past = NOON.minus(Duration.ofDays(1));
        for (int i = 0; i < 15; i++) {
            fail(ground.other, "198.51.100." + i, 1, past);
        }

        fail(ground.other, "203.0.113.1", 1, NOON);
        fail(ground.other, "203.0.113.2", 1, NOON);

        assertThat(
                        ground.database.<Long>read(
                                ground.other.number(),
                                reader ->
                                        reader.one(
                                                        Sql.of(
                                                                "SELECT count(*) AS many FROM"
                                                                        + " failing_address WHERE"
                                                                        + " org_id = ?",
                                                                ground.other.number()),
                                                        row -> row.number("many"))
                                                .orElseThrow()))
                .isEqualTo(2);
    }

    private void choose(Org where, String action) {
        operations.call(
                where,
                "updateConfiguration",
                "",
                "{\"action\":\"" + action + "\",\"excludeZones\":[]}");
    }

    private Threats.Watched at(Org where, String address) {
        Org fresh = where.at(new ConfigVersionLookup(ground.database).now(where));
        return threats.at(fresh, Objects.requireNonNull(IpAddress.parse(address)));
    }

    private Verdict judge(Org where, String address, Instant now) {
        Threats.Watched watched = at(where, address);
        return ground.database.read(where.number(), reader -> watched.judge(reader, now));
    }

    private void fail(Org where, String address, int times, Instant now) {
        Threats.Watched watched = at(where, address);
        for (int i = 0; i < times; i++) {
            ground.database.write(
                    where.number(),
                    tx -> {
                        watched.failed(tx, Verdict.COUNTED, now);
                        return true;
                    });
        }
    }
}
