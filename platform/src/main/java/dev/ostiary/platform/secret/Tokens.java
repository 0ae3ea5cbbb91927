package dev.ostiary.platform.secret;

import java.security.SecureRandom;

/**
 * Random texts that are secrets. All are of the URL-safe base64 alphabet, six bits a character.
 *
 * <p>Takes a {@link SecureRandom} and no other source, because whoever guesses a token owns what it
 * opens. Thread-safe.
 */
public final class Tokens {

    private static final String ALPHABET =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static final String DIGITS = "0123456789";

    private final SecureRandom random;

    /** Tokens from this source. */
    public Tokens(SecureRandom random) {
        this.random = random;
    }

    /**
     * An API token: {@code 00} and 40 random characters (240 bits), 42 in all. State and recovery
     * tokens of the classic authentication API have the same shape.
     */
    public String apiToken() {
        return "00" + urlSafe(40);
    }

    /**
     * Random characters.
     *
     * @param length how many, six bits each
     */
    public String urlSafe(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        char[] text = new char[length];
        for (int i = 0; i < length; i++) {
            text[i] = ALPHABET.charAt(bytes[i] & 63);
        }
        return new String(text);
    }

    /** Random decimal digits, each as likely as the other; to be stored by {@link CodeHash}. */
    public String digits(int length) {
        return of(DIGITS, length);
    }

    /** Random characters of an alphabet, each as likely as the other. */
    public String of(String alphabet, int length) {
        char[] text = new char[length];
        for (int i = 0; i < length; i++) {
            text[i] = alphabet.charAt(random.nextInt(alphabet.length()));
        }
        return new String(text);
    }
}
