package dev.ostiary.platform.http;

import java.util.Optional;

/**
 * How many requests of an org are worked on at once (P34). Stands behind the reading of the body:
 * whoever sends slowly holds nobody's place.
 */
final class UnderWay implements Step {

    private final RateLimits limits;

    UnderWay(RateLimits limits) {
        this.limits = limits;
    }

    @Override
    public Optional<Reply> run(Exchange exchange) {
        limits.enter(exchange);
        return Optional.empty();
    }
}
