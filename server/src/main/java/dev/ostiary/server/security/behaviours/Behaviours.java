package dev.ostiary.server.security.behaviours;

import dev.ostiary.platform.org.ConfigArea;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.org.OrgConfig;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Tx;
import java.util.List;

/**
 * The front door for sign-in and policies: judges a sign-in by what an org finds remarkable, and
 * remembers those that succeeded. Thread-safe.
 *
 * <p>An org's behaviours are kept in memory under their version, those that nobody touched without
 * a query. A user's past is one query by key.
 */
public final class Behaviours {

    private final Database database;
    private final BehaviourStore store = new BehaviourStore();
    private final SignInStore signIns = new SignInStore();
    private final OrgConfig<Touched> config;

    public Behaviours(Database database) {
        this.database = database;
        this.config =
                new OrgConfig<>(
                        ConfigArea.BEHAVIOURS,
                        database,
                        Touched.NOT,
                        reader -> new Touched(store.rows(reader)),
                        touched -> touched.rows().size());
    }

    /** The rows that an org has; what it has besides follows from the org. */
    private record Touched(List<dev.ostiary.platform.store.Documents.Document> rows) {
        private static final Touched NOT = new Touched(List.of());
    }

    /**
     * An org's behaviours, as the request that knows the org's versions finds them. To be asked for
     * outside of any transaction: it may have to read.
     */
    public OrgBehaviours of(Org org) {
        return new OrgBehaviours(store.merged(org, config.at(org, org.versions()).rows()));
    }

    /** Whether an org has a behaviour of this id, active or not. */
    public static boolean has(Reader reader, Org org, String id) {
        return new BehaviourStore().find(reader, org, id).isPresent();
    }

    /** Judges a sign-in; outside of any transaction. */
    public Findings evaluate(Org org, String userId, SignIn now) {
        OrgBehaviours behaviours = of(org);
        return database.read(org.number(), reader -> behaviours.judge(now, past(reader, userId)));
    }

    /** From where a user has signed in, the newest first. */
    public List<SignIn> past(Reader reader, String userId) {
        return signIns.past(reader, userId);
    }

    /** Whether a user has signed in from a device with this token. */
    public boolean knows(Reader reader, String userId, String deviceToken) {
        return signIns.knows(reader, userId, SignIn.device(deviceToken));
    }

    /** A user has signed in with success: from now on that is nothing new. Deferred. */
    public void remember(Tx tx, String userId, SignIn signIn) {
        signIns.remember(tx, userId, signIn);
    }

    /** Everything is new again for a user. Deferred. */
    public void forget(Tx tx, String userId) {
        signIns.forget(tx, userId);
    }
}
