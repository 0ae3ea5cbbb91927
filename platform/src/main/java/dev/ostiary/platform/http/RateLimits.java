package dev.ostiary.platform.http;

import dev.ostiary.platform.problem.ApiException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts requests by org and family in windows of a minute, says so in three headers, and refuses
 * past the limit (P34). The limit is a profile of the operator; by default it is so high that
 * nobody meets it. Counters live in the node.
 */
final class RateLimits implements Step {

    private static final long WINDOW_SECONDS = 60;

    private final InstantSource time;
    private final int limit;
    private final ConcurrentMap<Bucket, AtomicInteger> counters = new ConcurrentHashMap<>();
    private volatile long currentWindow;

    RateLimits(InstantSource time, int limit) {
        this.time = time;
        this.limit = limit;
    }

    private record Bucket(long org, String family, long window) {}

    @Override
    public Optional<Reply> run(Exchange exchange) {
        long window = time.millis() / 1000 / WINDOW_SECONDS;
        forgetBefore(window);
        Bucket bucket = new Bucket(exchange.org().number(), exchange.operation().family(), window);
        int used = counters.computeIfAbsent(bucket, b -> new AtomicInteger()).incrementAndGet();
        exchange.replyHeader("X-Rate-Limit-Limit", Integer.toString(limit));
        exchange.replyHeader("X-Rate-Limit-Remaining", Integer.toString(Math.max(0, limit - used)));
        exchange.replyHeader("X-Rate-Limit-Reset", Long.toString((window + 1) * WINDOW_SECONDS));
        if (used > limit) {
            throw ApiException.of("E0000047");
        }
        return Optional.empty();
    }

    private void forgetBefore(long window) {
        if (currentWindow < window) {
            currentWindow = window;
            counters.keySet().removeIf(bucket -> bucket.window() < window);
        }
    }
}
