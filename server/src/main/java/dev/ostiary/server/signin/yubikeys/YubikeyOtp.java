package dev.ostiary.server.signin.yubikeys;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * A one-time password of a YubiKey (The YubiKey Manual, "OTP"): the key's public id, and a block of
 * AES that holds its private id and two counters, both in an alphabet that every keyboard layout
 * types alike. Immutable.
 *
 * @param publicId names the key, in that alphabet
 * @param block the encrypted block
 */
public record YubikeyOtp(String publicId, byte[] block) {

    private static final String ALPHABET = "cbdefghijklnrtuv";
    private static final int PUBLIC_ID = 12;
    private static final int BLOCK = 16;
    private static final int PRIVATE_ID = 6;
    private static final int USES = 6;
    private static final int SESSION = 11;

    /** What is left over when the checksum of a whole block is made (ISO 13239). */
    private static final int RESIDUE = 0xf0b8;

    /** Reads one; empty for whatever is none. */
    public static Optional<YubikeyOtp> of(String text) {
        String typed = text.strip().toLowerCase(Locale.ROOT);
        if (typed.length() != PUBLIC_ID + 2 * BLOCK || !isOfAlphabet(typed)) {
            return Optional.empty();
        }
        byte[] block = new byte[BLOCK];
        for (int i = 0; i < BLOCK; i++) {
            int at = PUBLIC_ID + 2 * i;
            block[i] =
                    (byte)
                            (ALPHABET.indexOf(typed.charAt(at)) << 4
                                    | ALPHABET.indexOf(typed.charAt(at + 1)));
        }
        return Optional.of(new YubikeyOtp(typed.substring(0, PUBLIC_ID), block));
    }

    /** Whether a text is a public id. */
    static boolean isPublicId(String text) {
        return text.length() == PUBLIC_ID && isOfAlphabet(text);
    }

    private static boolean isOfAlphabet(String text) {
        return text.chars().allMatch(character -> ALPHABET.indexOf(character) >= 0);
    }

    /**
     * How often the key has made one: of two passwords, the later has the greater number. Empty if
     * this is none of the key with this seed.
     */
    public Optional<Long> count(YubikeySeed seed) {
        byte[] plain = decrypted(seed.aesKey());
        byte[] privateId = HexFormat.of().parseHex(seed.privateId());
        boolean right =
                MessageDigest.isEqual(privateId, Arrays.copyOf(plain, PRIVATE_ID))
                        && checksum(plain) == RESIDUE;
        int uses = (plain[USES] & 0xff) | (plain[USES + 1] & 0xff) << 8;
        return right ? Optional.of((long) uses << 8 | plain[SESSION] & 0xff) : Optional.empty();
    }

    /** One block is all there is, and never the same: there is nothing to chain. */
    private byte[] decrypted(String aesKey) {
        try {
            Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
            cipher.init(
                    Cipher.DECRYPT_MODE, new SecretKeySpec(HexFormat.of().parseHex(aesKey), "AES"));
            return cipher.doFinal(block);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES", e);
        }
    }

    private static int checksum(byte[] bytes) {
        int crc = 0xffff;
        for (byte each : bytes) {
            crc ^= each & 0xff;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >> 1 : crc >> 1 ^ 0x8408;
            }
        }
        return crc;
    }

    /** Says which key it is of, and nothing else. */
    @Override
    public String toString() {
        return "YubikeyOtp[" + publicId + "]";
    }
}
