package dev.ostiary.platform.store.embedded;

import java.util.function.BooleanSupplier;

/** Waits for what another process does; a test that waits in vain is stopped by its runner. */
final class Eventually {

    private Eventually() {}

    static void holds(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }
}
