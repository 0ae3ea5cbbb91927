package dev.ostiary.server.directory.memberships;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Tx;
import java.util.Collection;
import java.util.List;

/** Several whom changes of groups and of memberships concern, told one after the other. */
public record MembershipWatches(List<MembershipWatch> all) implements MembershipWatch {

    public MembershipWatches {
        all = List.copyOf(all);
    }

    @Override
    public void leaving(Tx tx, Org org, String groupId, String userId) {
        all.forEach(watch -> watch.leaving(tx, org, groupId, userId));
    }

    @Override
    public void changed(Tx tx, Org org, String userId) {
        all.forEach(watch -> watch.changed(tx, org, userId));
    }

    @Override
    public void imported(Tx tx, Org org, Collection<String> userIds) {
        all.forEach(watch -> watch.imported(tx, org, userIds));
    }

    @Override
    public void renamed(Tx tx, Org org) {
        all.forEach(watch -> watch.renamed(tx, org));
    }

    @Override
    public void deleting(Tx tx, Org org, String groupId) {
        all.forEach(watch -> watch.deleting(tx, org, groupId));
    }
}
