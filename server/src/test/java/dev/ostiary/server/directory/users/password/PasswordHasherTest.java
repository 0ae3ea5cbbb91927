package dev.ostiary.server.directory.users.password;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.platform.problem.ApiException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordHasherTest {

    private static final Argon2Cost LIGHT = new Argon2Cost(64, 1, 1);
    private static final HashingPool POOL = new HashingPool(2, Duration.ofSeconds(60));

    private final SecureRandom random = new SecureRandom();
    private final PasswordHasher hasher = new PasswordHasher(POOL, random, LIGHT);
    private final Argon2Memory memory = new Argon2Memory();

    @AfterAll
    static void close() {
        POOL.close();
    }

    @Test
    @DisplayName(
            "a hash at the standard cost says its parameters and verifies after its way through text")
    void standard() {
        PasswordHasher standard = new PasswordHasher(POOL, random);
        String text = standard.hash("Correct horse 9").text();

        assertThat(text).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        PasswordHash stored = PasswordHash.parse(text);
        assertThat(standard.verify("Correct horse 9", stored)).isTrue();
        assertThat(standard.verify("Correct horse 8", stored)).isFalse();
        assertThat(standard.needsRehash(stored)).isFalse();
        assertThat(standard.hash("Correct horse 9").text()).isNotEqualTo(text);
    }

    @Test
    @DisplayName("any Unicode is a password of its own; half a pair, nothing, or a novel is none")
    void texts() {
        PasswordHash smile = hasher.hash("p\u00e4ss\uD83D\uDE00");

        assertThat(hasher.verify("p\u00e4ss\uD83D\uDE00", smile)).isTrue();
        assertThat(hasher.verify("p\u00e4ss\uD83D\uDE01", smile)).isFalse();
        assertThat(hasher.verify("p\u00e4ss\uD83D", smile)).isFalse();
        assertThat(hasher.verify("", smile)).isFalse();
        assertThat(hasher.verify("x".repeat(1 << 20), smile)).isFalse();
        PasswordHash mark = hasher.hash("?");
        assertThat(hasher.verify("\uD83D", mark)).isFalse();
        for (String none : List.of("", "\uD83D", "x".repeat(PasswordHasher.MAX_CANDIDATE + 1))) {
            assertThatThrownBy(() -> hasher.hash(none))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName(
            "known hashes of other systems verify, alter nothing on their way through text, and are renewed")
    @CsvSource(
            delimiter = ' ',
            value = {
                // crypt_blowfish's own test vectors
                "U*U $2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
                "U*U* $2a$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK",
                // RFC 7914, section 12
                "pleaseletmein $scrypt$ln=14,r=8,p=1$U29kaXVtQ2hsb3JpZGU$cCO9yzr9c0hGHAbNgf046/2o+7qQT44+qbVD9lRdofLVQylVYT8Pz2LUlwUkKpr55h6F3A1lHkDfzwF7RVdYhw",
                // RFC 7914, section 11
                "passwd $pbkdf2-sha256$i=1$c2FsdA$VawEblbjCJ/sFpHCJUS2BflBhSFt3gRl5oudV8INrLxJypzM8Xm2RZkWZLOdd+8xfHG4RbHjC9UJESBB06GXgw",
                // phc-winner-argon2's test vector
                "password $argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"
            })
    void vectors(String password, String text) {
        PasswordHash hash = PasswordHash.parse(text);

        assertThat(hash.text()).isEqualTo(text);
        assertThat(hasher.verify(password, hash)).isTrue();
        assertThat(hasher.verify(password + "x", hash)).isFalse();
    }

    @Test
    @DisplayName("bcrypt reads 72 bytes and no more; every other hash reads all")
    void bcryptCut() {
        String seventyTwo = "0123456789".repeat(7) + "01";
        BcryptHash shape = new BcryptHash(4, "CCCCCCCCCCCCCCCCCCCCC.", "x".repeat(31));

        assertThat(shape.compute(seventyTwo.getBytes(UTF_8), memory))
                .isEqualTo(shape.compute((seventyTwo + "tail").getBytes(UTF_8), memory))
                .isNotEqualTo(shape.compute(seventyTwo.substring(1).getBytes(UTF_8), memory));
        assertThat(hasher.verify(seventyTwo + "tail", hasher.hash(seventyTwo))).isFalse();
        assertThat(
                        new BcryptHash(3, "C".repeat(22), "C".repeat(31))
                                .matches(new byte[] {1}, memory))
                .isFalse();
    }

    @Test
    @DisplayName("a hash of lower cost or another kind is to be renewed; one of higher cost is not")
    void rehash() {
        PasswordHasher stronger = new PasswordHasher(POOL, random, new Argon2Cost(128, 1, 1));
        PasswordHash light = hasher.hash("a");

        assertThat(hasher.needsRehash(light)).isFalse();
        assertThat(stronger.needsRehash(light)).isTrue();
        assertThat(hasher.needsRehash(stronger.hash("a"))).isFalse();
        assertThat(
                        hasher.needsRehash(
                                PasswordHash.parse(
                                        "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW")))
                .isTrue();
    }

    @ParameterizedTest
    @DisplayName("a text that is no hash, or asks for too much, is refused without being repeated")
    @ValueSource(
            strings = {
                "",
                "plain",
                "$unknown$a$b$c",
                "$argon2id$v=19$m=99999999,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
                "$argon2id$v=19$m=256,t=2$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
                "$argon2id$v=16$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
                "$scrypt$ln=20,r=32,p=1$U29kaXVtQ2hsb3JpZGU$cCO9yzr9c0hGHAbNgf045/2o+7qQT44+qbVD9lRdofLVQ",
                "$2a$31$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
                "$2a$05$CCCC"
            })
    void refused(String text) {
        assertThatThrownBy(() -> PasswordHash.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("CCCC")
                .hasMessageNotContaining("c29t");
    }

    @Test
    @DisplayName(
            "given a flood of hashes, then no more run at once than the pool has threads, and all are served")
    void flood() throws InterruptedException {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger right = new AtomicInteger();
        PasswordHash hash = hasher.hash("a");
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            threads.add(
                    Thread.startVirtualThread(
                            () -> {
                                boolean match =
                                        POOL.check(
                                                hash,
                                                mine -> {
                                                    most.accumulateAndGet(
                                                            running.incrementAndGet(), Math::max);
                                                    boolean same =
                                                            hash.matches("a".getBytes(UTF_8), mine);
                                                    running.decrementAndGet();
                                                    return same;
                                                });
                                if (match) {
                                    right.incrementAndGet();
                                }
                            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(right).hasValue(100);
        assertThat(most).hasValueBetween(1, 2);
    }

    @Test
    @DisplayName(
            "given a slow imported hash that blocks its lane, then our own hashes are still served")
    void lanes() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger served = new AtomicInteger();
        PasswordHash slow = new BcryptHash(20, "C".repeat(22), "C".repeat(31));
        try (HashingPool pool = new HashingPool(1, Duration.ofSeconds(60))) {
            Thread blocked =
                    Thread.startVirtualThread(
                            () -> {
                                if (pool.check(slow, mine -> awaited(started, release))) {
                                    served.incrementAndGet();
                                }
                            });
            started.await();
            PasswordHasher own = new PasswordHasher(pool, random, LIGHT);
            assertThat(own.verify("a", own.hash("a"))).isTrue();
            assertThat(served).hasValue(0);
            release.countDown();
            blocked.join();
            assertThat(served).hasValue(1);
        }
    }

    @Test
    @DisplayName("given a pool that is busy for longer than one waits, then the answer is 503")
    void busy() {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        PasswordHash hash = hasher.hash("a");
        try (HashingPool pool = new HashingPool(1, Duration.ZERO)) {
            assertThatThrownBy(() -> pool.check(hash, mine -> awaited(started, release)))
                    .isInstanceOfSatisfying(
                            ApiException.class,
                            busy -> assertThat(busy.code()).isEqualTo("E0000181"));
            release.countDown();
        }
    }

    private static boolean awaited(CountDownLatch started, CountDownLatch release) {
        started.countDown();
        try {
            release.await();
            return true;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @DisplayName("an unknown login costs a hash as well")
    void nobody() {
        hasher.verifyNobody("whatever");

        assertThat(HashingPool.forThisMachine()).isNotNull();
    }
}
