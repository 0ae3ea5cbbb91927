package dev.ostiary.server.directory.users;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Tx;
import java.util.List;

/**
 * Several whom it concerns, one after the other. Thread-safe.
 *
 * @param all in this order
 */
public record UserWatches(List<UserWatch> all) implements UserWatch {

    public UserWatches {
        all = List.copyOf(all);
    }

    @Override
    public void changed(Tx tx, Org org, User user) {
        all.forEach(each -> each.changed(tx, org, user));
    }

    @Override
    public void changed(Tx tx, Org org, User before, User after) {
        all.forEach(each -> each.changed(tx, org, before, after));
    }
}
