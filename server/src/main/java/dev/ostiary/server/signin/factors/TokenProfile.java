package dev.ostiary.server.signin.factors;

import dev.ostiary.platform.json.Reading;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * What hardware tokens of one make have in common (Factors, "Enroll Custom HOTP Factor"; schema
 * {@code AuthenticatorMethodOtp}). Immutable.
 *
 * @param id {@code factorProfileId}
 * @param name what people call the make
 * @param algorithm of the JCA
 * @param digits of a password
 * @param seconds that a password is shown for
 * @param adjacent how many steps a token's clock may be off, on either side
 * @param encoding how its secret is written
 */
public record TokenProfile(
        String id,
        String name,
        String algorithm,
        int digits,
        int seconds,
        int adjacent,
        Encoding encoding) {

    /** Shorter ones can be guessed, or are a slip; RFC 4226 (4, R6) would rather have sixteen. */
    private static final int SHORTEST = 10;

    private static final int LONGEST = 128;

    /** How a secret is written. */
    public enum Encoding {
        BASE32,
        BASE64,
        HEXADECIMAL
    }

    /** How its passwords are made. */
    Hotp otp() {
        return new Hotp(algorithm, digits);
    }

    /**
     * The secret of a text; what is wrong with it is told to the reading.
     *
     * @param at where the text stands
     */
    Optional<byte[]> secret(String text, Reading.Path at, Reading reading) {
        byte[] secret;
        try {
            secret =
                    switch (encoding) {
                        case BASE32 -> Base32.bytes(text);
                        case BASE64 -> Base64.getDecoder().decode(text);
                        case HEXADECIMAL -> HexFormat.of().parseHex(text);
                    };
        } catch (IllegalArgumentException e) {
            return reading.wrong(at, "must be " + encoding.name().toLowerCase(Locale.ROOT));
        }
        return secret.length < SHORTEST || secret.length > LONGEST
                ? reading.wrong(at, "must be %d to %d bytes".formatted(SHORTEST, LONGEST))
                : Optional.of(secret);
    }
}
