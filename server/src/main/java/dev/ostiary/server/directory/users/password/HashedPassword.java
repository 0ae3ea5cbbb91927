package dev.ostiary.server.directory.users.password;

import org.jspecify.annotations.Nullable;

/**
 * The wire's hashed password ({@code credentials.password.hash}, schema {@code
 * PasswordCredentialHash}), as it was sent: every part may be missing or wrong. {@link
 * PasswordImport} makes a hash of it.
 *
 * @param algorithm {@code BCRYPT}, {@code SHA-512}, {@code SHA-256}, {@code SHA-1}, {@code MD5},
 *     {@code PBKDF2}; and, beyond the original, {@code ARGON2} and {@code SCRYPT}
 * @param value base64 of the hash; 31 characters of radix 64 for BCRYPT; the whole PHC string for
 *     ARGON2 and SCRYPT
 * @param salt base64 of the salt; 22 characters of radix 64 for BCRYPT
 * @param saltOrder {@code PREFIX} or {@code POSTFIX}, for salted digests
 * @param workFactor 1 to 20, for BCRYPT
 * @param digestAlgorithm {@code SHA256_HMAC} or {@code SHA512_HMAC}, for PBKDF2
 * @param iterationCount 4096 or more, for PBKDF2
 * @param keySize bytes of the derived key, for PBKDF2
 */
public record HashedPassword(
        @Nullable String algorithm,
        @Nullable String value,
        @Nullable String salt,
        @Nullable String saltOrder,
        @Nullable Integer workFactor,
        @Nullable String digestAlgorithm,
        @Nullable Integer iterationCount,
        @Nullable Integer keySize) {

    /** Says nothing: hash and salt are secrets. */
    @Override
    public String toString() {
        return "HashedPassword[" + algorithm + "]";
    }
}
