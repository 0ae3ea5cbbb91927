package dev.ostiary.server.signin.devices;

import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Failed attempts to sign in as a user from devices that the user never came from, where an org
 * counts them apart ({@code preventBruteForceLockoutFromUnknownDevices}): as many as lock an
 * account lock out such devices, and leave the user's own alone. They open again with the account's
 * time, or after an hour where the policy has none; and at once when the user comes in from a
 * device of its own. The caller holds the account. Thread-safe.
 */
public final class UnknownDevices {

    private static final Duration STANDARD = Duration.ofHours(1);

    private final UnknownDeviceStore store = new UnknownDeviceStore();

    /** Whether they are refused now. */
    public boolean areLocked(Reader reader, String userId, int autoUnlockMinutes, Instant now) {
        Duration locked = autoUnlockMinutes > 0 ? Duration.ofMinutes(autoUnlockMinutes) : STANDARD;
        return store.find(reader, userId)
                .flatMap(UnknownDeviceStore.Failures::locked)
                .filter(since -> now.isBefore(since.plus(locked)))
                .isPresent();
    }

    /**
     * One more failed.
     *
     * @param most how many lock them out; 0 for any number
     * @return whether this one did
     */
    public boolean failed(Tx tx, String userId, int most, Instant now) {
        int before =
                store.find(tx, userId)
                        .filter(some -> some.locked().isEmpty())
                        .map(UnknownDeviceStore.Failures::count)
                        .orElse(0);
        boolean locks = most > 0 && before + 1 >= most;
        store.save(
                tx,
                userId,
                new UnknownDeviceStore.Failures(
                        before + 1, locks ? Optional.of(now) : Optional.empty()));
        return locks;
    }

    /** The user is in: nothing that failed before counts any more. Deferred. */
    public void forget(Tx tx, String userId) {
        store.delete(tx, userId);
    }
}
