package dev.ostiary.platform.org;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * Makes the ids of the wire.
 *
 * <p>An object's id has 20 characters (WIRE, Ids): a prefix of three that names the type, 14 of
 * base 62, and three that are constant in an org. Of the 14, seven count the milliseconds since
 * 2020 and seven are random (41 bits); digits come before capitals before small letters, so that
 * under {@code COLLATE "C"} ids of a type sort by the time they were made. Seven characters last
 * until the year 2131; a clock outside the range is clamped to it, which keeps ids unique and only
 * loses their order.
 *
 * <p>Ids are names, not secrets: what opens something comes from {@code secret.Tokens}. Thread-safe
 * if the source of randomness is.
 */
public final class Ids {

    /** Characters of an object's id. */
    public static final int LENGTH = 20;

    private static final String BASE_62 =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final String BASE_64 = BASE_62 + "-_";
    private static final int PREFIX = 3;
    private static final int TIME = 7;
    private static final int RANDOM = 7;
    private static final int TAIL = 3;
    private static final long EPOCH = Instant.parse("2020-01-01T00:00:00Z").toEpochMilli();
    private static final long RANGE = power(TIME);

    private final InstantSource time;
    private final RandomGenerator random;

    /** Ids from this clock and this source of randomness. */
    public Ids(InstantSource time, RandomGenerator random) {
        this.time = time;
        this.random = random;
    }

    /**
     * A new id.
     *
     * @param prefix the three characters of the type, such as {@code 00u}
     * @param tail the three characters of the org
     */
    public String next(String prefix, String tail) {
        return next(prefix, tail, time.instant());
    }

    /** A new id of a given moment, where the org's own clock counts. */
    public String next(String prefix, String tail, Instant moment) {
        if (prefix.length() != PREFIX || tail.length() != TAIL) {
            throw new IllegalArgumentException("prefix and tail have three characters each");
        }
        char[] id = new char[LENGTH];
        prefix.getChars(0, PREFIX, id, 0);
        write(millis(moment), id, PREFIX, TIME);
        write(random.nextLong(power(RANDOM)), id, PREFIX + TIME, RANDOM);
        tail.getChars(0, TAIL, id, LENGTH - TAIL);
        return new String(id);
    }

    /**
     * What every id of a type that is made at a moment or later is greater than, or begins with.
     */
    public static String since(String prefix, Instant moment) {
        char[] begin = new char[PREFIX + TIME];
        prefix.getChars(0, PREFIX, begin, 0);
        write(millis(moment), begin, PREFIX, TIME);
        return new String(begin);
    }

    private static long millis(Instant moment) {
        return Math.clamp(moment.toEpochMilli() - EPOCH, 0, RANGE - 1);
    }

    /** The tail of a new org: three random characters of base 62. */
    public String newTail() {
        return from(BASE_62, TAIL);
    }

    /** The id of an error: {@code oae} and 22 characters of URL-safe base64, 25 in all. */
    public String errorId() {
        return "oae" + from(BASE_64, 22);
    }

    /** The id of a request: 32 hex digits, the newer of the two shapes seen. */
    public String requestId() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /**
     * The public name of a session: {@code 102} and 22 characters, 25 in all. It is not what the
     * browser's cookie holds.
     */
    public String sessionId() {
        return "102" + from(BASE_64, 22);
    }

    /**
     * Whether a text has the shape of an object's id. What has not cannot be in any table, and
     * needs no query.
     */
    public static boolean isId(String text) {
        return text.length() == LENGTH && text.chars().allMatch(c -> BASE_62.indexOf(c) >= 0);
    }

    private String from(String alphabet, int length) {
        char[] text = new char[length];
        for (int i = 0; i < length; i++) {
            text[i] = alphabet.charAt(random.nextInt(alphabet.length()));
        }
        return new String(text);
    }

    private static void write(long value, char[] into, int start, int length) {
        long rest = value;
        for (int i = start + length - 1; i >= start; i--) {
            into[i] = BASE_62.charAt((int) (rest % 62));
            rest /= 62;
        }
    }

    private static long power(int exponent) {
        long result = 1;
        for (int i = 0; i < exponent; i++) {
            result *= 62;
        }
        return result;
    }
}
