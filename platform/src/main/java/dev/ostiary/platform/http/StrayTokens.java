package dev.ostiary.platform.http;

import dev.ostiary.platform.access.Caller;
import dev.ostiary.platform.org.Org;

/** Hears of API tokens that were used from where they may not be. Thread-safe. */
@FunctionalInterface
public interface StrayTokens {

    /** A request was refused for where its token came from; its context is bound to the thread. */
    void outside(Org org, Caller.Token token);
}
