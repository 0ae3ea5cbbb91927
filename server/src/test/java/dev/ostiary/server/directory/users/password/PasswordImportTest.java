package dev.ostiary.server.directory.users.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ostiary.platform.problem.ApiException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PasswordImportTest {

    private static final String SUPPORT_SALT = "JipHQUgqQU8qQUwpQUYjUChBSEcjQQ==";

    private static HashedPassword digest(
            String algorithm, @Nullable String salt, @Nullable String order, String value) {
        return new HashedPassword(algorithm, value, salt, order, null, null, null, null);
    }

    private static HashedPassword bcrypt(@Nullable Integer factor, String salt, String value) {
        return new HashedPassword("BCRYPT", value, salt, null, factor, null, null, null);
    }

    private static HashedPassword pbkdf2(
            @Nullable String digest,
            @Nullable Integer iterations,
            @Nullable Integer size,
            String value) {
        return new HashedPassword(
                "PBKDF2", value, "c2FsdA==", null, null, digest, iterations, size);
    }

    private static boolean matches(HashedPassword given, String password) {
        PasswordHash hash = PasswordImport.read(given);
        assertThat(PasswordHash.parse(hash.text())).isEqualTo(hash);
        return hash.matches(password.getBytes(StandardCharsets.UTF_8), new Argon2Memory());
    }

    private static ApiException refused(HashedPassword given) {
        ApiException error =
                catchThrowableOfType(ApiException.class, () -> PasswordImport.read(given));
        assertThat(error.code()).isEqualTo("E0000001");
        assertThat(error.arguments()).containsExactly("password");
        return error;
    }

    @ParameterizedTest(name = "{0} {2}")
    @DisplayName(
            "digests with the salt before, behind, or without one verify the password they were made of")
    @CsvSource(
            nullValues = "-",
            value = {
                "SHA-512,JipHQUgqQU8qQUwpQUYjUChBSEcjQQ==,POSTFIX,s3cr3tp@ssw0rd,Zz6KwLGDm7ospSipwpDmxAjBWHKPLgGh1roGzI267h6txr/ihTI/R4K2eYrpyc0R24qCSF6DRqNl110vZZtj4A==",
                "SHA-1,-,-,abc,qZk+NkcGgWq6PiVxeFDCbJzQ2J0=",
                "SHA-256,-,-,abc,ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0",
                "MD5,-,-,abc,kAFQmDzST7DWlj99KOF/cg==",
                "MD5,YQ==,PREFIX,bc,kAFQmDzST7DWlj99KOF/cg==",
                "MD5,Yw==,POSTFIX,ab,kAFQmDzST7DWlj99KOF/cg==",
                "SHA-1,YQ,PREFIX,bc,qZk-NkcGgWq6PiVxeFDCbJzQ2J0"
            })
    void digests(
            String algorithm,
            @Nullable String salt,
            @Nullable String order,
            String password,
            String value) {
        assertThat(matches(digest(algorithm, salt, order, value), password)).isTrue();
        assertThat(matches(digest(algorithm, salt, order, value), password + "x")).isFalse();
    }

    @Test
    @DisplayName(
            "bcrypt, PBKDF2, and our extensions ARGON2 and SCRYPT verify the password they were made of")
    void others() {
        assertThat(
                        matches(
                                bcrypt(
                                        10,
                                        "qRRx8rli7Lvs2h2CNgCQ2O",
                                        "mVA2NDdomRGoGFrAXDZcno0OZ6CoOU2"),
                                "P@ssword123456"))
                .isTrue();
        String derived = "xeR41ZKIyEGqUw22hFxMjZYok6ABzk4RpJY4c6qYE0o=";
        assertThat(matches(pbkdf2("SHA256_HMAC", 4096, 32, derived), "password")).isTrue();
        assertThat(matches(pbkdf2("SHA512_HMAC", 4096, 32, derived), "password")).isFalse();
        assertThat(
                        matches(
                                digest(
                                        "ARGON2",
                                        null,
                                        null,
                                        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"),
                                "password"))
                .isTrue();
        assertThat(
                        matches(
                                digest(
                                        "SCRYPT",
                                        null,
                                        null,
                                        "$scrypt$ln=14,r=8,p=1$U29kaXVtQ2hsb3JpZGU$cCO9yzr9c0hGHAbNgf046/2o+7qQT44+qbVD9lRdofLVQylVYT8Pz2LUlwUkKpr55h6F3A1lHkDfzwF7RVdYhw"),
                                "pleaseletmein"))
                .isTrue();
    }

    @Test
    @DisplayName("the documentation's own examples verify the passwords that they were made of")
    void documented() {
        PasswordImport.read(
                bcrypt(10, "rwh3vH166HCH/NT9XV5FYu", "qaMqvAPULkbiQzkTCWo5XDcvzpk8Tna"));
        String sha512 =
                "QrozP8a+KfoHu6mPFysxLoO5LMQsd2Fw6IclZUf8xQjetJOCGS93vm68h+VaFX0LHSiF/GxQkykq1vofmx6NGA==";
        assertThat(matches(digest("SHA-512", "TXlTYWx0", "PREFIX", sha512), "Abcd1234")).isTrue();
        String sha1 = "xjrauE6J6kbjcvMjWSSc+PsBBls=";
        assertThat(matches(digest("SHA-1", "UEO3wsAsgzQ=", "POSTFIX", sha1), "P@ssw0rd")).isTrue();
        String md5 = "jqACjUUFXM1XE6NiLALAbA==";
        assertThat(matches(digest("MD5", "TXlTYWx0", "PREFIX", md5), "Abcd1234")).isTrue();
    }

    @Test
    @DisplayName(
            "a salt counts as the text sent, as in the documentation's SHA-256 example, or decoded, as it says")
    void saltAsTextOrDecoded() {
        String example = "Gjxo7mxvvzQWa83ovhYRUH2dWUhC1N77Ntc56UfI4sY";
        assertThat(matches(digest("SHA-256", "MPu13OmY", "PREFIX", example), "test")).isTrue();
        assertThat(matches(digest("SHA-256", "MPu13OmY", "PREFIX", example), "Test")).isFalse();
        String abc = "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=";
        assertThat(matches(digest("SHA-256", "YQ==", "PREFIX", abc), "bc")).isTrue();
        assertThat(matches(digest("SHA-256", "ab", "PREFIX", abc), "c")).isTrue();
        assertThat(refused(digest("SHA-256", "x".repeat(513), "PREFIX", abc)).causes())
                .containsExactly("hash.salt: The value must be at most 512 characters long");
        String javaClients =
                "lYsGXewv+No719m6LL6QEBEy2lGK93knr2lqPgnZmnfsdCp2uX+plv35Aoc8eKKlyTZ+ALHUAoFYVAPGkqBoQg==";
        assertThat(matches(digest("SHA-512", "aSalt", "PREFIX", javaClients), "aPassword"))
                .isTrue();
        assertThat(matches(digest("SHA-512", "aSalt", "POSTFIX", javaClients), "aPassword"))
                .isFalse();
    }

    @Test
    @DisplayName("work factors of 1 to 20 are accepted; the slow ones have a lane of their own")
    void workFactors() {
        assertThat(PasswordImport.read(bcrypt(1, "C".repeat(22), "C".repeat(31))).isHeavy())
                .isFalse();
        assertThat(PasswordImport.read(bcrypt(20, "C".repeat(22), "C".repeat(31))).isHeavy())
                .isTrue();
    }

    @Test
    @DisplayName("P6 every wrong field has its cause, all at once")
    void causes() {
        assertThat(refused(bcrypt(21, "short", "x".repeat(32))).causes())
                .containsExactly(
                        "hash.workFactor: The value must be between 1 and 20",
                        "hash.salt: The value must be 22 characters long",
                        "hash.value: The value must be 31 characters long");
        assertThat(refused(bcrypt(null, "!".repeat(22), "C".repeat(31))).causes())
                .containsExactly(
                        "hash.workFactor: The field cannot be left blank",
                        "hash.salt: The value must be encoded in radix 64 (./A-Za-z0-9)");
        assertThat(refused(pbkdf2("MD5_HMAC", 4095, null, "@@@")).causes())
                .containsExactly(
                        "hash.digestAlgorithm: The value must be SHA256_HMAC or SHA512_HMAC",
                        "hash.iterationCount: The value must be between 4096 and 10000000",
                        "hash.keySize: The field cannot be left blank",
                        "hash.value: The value must be encoded in Base64");
        assertThat(refused(pbkdf2("SHA256_HMAC", 4096, 64, "c2FsdA==")).causes())
                .containsExactly("hash.value: The value must hold 64 bytes, but holds 4");
        assertThat(refused(digest("SHA-256", SUPPORT_SALT, "MIDDLE", "a".repeat(64))).causes())
                .containsExactly(
                        "hash.value: The value must hold 32 bytes, but holds 48",
                        "hash.saltOrder: The value must be PREFIX or POSTFIX");
        assertThat(
                        refused(digest("SHA-1", SUPPORT_SALT, null, "qZk+NkcGgWq6PiVxeFDCbJzQ2J0="))
                                .causes())
                .containsExactly("hash.saltOrder: The field cannot be left blank");
        assertThat(refused(digest("sha-1", null, null, "x")).causes())
                .singleElement()
                .asString()
                .startsWith("hash.algorithm: The value must be BCRYPT");
        assertThat(
                        refused(new HashedPassword(null, null, null, null, null, null, null, null))
                                .causes())
                .containsExactly("hash.algorithm: The field cannot be left blank");
        assertThat(refused(digest("ARGON2", null, null, "$argon2i$x")).causes()).hasSize(1);
        assertThat(refused(digest("SCRYPT", null, null, "$scrypt$ln=99,r=8,p=1$a$b")).causes())
                .hasSize(1);
    }

    @Test
    @DisplayName("given huge input, then it is refused, and a printed import shows no hash")
    void bounded() {
        assertThat(
                        refused(
                                        digest(
                                                "MD5",
                                                "A".repeat(1 << 20),
                                                "PREFIX",
                                                "kAFQmDzST7DWlj99KOF/cg=="))
                                .causes())
                .containsExactly("hash.salt: The value must be at most 512 characters long");
        assertThat(digest("MD5", "salty", "PREFIX", "hashy")).hasToString("HashedPassword[MD5]");
    }
}
