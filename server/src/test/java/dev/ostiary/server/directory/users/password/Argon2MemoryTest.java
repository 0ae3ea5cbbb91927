package dev.ostiary.server.directory.users.password;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.Block;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Argon2MemoryTest {

    private static final byte[] SALT = "somesalt".getBytes(UTF_8);

    private final Argon2Memory memory = new Argon2Memory();

    @ParameterizedTest(name = "{0}")
    @DisplayName("the reference implementation's own test vectors come out of memory that was used")
    @CsvSource(
            delimiter = ' ',
            value = {
                // phc-winner-argon2, src/test.c, version 0x13, Argon2id
                "password $argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "password $argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
                "password $argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc",
                "password $argon2id$v=19$m=65536,t=1,p=1$c29tZXNhbHQ$9qWtwbpyPd3vm1rB1GThgPzZ3/ydHL92zKL+15XZypg",
                "password $argon2id$v=19$m=65536,t=4,p=1$c29tZXNhbHQ$kCXUjmjvc5XMqQedpMTsOv+zyJEf5PhtGiUghW9jFyw",
                "differentpassword $argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$C4TWUs9rDEvq7w3+J4umqA32aWKB1+DSiRuBfYxFj94"
            })
    void vectors(String password, String text) {
        PasswordHash hash = PasswordHash.parse(text);
        byte[] bytes = password.getBytes(UTF_8);

        hash.compute("another".getBytes(UTF_8), memory);

        assertThat(hash.compute(bytes, memory)).isEqualTo(hash.expected());
        assertThat(hash.compute(bytes, memory)).isEqualTo(hash.expected());
    }

    @Test
    @DisplayName("given hashes of many costs, then each is what it is in memory of its own")
    void sameAsEver() {
        for (int round = 0; round < 2; round++) {
            for (Argon2Cost cost :
                    List.of(
                            Argon2Cost.STANDARD,
                            new Argon2Cost(64, 1, 1),
                            new Argon2Cost(20 * 1024, 1, 4),
                            new Argon2Cost(8, 3, 1))) {
                byte[] password = ("secret " + round + cost).getBytes(UTF_8);

                assertThat(Argon2Hash.of(password, cost, SALT, memory).expected())
                        .isEqualTo(alone(password, cost));
            }
        }
    }

    private static byte[] alone(byte[] password, Argon2Cost cost) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(
                new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                        .withMemoryAsKB(cost.memoryKiB())
                        .withIterations(cost.passes())
                        .withParallelism(cost.lanes())
                        .withSalt(SALT)
                        .build());
        byte[] hash = new byte[32];
        generator.generateBytes(password, hash);
        return hash;
    }

    @Test
    @DisplayName("the next hash has the same blocks, no more than the standard cost needs are kept")
    void kept() {
        Argon2Hash.of(new byte[] {1}, new Argon2Cost(32 * 1024, 1, 1), SALT, memory);
        int most = Argon2Cost.STANDARD.memoryKiB() + 4;
        Set<Block> first = new HashSet<>(taken(most));
        first.forEach(memory::deallocate);

        assertThat(taken(most)).allMatch(first::contains);
        assertThat(first).doesNotContain(memory.allocate());
    }

    @Test
    @DisplayName("a block that is given back is zeroed before anything else")
    void zeroed() {
        List<Block> zeroed = new ArrayList<>();
        Block block =
                new Block() {
                    @Override
                    public Block clear() {
                        zeroed.add(this);
                        return super.clear();
                    }
                };

        memory.deallocate(block);

        assertThat(zeroed).containsExactly(block);
        assertThat(memory.allocate()).isSameAs(block);
    }

    private List<Block> taken(int many) {
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            blocks.add(memory.allocate());
        }
        return blocks;
    }
}
