package dev.ostiary.server.signin.factors;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Reader;
import java.util.Set;

/** Which kinds of factors an org lets its users have. Implementations are thread-safe. */
@FunctionalInterface
public interface FactorAvailability {

    /** The kinds that users of the org may have. */
    Set<FactorKind> available(Reader reader, Org org);
}
