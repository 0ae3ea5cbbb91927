package dev.ostiary.server.directory.groups;

import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.memberships.Roster;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The groups that an org is born with (WIRE, "What an org holds before anyone touches it").
 * Thread-safe.
 */
public final class GroupSeeds {

    private static final GroupProfile EVERYONE =
            GroupProfile.of("Everyone", Optional.of("All users in your organization"));

    private static final GroupProfile ADMINISTRATORS =
            GroupProfile.of(
                    "Okta Administrators",
                    Optional.of("All administrators in your organization, kept by the server"));

    private final GroupStore store = new GroupStore();
    private final Ids ids;

    public GroupSeeds(Ids ids) {
        this.ids = ids;
    }

    /** Adds them within the transaction that makes the org; no round trip of its own, no events. */
    public void seed(Tx tx, Org org) {
        Instant born = org.created().truncatedTo(ChronoUnit.MILLIS);
        add(tx, org, Roster.EVERYONE, EVERYONE, born);
        add(tx, org, Roster.ADMINISTRATORS, ADMINISTRATORS, born);
    }

    private void add(Tx tx, Org org, Roster roster, GroupProfile profile, Instant born) {
        String id = ids.next("00g", org.tail(), born);
        store.insert(tx, org, Group.builtIn(id, roster, profile, born));
    }
}
