package dev.ostiary.server.signin.devices;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.secret.TokenHash;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Tx;
import java.time.Instant;
import java.util.Optional;

/**
 * When each device of a user that shall be remembered has last proven a factor. The last {@value
 * #MOST} of a user are kept. Thread-safe.
 */
public final class RememberedDevices {

    private static final String KIND = "remembered-device";
    private static final int MOST = 20;

    private final RememberedDeviceStore store = new RememberedDeviceStore();

    /**
     * When a factor was last proven on a device; empty if never, or nobody wanted it remembered.
     */
    public Optional<Instant> provenAt(Reader reader, String userId, Device device) {
        return device.token().flatMap(token -> store.find(reader, userId, hash(token)));
    }

    /** A factor was proven on a device, and that shall be remembered. Nothing without a token. */
    public void remember(Tx tx, String userId, Device device, Instant now) {
        device.token().ifPresent(token -> store.save(tx, userId, hash(token), now, MOST));
    }

    /** Every device of a user is asked again. */
    public void forget(Tx tx, Org org, String userId) {
        store.deleteOf(tx, userId);
    }

    private static TokenHash hash(String token) {
        return TokenHash.of(KIND, token);
    }
}
