package dev.ostiary.platform.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SealedTest {

    private static final byte[] SECRET = "a private key".getBytes(UTF_8);
    private static final Purpose HERE = new Purpose(1, "keys.private", "kid1");

    private final SecureRandom random = new SecureRandom();
    private final MasterKey first = MasterKey.generate(random);
    private final KeyRing ring = KeyRing.of(first);
    private final Sealed sealed = new Sealed(ring, random);

    @Test
    @DisplayName("what was sealed opens in its place, is hidden, and is never sealed alike twice")
    void roundTrip() {
        byte[] one = sealed.seal(HERE, SECRET);
        byte[] two = sealed.seal(HERE, SECRET);

        assertThat(sealed.open(HERE, one)).isEqualTo(SECRET);
        assertThat(sealed.open(HERE, sealed.seal(HERE, new byte[0]))).isEmpty();
        assertThat(one).hasSize(SECRET.length + Sealed.OVERHEAD).isNotEqualTo(two);
        assertThat(new String(one, UTF_8)).doesNotContain("private key");
    }

    @Test
    @DisplayName(
            "given a ciphertext copied to another org, field or row, then it does not open there")
    void bound() {
        byte[] one = sealed.seal(HERE, SECRET);

        for (Purpose elsewhere :
                List.of(
                        new Purpose(2, "keys.private", "kid1"),
                        new Purpose(1, "keys.privat", "ekid1"),
                        new Purpose(1, "keys.private", "kid2"))) {
            assertThatThrownBy(() -> sealed.open(elsewhere, one))
                    .isInstanceOf(Sealed.UnsealException.class);
        }
    }

    @Test
    @DisplayName("given any changed, missing or added byte, then it does not open")
    void tampered() {
        byte[] one = sealed.seal(HERE, SECRET);

        for (int i = 0; i < one.length; i++) {
            byte[] changed = one.clone();
            changed[i] ^= 1;
            assertThatThrownBy(() -> sealed.open(HERE, changed))
                    .isInstanceOf(Sealed.UnsealException.class);
            byte[] cut = Arrays.copyOf(one, i);
            assertThatThrownBy(() -> sealed.open(HERE, cut))
                    .isInstanceOf(Sealed.UnsealException.class);
        }
        assertThatThrownBy(() -> sealed.open(HERE, Arrays.copyOf(one, one.length + 1)))
                .isInstanceOf(Sealed.UnsealException.class);
    }

    @Test
    @DisplayName(
            "after a rotation the old opens, is re-sealed once, and then needs the new key alone")
    void rotation() {
        byte[] old = sealed.seal(HERE, SECRET);
        KeyRing rotated = ring.rotatedTo(MasterKey.generate(random));
        Sealed now = new Sealed(rotated, random);

        assertThat(now.isCurrent(old)).isFalse();
        assertThat(now.open(HERE, old)).isEqualTo(SECRET);
        byte[] fresh = now.reseal(HERE, old);
        assertThat(now.isCurrent(fresh)).isTrue();
        assertThat(now.reseal(HERE, fresh)).isSameAs(fresh);

        Sealed later = new Sealed(rotated.withoutOlder(), random);
        assertThat(later.open(HERE, fresh)).isEqualTo(SECRET);
        assertThatThrownBy(() -> later.open(HERE, old)).hasMessageContaining(first.id());
    }

    @Test
    @DisplayName("P22 a token's hash depends on its kind, and compares by value")
    void tokenHash() {
        TokenHash hash = TokenHash.of("apiToken", "00abc");

        assertThat(hash)
                .isEqualTo(TokenHash.of("apiToken", "00abc"))
                .isEqualTo(TokenHash.stored(hash.bytes()))
                .hasSameHashCodeAs(TokenHash.of("apiToken", "00abc"))
                .isNotEqualTo(TokenHash.of("session", "00abc"))
                .isNotEqualTo(TokenHash.of("apiToken", "00abd"));
        assertThat(hash.bytes()).hasSize(32);
        assertThatThrownBy(() -> TokenHash.stored(new byte[31]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("tokens have the original's shape and do not repeat")
    void tokens() {
        Tokens tokens = new Tokens(random);
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            String token = tokens.apiToken();
            assertThat(token).matches("00[A-Za-z0-9_-]{40}");
            assertThat(seen.add(token)).isTrue();
        }
        assertThat(tokens.urlSafe(7)).hasSize(7);
        assertThat(tokens.digits(6)).matches("[0-9]{6}");
    }

    @Test
    @DisplayName(
            "a short code is hashed under the master key, bound to its row, and outlives a rotation")
    void codes() {
        CodeHash codes = new CodeHash(ring);
        byte[] stored = codes.of(HERE, "123456");

        assertThat(codes.matches(HERE, "123456", stored)).isTrue();
        assertThat(codes.matches(HERE, "123457", stored)).isFalse();
        assertThat(codes.matches(new Purpose(1, "keys.private", "kid2"), "123456", stored))
                .isFalse();
        assertThat(codes.matches(HERE, "123456", new byte[3])).isFalse();
        MasterKey next = MasterKey.generate(random);
        assertThat(new CodeHash(ring.rotatedTo(next)).matches(HERE, "123456", stored)).isTrue();
        assertThat(new CodeHash(KeyRing.of(next)).matches(HERE, "123456", stored)).isFalse();
    }
}
