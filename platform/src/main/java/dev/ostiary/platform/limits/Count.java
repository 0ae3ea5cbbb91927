package dev.ostiary.platform.limits;

/**
 * How much was let through in a window that is open: what nodes tell each other.
 *
 * @param org the org's number
 * @param token the id of the token whose share it is; empty for the org's own
 * @param bucket the bucket's row in the table
 * @param count requests
 * @param ends when the window is over, in epoch seconds
 */
public record Count(long org, String token, int bucket, int count, long ends) {}
