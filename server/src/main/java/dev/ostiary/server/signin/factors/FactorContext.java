package dev.ostiary.server.signin.factors;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.users.User;
import java.time.Instant;
import java.util.Set;

/**
 * One step with a factor: in whose transaction, of whom, and when.
 *
 * @param tx the caller's transaction; what the step writes stands or falls with it
 * @param org the org
 * @param user whose factors it is about
 * @param baseUrl scheme and host as the client used them, without a slash at the end: the origin
 *     that security keys sign for, and what links begin with
 * @param now the org's time
 * @param keyGroups of which groups of models a new security key has to be; none for any model
 */
public record FactorContext(
        Tx tx, Org org, User user, String baseUrl, Instant now, Set<String> keyGroups) {

    public FactorContext {
        keyGroups = Set.copyOf(keyGroups);
    }

    /** A step in which any model of keys will do. */
    public FactorContext(Tx tx, Org org, User user, String baseUrl, Instant now) {
        this(tx, org, user, baseUrl, now, Set.of());
    }

    /** The same, in which a new security key has to be of one of these groups of models. */
    FactorContext bound(Set<String> groups) {
        return new FactorContext(tx, org, user, baseUrl, now, groups);
    }
}
