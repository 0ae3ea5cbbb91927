package dev.ostiary.server.directory.users.password;

import java.util.List;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id, version 1.3 (RFC 9106): what this server makes itself.
 *
 * @param cost memory, passes and lanes
 * @param salt base64
 * @param value base64
 */
record Argon2Hash(Argon2Cost cost, String salt, String value) implements PasswordHash {

    static Argon2Hash of(byte[] password, Argon2Cost cost, byte[] salt, Argon2Memory memory) {
        return new Argon2Hash(
                cost,
                PasswordHash.encode(salt),
                PasswordHash.encode(run(password, cost, salt, 32, memory)));
    }

    static Argon2Hash parse(List<String> parts) {
        Parameters.parts(parts.size(), 6);
        if (!parts.get(2).equals("v=19")) {
            throw new IllegalArgumentException("Argon2 is known in version 19 only");
        }
        Parameters numbers = Parameters.parse(parts.get(3));
        Argon2Cost cost =
                new Argon2Cost(
                        numbers.get("m", 8, 65_536),
                        numbers.get("t", 1, 16),
                        numbers.get("p", 1, 8));
        return new Argon2Hash(
                cost,
                PasswordHash.encode(Parameters.bytes(parts.get(4), 8, 64)),
                PasswordHash.encode(Parameters.bytes(parts.get(5), 16, 64)));
    }

    @Override
    public String text() {
        return "$argon2id$v=19$m="
                + cost.memoryKiB()
                + ",t="
                + cost.passes()
                + ",p="
                + cost.lanes()
                + "$"
                + salt
                + "$"
                + value;
    }

    @Override
    public byte[] expected() {
        return PasswordHash.decode(value);
    }

    @Override
    public byte[] compute(byte[] password, Argon2Memory memory) {
        return run(password, cost, PasswordHash.decode(salt), expected().length, memory);
    }

    @Override
    public boolean isHeavy() {
        return cost.work() > 4 * Argon2Cost.STANDARD.work();
    }

    private static byte[] run(
            byte[] password, Argon2Cost cost, byte[] salt, int length, Argon2Memory memory) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(
                new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                        .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                        .withMemoryAsKB(cost.memoryKiB())
                        .withIterations(cost.passes())
                        .withParallelism(cost.lanes())
                        .withSalt(salt)
                        .withBlockPool(memory)
                        .build());
        byte[] result = new byte[length];
        generator.generateBytes(password, result);
        return result;
    }
}
