package dev.ostiary.server.oauth.clients;

import dev.ostiary.platform.store.ExpiringHashes;
import dev.ostiary.platform.store.Tx;
import java.time.Instant;

/** The table {@code used_once}. Thread-safe. */
public final class UsedOnceStore {

    private static final ExpiringHashes TABLE = new ExpiringHashes("used_once");

    /** Uses something. False if somebody has done so before; of two at once, one does. */
    public boolean use(Tx tx, UsedOnce once, Instant now) {
        return TABLE.add(tx, once.hash().bytes(), once.expires(), now);
    }
}
