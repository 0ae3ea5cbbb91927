package dev.ostiary.server.directory.users.password;

import java.util.List;
import org.bouncycastle.crypto.generators.SCrypt;

/**
 * scrypt (RFC 7914), as imported.
 *
 * @param logN binary logarithm of the cost
 * @param blockSize r
 * @param lanes p
 * @param salt base64
 * @param value base64
 */
record ScryptHash(int logN, int blockSize, int lanes, String salt, String value)
        implements PasswordHash {

    private static final long MOST_MEMORY = 64L * 1024 * 1024;
    private static final long MUCH_WORK = 128L * 1024 * 1024;

    static ScryptHash parse(List<String> parts) {
        Parameters.parts(parts.size(), 5);
        Parameters numbers = Parameters.parse(parts.get(2));
        ScryptHash hash =
                new ScryptHash(
                        numbers.get("ln", 1, 20),
                        numbers.get("r", 1, 32),
                        numbers.get("p", 1, 8),
                        PasswordHash.encode(Parameters.bytes(parts.get(3), 1, 64)),
                        PasswordHash.encode(Parameters.bytes(parts.get(4), 16, 64)));
        if (hash.memory() > MOST_MEMORY || hash.logN >= 16 * hash.blockSize) {
            throw new IllegalArgumentException("scrypt parameters ask for more than 64 MiB");
        }
        return hash;
    }

    private long memory() {
        return (128L * blockSize) << logN;
    }

    @Override
    public String text() {
        return "$scrypt$ln=" + logN + ",r=" + blockSize + ",p=" + lanes + "$" + salt + "$" + value;
    }

    @Override
    public byte[] expected() {
        return PasswordHash.decode(value);
    }

    @Override
    public byte[] compute(byte[] password, Argon2Memory none) {
        return SCrypt.generate(
                password,
                PasswordHash.decode(salt),
                1 << logN,
                blockSize,
                lanes,
                expected().length);
    }

    @Override
    public boolean isHeavy() {
        return memory() * lanes > MUCH_WORK;
    }
}
