package dev.ostiary.conformance.harness;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what another process does, where nothing tells us that it has been done. */
public final class Await {

    private Await() {}

    /**
     * Asks again and again until it is so.
     *
     * @return false if it was not so within the time
     */
    public static boolean until(Duration longest, BooleanSupplier so) {
        long end = System.nanoTime() + longest.toNanos();
        while (!so.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        return true;
    }
}
