package dev.ostiary.server.directory.users.password;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/** Turns stored hashes back into what {@link PasswordImport} reads, for another server's import. */
public final class PasswordExport {

    private PasswordExport() {}

    /** The hash as the wire has it. */
    public static HashedPassword of(PasswordHash hash) {
        return switch (hash) {
            case Argon2Hash argon2 -> phc("ARGON2", argon2.text());
            case ScryptHash scrypt -> phc("SCRYPT", scrypt.text());
            case BcryptHash bcrypt ->
                    new HashedPassword(
                            "BCRYPT",
                            bcrypt.value(),
                            bcrypt.salt(),
                            null,
                            bcrypt.workFactor(),
                            null,
                            null,
                            null);
            case DigestHash digest ->
                    new HashedPassword(
                            digest.algorithm().wire(),
                            digest.value(),
                            salt(digest),
                            order(digest.order()),
                            null,
                            null,
                            null,
                            null);
            case Pbkdf2Hash pbkdf2 ->
                    new HashedPassword(
                            "PBKDF2",
                            pbkdf2.value(),
                            pbkdf2.salt(),
                            null,
                            null,
                            switch (pbkdf2.digest()) {
                                case SHA256 -> "SHA256_HMAC";
                                case SHA512 -> "SHA512_HMAC";
                            },
                            pbkdf2.iterations(),
                            PasswordHash.decode(pbkdf2.value()).length);
        };
    }

    private static HashedPassword phc(String algorithm, String text) {
        return new HashedPassword(algorithm, text, null, null, null, null, null, null);
    }

    /** It was sent as a text, and is kept as the base64 of it. */
    private static @Nullable String salt(DigestHash digest) {
        return digest.order() == DigestHash.Order.NONE
                ? null
                : new String(PasswordHash.decode(digest.salt()), UTF_8);
    }

    private static @Nullable String order(DigestHash.Order order) {
        return switch (order) {
            case PREFIX -> "PREFIX";
            case POSTFIX -> "POSTFIX";
            case NONE -> null;
        };
    }
}
