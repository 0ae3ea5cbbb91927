package dev.ostiary.server.directory.users.password;

import dev.ostiary.platform.problem.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads an imported hash (documentation: Users API, "Hashed Password object") and refuses what no
 * password could ever match, with a cause for every wrong field at once: the import is the only
 * moment at which somebody is there who can correct it.
 */
public final class PasswordImport {

    private static final String BLANK = "The field cannot be left blank";

    private final HashedPassword given;
    private final List<String> causes = new ArrayList<>();

    private PasswordImport(HashedPassword given) {
        this.given = given;
    }

    /**
     * The hash that was sent.
     *
     * @throws ApiException {@code E0000001 Api validation failed: password} with causes of the form
     *     {@code hash.workFactor: …}
     */
    public static PasswordHash read(HashedPassword given) {
        PasswordImport reading = new PasswordImport(given);
        PasswordHash hash = reading.hash();
        if (hash == null || !reading.causes.isEmpty()) {
            throw ApiException.validation("password", reading.causes);
        }
        return hash;
    }

    private @Nullable PasswordHash hash() {
        String algorithm = given.algorithm();
        if (algorithm == null || algorithm.isBlank()) {
            return wrong("algorithm", BLANK);
        }
        return switch (algorithm) {
            case "BCRYPT" -> bcrypt();
            case "PBKDF2" -> pbkdf2();
            case "ARGON2" -> phc("argon2id");
            case "SCRYPT" -> phc("scrypt");
            default -> {
                for (DigestHash.Algorithm digest : DigestHash.Algorithm.values()) {
                    if (digest.wire().equals(algorithm)) {
                        yield digest(digest);
                    }
                }
                yield wrong(
                        "algorithm",
                        "The value must be BCRYPT, SHA-512, SHA-256, SHA-1, MD5, PBKDF2, SCRYPT or ARGON2");
            }
        };
    }

    private @Nullable PasswordHash bcrypt() {
        Integer factor = number("workFactor", given.workFactor(), 1, 20);
        String salt = radix64("salt", given.salt(), BcryptHash.SALT);
        String value = radix64("value", given.value(), BcryptHash.VALUE);
        return factor == null || salt == null || value == null
                ? null
                : new BcryptHash(factor, salt, value);
    }

    private @Nullable PasswordHash digest(DigestHash.Algorithm algorithm) {
        String value = base64("value", given.value(), algorithm.bytes(), algorithm.bytes());
        if (given.salt() == null || given.salt().isEmpty()) {
            return value == null
                    ? null
                    : new DigestHash(algorithm, DigestHash.Order.NONE, "", value);
        }
        String salt = text("salt", given.salt());
        DigestHash.Order order = order(given.saltOrder());
        return value == null || salt == null || order == null
                ? null
                : new DigestHash(algorithm, order, salt, value);
    }

    private DigestHash.@Nullable Order order(@Nullable String text) {
        return switch (text) {
            case null -> wrong("saltOrder", BLANK);
            case "PREFIX" -> DigestHash.Order.PREFIX;
            case "POSTFIX" -> DigestHash.Order.POSTFIX;
            default -> wrong("saltOrder", "The value must be PREFIX or POSTFIX");
        };
    }

    private @Nullable PasswordHash pbkdf2() {
        Pbkdf2Hash.Digest digest =
                switch (given.digestAlgorithm()) {
                    case null -> wrong("digestAlgorithm", BLANK);
                    case "SHA256_HMAC" -> Pbkdf2Hash.Digest.SHA256;
                    case "SHA512_HMAC" -> Pbkdf2Hash.Digest.SHA512;
                    default ->
                            wrong(
                                    "digestAlgorithm",
                                    "The value must be SHA256_HMAC or SHA512_HMAC");
                };
        Integer iterations =
                number(
                        "iterationCount",
                        given.iterationCount(),
                        Pbkdf2Hash.LEAST_ITERATIONS,
                        Pbkdf2Hash.MOST_ITERATIONS);
        Integer size = number("keySize", given.keySize(), 8, Pbkdf2Hash.MOST_KEY);
        String salt = base64("salt", given.salt(), 1, Pbkdf2Hash.MOST_SALT);
        String value =
                size == null
                        ? base64("value", given.value(), 1, Pbkdf2Hash.MOST_KEY)
                        : base64("value", given.value(), size, size);
        return digest == null || iterations == null || salt == null || value == null
                ? null
                : new Pbkdf2Hash(digest, iterations, salt, value);
    }

    /** ARGON2 and SCRYPT are ours: the value is the PHC string that libraries write. */
    private @Nullable PasswordHash phc(String kind) {
        String value = given.value();
        if (value == null || value.isEmpty()) {
            return wrong("value", BLANK);
        }
        if (!value.startsWith("$" + kind + "$")) {
            return wrong("value", "The value must be a PHC string that starts with $" + kind + "$");
        }
        try {
            return PasswordHash.parse(value);
        } catch (IllegalArgumentException e) {
            return wrong("value", "The value is not a usable PHC string: " + e.getMessage());
        }
    }

    private @Nullable Integer number(String field, @Nullable Integer value, int least, int most) {
        if (value == null) {
            return wrong(field, BLANK);
        }
        return value < least || value > most
                ? wrong(field, "The value must be between " + least + " and " + most)
                : value;
    }

    private @Nullable String radix64(String field, @Nullable String text, int length) {
        if (text == null || text.isEmpty()) {
            return wrong(field, BLANK);
        }
        if (text.length() != length) {
            return wrong(field, "The value must be " + length + " characters long");
        }
        return BcryptHash.isRadix64(text)
                ? text
                : wrong(field, "The value must be encoded in radix 64 (./A-Za-z0-9)");
    }

    /** A salt that counts as the text that it is; see {@link DigestHash}. */
    private @Nullable String text(String field, String text) {
        return text.length() > Pbkdf2Hash.MOST_SALT
                ? wrong(
                        field,
                        "The value must be at most " + Pbkdf2Hash.MOST_SALT + " characters long")
                : PasswordHash.encode(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The text in the one form that is stored; so equal hashes are equal texts. */
    private @Nullable String base64(String field, @Nullable String text, int least, int most) {
        if (text == null || text.isEmpty()) {
            return wrong(field, BLANK);
        }
        byte[] bytes;
        try {
            bytes = PasswordHash.decode(text);
        } catch (IllegalArgumentException notBase64) {
            return wrong(field, "The value must be encoded in Base64");
        }
        if (bytes.length < least || bytes.length > most) {
            String expected = least == most ? "" + least : "between " + least + " and " + most;
            return wrong(
                    field, "The value must hold " + expected + " bytes, but holds " + bytes.length);
        }
        return PasswordHash.encode(bytes);
    }

    /** Notes a cause. Always null, whatever type the caller lacks, so that no cast is hidden. */
    @SuppressWarnings("TypeParameterUnusedInFormals")
    private <T> @Nullable T wrong(String field, String message) {
        causes.add("hash." + field + ": " + message);
        return null;
    }
}
