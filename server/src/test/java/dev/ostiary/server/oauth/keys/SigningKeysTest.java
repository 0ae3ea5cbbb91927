package dev.ostiary.server.oauth.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.secret.KeyRing;
import dev.ostiary.platform.secret.MasterKey;
import dev.ostiary.platform.secret.Sealed;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.server.fixture.AtOnce;
import dev.ostiary.server.fixture.Ground;
import dev.ostiary.server.fixture.Operations;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("Signing keys")
class SigningKeysTest {

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final KeySchedule SCHEDULE = KeySchedule.from(START);

    private final Ground ground;
    private final Sealed sealed =
            new Sealed(KeyRing.of(MasterKey.generate(new SecureRandom())), new SecureRandom());

    SigningKeysTest(DatabaseAccess access) {
        ground = new Ground(access);
    }

    @AfterAll
    void close() {
        ground.close();
    }

    /** A node of its own, which keeps nothing that another one has read. */
    private SigningKeys node() {
        return new SigningKeys(ground.database, sealed, EventCatalogue.load());
    }

    @Test
    @DisplayName("of two nodes that need a new key at once, both get the same one")
    void raced() throws Exception {
        KeyOwner owner = KeyOwner.server("ausRace");
        List<Callable<SigningKey>> calls =
                Collections.nCopies(2, () -> node().signer(ground.acme, owner, SCHEDULE, START));
        List<SigningKey> keys = AtOnce.call(calls);
        assertThat(keys.getFirst()).isEqualTo(keys.getLast());
        assertThat(keys.getFirst().kid()).isEqualTo(owner.kid(ground.acme, 0)).hasSize(43);
        assertThat(keys.getFirst().publicKey().getModulus().bitLength()).isEqualTo(2048);
    }

    @Test
    @DisplayName("P40 the same owner in another org has another key")
    void foreign() {
        KeyOwner owner = KeyOwner.ofOrg();
        SigningKey ours = node().signer(ground.acme, owner, SCHEDULE, START);
        SigningKey theirs = node().signer(ground.other, owner, SCHEDULE, START);
        assertThat(ours.kid()).isNotEqualTo(theirs.kid());
        assertThat(ours.publicKey()).isNotEqualTo(theirs.publicKey());
    }

    @Test
    @DisplayName("the private part stands nowhere in the clear")
    void isSealed() {
        SigningKey key = node().signer(ground.acme, KeyOwner.server("ausS"), SCHEDULE, START);
        List<byte[]> stored =
                ground.database.read(
                        ground.acme.number(),
                        reader ->
                                reader.list(
                                        Sql.of(
                                                "SELECT private_key FROM signing_key"
                                                        + " WHERE org_id = ? AND owner = 'ausS'",
                                                ground.acme.number()),
                                        row -> row.bytes("private_key")));
        assertThat(stored).hasSize(1);
        assertThat(new String(stored.getFirst(), StandardCharsets.ISO_8859_1))
                .doesNotContain(
                        new String(
                                key.privateKey().getPrivateExponent().toByteArray(),
                                StandardCharsets.ISO_8859_1));
    }

    @Test
    @DisplayName("around a rotation old and new key are published, and the log tells of it once")
    void overlap() {
        KeyOwner owner = KeyOwner.server("ausOverlap");
        Instant before = START.plus(Duration.ofDays(80));
        Instant after = START.plus(Duration.ofDays(91));
        SigningKey first = node().signer(ground.acme, owner, SCHEDULE, before);
        assertThat(node().published(ground.acme, owner, SCHEDULE, START)).containsExactly(first);
        List<SigningKey> ahead = node().published(ground.acme, owner, SCHEDULE, before);
        assertThat(ahead).hasSize(2).contains(first);
        SigningKey second = node().signer(ground.acme, owner, SCHEDULE, after);
        assertThat(ahead).contains(second);
        node().signer(ground.acme, owner, SCHEDULE, after);
        assertThat(node().published(ground.acme, owner, SCHEDULE, after))
                .containsExactlyInAnyOrder(second, first);
        assertThat(new Operations(ground).events(ground.acme))
                .filteredOn("app.oauth2.as.key.rollover"::equals)
                .hasSize(1);
    }

    @Test
    @DisplayName("the rotation of the org's own key is told as one of the org")
    void ofOrg() {
        Instant after = START.plus(Duration.ofDays(91));
        node().signer(ground.strict, KeyOwner.ofOrg(), SCHEDULE, after);
        assertThat(new Operations(ground).events(ground.strict))
                .contains("app.oauth2.key.rollover");
    }
}
