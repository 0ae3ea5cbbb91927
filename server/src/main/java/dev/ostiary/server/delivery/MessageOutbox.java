package dev.ostiary.server.delivery;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Tx;

/** An {@link Outbox} that takes messages for phones, too. Implementations are thread-safe. */
public interface MessageOutbox extends Outbox {

    /** Puts a message in, as {@link #put(Tx, Org, Mail)} does a mail. */
    void put(Tx tx, Org org, PhoneMessage message);
}
