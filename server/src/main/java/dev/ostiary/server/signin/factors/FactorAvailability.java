package dev.ostiary.server.signin.factors;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Reader;

/** Which kinds of factors an org lets its users have. Implementations are thread-safe. */
@FunctionalInterface
public interface FactorAvailability {

    /** Whether users of the org may have factors of the kind. */
    boolean available(Reader reader, Org org, FactorKind kind);
}
