package dev.ostiary.server.orgs;

import dev.ostiary.platform.background.Rounds;
import dev.ostiary.platform.store.Database;
import java.time.Duration;

/**
 * Follows what other nodes do to orgs: a host that was added there is named in this node's
 * certificate within seconds, too. Costs one small query every two seconds.
 */
public final class OrgFollower implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Database database;
    private final OrgHosts hosts;
    private final Rounds rounds;
    private String print = "";

    /** Not started yet. */
    public OrgFollower(Database database, OrgHosts hosts) {
        this.database = database;
        this.hosts = hosts;
        this.rounds = new Rounds("org-follower", PAUSE, this::look);
    }

    public void start() {
        rounds.start();
    }

    /** One look; the hosts are told when there is news. */
    void look() {
        String now = database.acrossOrgs(OrgStore::print);
        if (!now.equals(print)) {
            hosts.follow(() -> database.acrossOrgs(OrgStore::all));
            print = now;
        }
    }

    @Override
    public void close() {
        rounds.close();
    }
}
