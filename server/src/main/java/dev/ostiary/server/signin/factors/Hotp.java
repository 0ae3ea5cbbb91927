package dev.ostiary.server.signin.factors;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * One-time passwords of a counter (RFC 4226), and of a time step as the counter (RFC 6238).
 * Immutable and thread-safe.
 *
 * @param algorithm of the JCA, such as {@code HmacSHA1}
 * @param digits 6 to 10
 */
record Hotp(String algorithm, int digits) {

    /** What every authenticator app understands. */
    static final Hotp COMMON = new Hotp("HmacSHA1", 6);

    /** The time step of every authenticator app, in seconds (RFC 6238, 4.1). */
    static final int STEP = 30;

    /** The password at a counter (RFC 4226, 5.3). */
    String at(byte[] seed, long counter) {
        byte[] hash = hmac(seed, ByteBuffer.allocate(Long.BYTES).putLong(counter).array());
        int offset = hash[hash.length - 1] & 0xf;
        long binary = ByteBuffer.wrap(hash).getInt(offset) & 0x7fff_ffffL;
        String number = Long.toString(binary % power());
        return "0".repeat(digits - number.length()) + number;
    }

    /**
     * The counter from one to another, both included, at which a password is the given one; the
     * same time passes whichever it is.
     */
    OptionalLong find(byte[] seed, String given, long from, long to) {
        long found = -1;
        for (long counter : LongStream.rangeClosed(Math.max(0, from), to).toArray()) {
            if (equal(at(seed, counter), given)) {
                found = counter;
            }
        }
        return found < 0 ? OptionalLong.empty() : OptionalLong.of(found);
    }

    /** The time step of a moment (RFC 6238, 4.2). */
    static long step(Instant moment, int seconds) {
        return Math.floorDiv(moment.getEpochSecond(), seconds);
    }

    private long power() {
        long power = 1;
        for (int i = 0; i < digits; i++) {
            power *= 10;
        }
        return power;
    }

    private byte[] hmac(byte[] seed, byte[] message) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(seed, algorithm));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }

    private static boolean equal(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
