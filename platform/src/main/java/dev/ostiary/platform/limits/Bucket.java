package dev.ostiary.platform.limits;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * A quota that one or more endpoints share, as it stands in one profile. Immutable.
 *
 * @param index the row of the table: where its counter stands; the same in every profile
 * @param pattern the URL pattern, as events name the bucket
 * @param category whose cumulative limit it counts towards
 * @param limit requests in a window, as headers tell it
 * @param ceiling requests in a window that are let through: more than the limit only where bursts
 *     are
 * @param uuid the bucket's name in events
 */
public record Bucket(
        int index, String pattern, Category category, int limit, int ceiling, String uuid) {

    static Bucket of(int index, String pattern, Category category, int limit, int ceiling) {
        byte[] name = pattern.getBytes(StandardCharsets.UTF_8);
        return new Bucket(
                index, pattern, category, limit, ceiling, UUID.nameUUIDFromBytes(name).toString());
    }

    /** The share of this bucket that a principal may use: at least one request. */
    int share(int percent) {
        return Math.max(1, (int) ((long) limit * percent / 100));
    }

    /** The request that reaches this percentage of the limit. */
    int reached(int percent) {
        return (int) (((long) limit * percent + 99) / 100);
    }
}
