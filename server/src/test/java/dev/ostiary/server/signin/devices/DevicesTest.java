package dev.ostiary.server.signin.devices;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.server.fixture.AtOnce;
import dev.ostiary.server.fixture.Ground;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("Devices")
class DevicesTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final int AUTO_UNLOCK = 30;

    private final Ground ground;
    private final Org org;
    private final RememberedDevices remembered = new RememberedDevices();
    private final UnknownDevices unknown = new UnknownDevices();

    DevicesTest(DatabaseAccess access) {
        ground = new Ground(access);
        org = ground.acme;
    }

    @AfterAll
    void close() {
        ground.close();
    }

    @Test
    @DisplayName("P40 a device is remembered for its user in its org, and for nobody else")
    void remembered() {
        user(org, "00uann");
        user(org, "00ubob");
        user(ground.other, "00uann");

        remember(org, "00uann", device("laptop"), NOON);

        assertThat(provenAt(org, "00uann", device("laptop"))).contains(NOON);
        assertThat(provenAt(org, "00uann", device("phone"))).isEmpty();
        assertThat(provenAt(org, "00ubob", device("laptop"))).isEmpty();
        assertThat(provenAt(ground.other, "00uann", device("laptop"))).isEmpty();
        assertThat(provenAt(org, "00uann", Device.UNKNOWN)).isEmpty();
    }

    @Test
    @DisplayName("a fingerprint never stands for a token")
    void fingerprint() {
        user(org, "00ufinger");
        Device fingerprint = new Device(Optional.empty(), Optional.of("laptop"));

        remember(org, "00ufinger", fingerprint, NOON);

        assertThat(provenAt(org, "00ufinger", fingerprint)).isEmpty();
        assertThat(provenAt(org, "00ufinger", device("laptop"))).isEmpty();
        assertThat(fingerprint.name()).isNotEqualTo(device("laptop").name());
    }

    @Test
    @DisplayName("the last twenty are kept, and a proof of before puts nothing back")
    void bound() {
        user(org, "00umany");
        for (int i = 0; i < 25; i++) {
            remember(org, "00umany", device("d" + i), NOON.plusSeconds(i));
        }
        remember(org, "00umany", device("d24"), NOON);

        assertThat(provenAt(org, "00umany", device("d4"))).isEmpty();
        assertThat(provenAt(org, "00umany", device("d5"))).isPresent();
        assertThat(provenAt(org, "00umany", device("d24"))).contains(NOON.plusSeconds(24));
    }

    @Test
    @DisplayName("P39 devices that are remembered at once are all remembered")
    void rememberedAtOnce() throws Exception {
        user(org, "00urace");

        AtOnce.call(
                java.util.stream.IntStream.range(0, 16)
                        .<java.util.concurrent.Callable<Boolean>>mapToObj(
                                i ->
                                        () -> {
                                            remember(org, "00urace", device("d" + i % 8), NOON);
                                            return true;
                                        })
                        .toList());

        for (int i = 0; i < 8; i++) {
            assertThat(provenAt(org, "00urace", device("d" + i))).contains(NOON);
        }
    }

    @Test
    @DisplayName("who is signed out everywhere is asked everywhere")
    void forgotten() {
        user(org, "00ugone");
        remember(org, "00ugone", device("laptop"), NOON);

        ground.database.write(
                org.number(),
                tx -> {
                    remembered.forget(tx, org, "00ugone");
                    return true;
                });

        assertThat(provenAt(org, "00ugone", device("laptop"))).isEmpty();
    }

    @Test
    @DisplayName("unknown devices are locked out after so many failures, until their time is over")
    void locked() {
        user(org, "00ulock");
        user(ground.other, "00ulock");

        assertThat(fail("00ulock", 3, NOON)).isFalse();
        assertThat(fail("00ulock", 3, NOON)).isFalse();
        assertThat(areLocked(org, "00ulock", NOON)).isFalse();
        assertThat(fail("00ulock", 3, NOON)).isTrue();

        assertThat(areLocked(org, "00ulock", NOON.plus(Duration.ofMinutes(29)))).isTrue();
        assertThat(areLocked(ground.other, "00ulock", NOON)).isFalse();
        Instant later = NOON.plus(Duration.ofMinutes(30));
        assertThat(areLocked(org, "00ulock", later)).isFalse();
        assertThat(fail("00ulock", 3, later)).as("counts anew").isFalse();
    }

    @Test
    @DisplayName("nothing counts any more once the user is in; and 0 locks nobody out")
    void forgiven() {
        user(org, "00uin");
        fail("00uin", 2, NOON);
        ground.database.write(
                org.number(),
                tx -> {
                    unknown.forget(tx, "00uin");
                    return true;
                });

        assertThat(fail("00uin", 2, NOON)).isFalse();
        for (int i = 0; i < 5; i++) {
            assertThat(fail("00uin", 0, NOON)).isFalse();
        }
    }

    @Test
    @DisplayName("P39 each failure counts, whoever fails at once, while the account is held")
    void failuresAtOnce() throws Exception {
        user(org, "00ufails");

        AtOnce.call(
                Collections.nCopies(
                        16,
                        () ->
                                ground.database.write(
                                        org.number(),
                                        tx -> {
                                            tx.list(
                                                    Sql.of(
                                                            "SELECT 1 FROM users WHERE org_id = ?"
                                                                    + " AND id = ? FOR UPDATE",
                                                            org.number(),
                                                            "00ufails"),
                                                    row -> row.number(1));
                                            return unknown.failed(tx, "00ufails", 17, NOON);
                                        })));

        assertThat(fail("00ufails", 17, NOON)).as("the seventeenth").isTrue();
    }

    private boolean fail(String user, int most, Instant now) {
        return ground.database.write(org.number(), tx -> unknown.failed(tx, user, most, now));
    }

    private boolean areLocked(Org where, String user, Instant now) {
        return ground.database.read(
                where.number(), reader -> unknown.areLocked(reader, user, AUTO_UNLOCK, now));
    }

    private void remember(Org where, String user, Device device, Instant now) {
        ground.database.write(
                where.number(),
                tx -> {
                    remembered.remember(tx, user, device, now);
                    return true;
                });
    }

    private Optional<Instant> provenAt(Org where, String user, Device device) {
        return ground.database.read(
                where.number(), reader -> remembered.provenAt(reader, user, device));
    }

    private static Device device(String token) {
        return new Device(Optional.of(token), Optional.empty());
    }

    private void user(Org where, String id) {
        ground.database.write(
                where.number(),
                tx ->
                        tx.run(
                                Sql.of(
                                        """
                                        INSERT INTO users (org_id, id, version, status, created,
                                            last_updated, profile, login_key, provider_type,
                                            provider_name, password_hook)
                                        VALUES (?, ?, 1, 'ACTIVE', ?, ?, '{}', ?, 'OKTA', 'OKTA', false)""",
                                        where.number(),
                                        id,
                                        NOON,
                                        NOON,
                                        id)));
    }
}
