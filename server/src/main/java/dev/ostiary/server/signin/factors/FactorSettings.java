package dev.ostiary.server.signin.factors;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Reader;
import java.time.Duration;
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

    /** The kinds that are of use when users of the org sign in ({@code allowedFor}). */
    Set<FactorKind> forSignIn(Reader reader, Org org);

    /** Whether a kind is of use to who forgot a password or is locked out ({@code allowedFor}). */
    boolean forRecovery(Reader reader, Org org, FactorKind kind);

    /** How long a code by mail lives unless somebody says otherwise. */
    Duration mailLifetime(Reader reader, Org org);

    /** When devices have to choose a number. */
    NumberChallenge numberChallenge(Reader reader, Org org);

    /** What the org asks of security keys. */
    SecurityKeyRules keys(Reader reader, Org org);
}
