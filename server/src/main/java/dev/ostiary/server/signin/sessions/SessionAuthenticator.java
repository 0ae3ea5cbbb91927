package dev.ostiary.server.signin.sessions;

import dev.ostiary.platform.access.Authentication;
import dev.ostiary.platform.access.Caller;
import dev.ostiary.platform.access.Credentials;
import dev.ostiary.platform.org.ConfigVersions;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.org.OrgClock;
import dev.ostiary.platform.secret.TokenHash;
import dev.ostiary.platform.store.BatchedLookup;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.signin.sessions.SessionStore.Holder;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Callers by the cookie of their session (P23). Every request reads the session's row afresh,
 * together with the user's status and roles, so that whoever is signed out is so with the next
 * request on every node; concurrent requests share the reading. Thread-safe.
 *
 * <p>A cookie that is nobody's is no bad credential but an old one: the caller is nobody, and the
 * operation says what it says to nobody.
 */
public final class SessionAuthenticator {

    private final Database database;
    private final OrgClock clock;
    private final SessionStore store = new SessionStore();
    private final BatchedLookup<TokenHash, Holder> lookup;

    public SessionAuthenticator(Database database, OrgClock clock) {
        this.database = database;
        this.clock = clock;
        this.lookup = new BatchedLookup<>(this::load);
    }

    /** Whom the first cookie speaks for that speaks for anybody. */
    public Authentication authenticate(Org org, Credentials.SessionCookie cookies) {
        Optional<ConfigVersions> versions = Optional.empty();
        for (String cookie : cookies.values()) {
            Optional<Holder> holder = lookup.get(org.number(), SignedIn.hash(cookie));
            if (holder.isPresent()) {
                versions = Optional.of(holder.get().versions());
                if (isIn(holder.get())) {
                    return new Authentication.Proven(holder.get().caller(), versions);
                }
            }
        }
        return new Authentication.Proven(new Caller.Anonymous(), versions);
    }

    private boolean isIn(Holder holder) {
        return holder.expires().isAfter(clock.now(holder.settings()))
                && SignedIn.mayAct(holder.userStatus());
    }

    private Map<TokenHash, Holder> load(long org, Set<TokenHash> hashes) {
        return database.lookUp(org, reader -> store.holders(reader, hashes));
    }
}
