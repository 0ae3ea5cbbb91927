package dev.ostiary.platform.tls;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The present, until a test moves it. */
final class MovableClock implements InstantSource {

    private Instant now = InstantSource.system().instant();

    @Override
    public Instant instant() {
        return now;
    }

    void advance(Duration by) {
        now = now.plus(by);
    }
}
