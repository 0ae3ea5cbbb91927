package dev.ostiary.server.delivery;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Tx;

/**
 * Takes mail. What is put in stands or falls with the business transaction: a rolled-back change
 * never sends, and a committed one is never without its mail (P37). Implementations are
 * thread-safe.
 */
public interface Outbox {

    /** Puts a mail in, to be sent after the commit. Costs no round trip of its own. */
    void put(Tx tx, Org org, Mail mail);
}
