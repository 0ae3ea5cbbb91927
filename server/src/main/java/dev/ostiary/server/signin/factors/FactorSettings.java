package dev.ostiary.server.signin.factors;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Reader;
import java.util.Optional;
import java.util.Set;

/** What an org's authenticators say of factors. Implementations are thread-safe. */
public interface FactorSettings {

    /** The kinds that users of the org may have. */
    Set<FactorKind> available(Reader reader, Org org);

    /**
     * What hardware tokens of a make are like.
     *
     * @param factorProfileId names the make
     * @return empty for what there is not, or not at present
     */
    Optional<TokenProfile> tokens(Reader reader, Org org, String factorProfileId);

    /** What the org asks of security keys. */
    SecurityKeyRules keys(Reader reader, Org org);
}
