package dev.ostiary.platform.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

/**
 * Counts and times requests by operation and status. Thread-safe; the number of series is bounded
 * by the contract.
 */
public final class Meters {

    private record Key(String operation, int status) {}

    private final MeterRegistry registry;
    private final ConcurrentMap<Key, Timer> timers = new ConcurrentHashMap<>();

    public Meters(MeterRegistry registry) {
        this.registry = registry;
    }

    void request(Exchange exchange, int status, long nanos) {
        String operation = exchange.maybeOperation().map(found -> found.id()).orElse("none");
        timers.computeIfAbsent(new Key(operation, status), this::timer)
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(Key key) {
        return Timer.builder("ostiary.requests")
                .description("Requests by operation and status")
                .tag("operation", key.operation())
                .tag("status", Integer.toString(key.status()))
                .register(registry);
    }
}
