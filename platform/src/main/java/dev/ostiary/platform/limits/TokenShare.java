package dev.ostiary.platform.limits;

/**
 * How much of the org's limits one principal may use.
 *
 * @param percent of every bucket, 1 to 100
 * @param concurrencyPercent of the requests under way, 1 to 100
 */
public record TokenShare(int percent, int concurrencyPercent) {

    /** What a principal has of which only that it has a share is said (Token rate limits). */
    public static final int DEFAULT = 50;
}
